import { access } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../core/app-error.ts";
import type { Deps } from "./deps.ts";

/** The name of the configuration, where none is given. */
export const configName = "orgrail.yaml";

/** Where the configuration is or shall be. */
export interface ConfigPath {
  /** Absolute. */
  readonly path: string;
  /** As people should see it: as they typed it, or relative to where they are. */
  readonly shown: string;
}

/**
 * Finds the configuration: `--config`, else `orgrail.yaml` in this folder or the nearest above that
 * has one, up to the root of the repository.
 *
 * @throws InputError when there is none.
 */
export async function findConfig(deps: Deps, argument?: string): Promise<ConfigPath> {
  const given = argument ?? deps.global.config;
  if (given !== undefined) {
    const path = resolve(deps.cwd, given);
    if (await exists(path)) return { path, shown: given };
    throw new InputError("ORGRAIL5020", `there is no configuration \`${given}\``, [], makeOne);
  }
  for (let folder = deps.cwd, up = ""; ; folder = dirname(folder), up = join("..", up)) {
    const path = join(folder, configName);
    if (await exists(path)) return { path, shown: join(up, configName) };
    if (folder === dirname(folder) || (await exists(join(folder, ".git")))) break;
  }
  throw new InputError(
    "ORGRAIL5020",
    `there is no ${configName} here or in a folder above`,
    [],
    makeOne,
  );
}

const makeOne =
  "`orgrail init` writes one of your organization as it is; --config names another file";

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    // What is there and cannot be read, such as a link that leads to itself, is no absence.
    (error: NodeJS.ErrnoException) => error.code !== "ENOENT" && error.code !== "ENOTDIR",
  );
}
