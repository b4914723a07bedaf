import { InputError } from "../../core/app-error.ts";
import type { ConfigOptions } from "../config-options.ts";
import type { Deps } from "../deps.ts";
import { findConfig } from "../find-config.ts";
import { type ReadConfig, readConfig } from "../read-config.ts";

/**
 * Reads the configuration for a command that can do without: `undefined` when none is named and none
 * is found.
 *
 * @throws InputError with all that is wrong in one that is there.
 */
export async function readConfigIfAny(
  deps: Deps,
  options: ConfigOptions,
): Promise<ReadConfig | undefined> {
  try {
    await findConfig(deps);
  } catch (error) {
    const isAbsent = error instanceof InputError && error.code === "ORGRAIL5020";
    if (isAbsent && deps.global.config === undefined) return undefined;
    throw error;
  }
  return readConfig(deps, options);
}
