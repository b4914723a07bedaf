import { join, resolve } from "node:path";
import { InputError } from "../../../core/app-error.ts";
import type { LogSelection } from "../../../logs/source/log-source.ts";
import type { Deps } from "../../deps.ts";
import { findConfig } from "../../find-config.ts";
import { stateFolder } from "../../state-folder.ts";
import type { SelectionOptions } from "./options.ts";

/** The folder of the lake: as given, else in the state folder. */
export async function lakeFolder(deps: Deps, given: string | undefined): Promise<string> {
  if (given !== undefined) return resolve(deps.cwd, given);
  const config = await findConfig(deps).catch((error: unknown) => {
    // A lake needs no configuration; one that is named must be there.
    if (deps.global.config === undefined && error instanceof InputError) return undefined;
    throw error;
  });
  return join(stateFolder(deps, undefined, config?.path), "lake");
}

/** Reads the options that choose logs. Throws ORGRAIL5061. */
export function readSelection(deps: Deps, options: SelectionOptions): LogSelection {
  const { accounts, regions } = options;
  const wrong = accounts.find((account) => !/^\d{12}$/.test(account));
  if (wrong !== undefined) {
    throw new InputError(
      "ORGRAIL5061",
      `\`${wrong}\` is no id of an account`,
      [],
      "ids have 12 digits",
    );
  }
  const days = readDays(deps, options);
  return {
    ...(accounts.length === 0 ? {} : { accounts: new Set(accounts) }),
    ...(regions.length === 0 ? {} : { regions: new Set(regions) }),
    ...days,
  };
}

/** Reads `--from` and `--to`: days, or so many days back. Throws ORGRAIL5061. */
export function readDays(
  deps: Deps,
  options: { readonly from: string | undefined; readonly to: string | undefined },
): { readonly from?: string; readonly to?: string } {
  const from = readDay(deps, "--from", options.from);
  const to = readDay(deps, "--to", options.to);
  if (from !== undefined && to !== undefined && from > to) {
    throw new InputError("ORGRAIL5061", `--from ${from} is after --to ${to}`, []);
  }
  return { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
}

function readDay(deps: Deps, flag: string, text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const back = /^(\d{1,5})d$/.exec(text)?.[1];
  if (back !== undefined) {
    return new Date(deps.clock.now() - Number(back) * 86_400_000).toISOString().slice(0, 10);
  }
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  if (isDay && new Date(text).toISOString().startsWith(text)) return text;
  throw new InputError(
    "ORGRAIL5061",
    `${flag}: \`${text}\` is no day`,
    [],
    "write it like 2026-08-01, or 90d for 90 days back",
  );
}
