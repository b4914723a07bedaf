import { writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { AppError } from "../core/app-error.ts";
import { makeDirectory } from "../store/atomic-file.ts";
import { isErrorCode, reasonOf } from "../store/file-errors.ts";
import type { Deps } from "./deps.ts";

/** Where journals and the lock lie: `.orgrail` beside the configuration, else where we are. */
export function stateFolder(
  deps: Deps,
  given: string | undefined,
  configPath: string | undefined,
): string {
  if (given !== undefined) return resolve(deps.cwd, given);
  return join(configPath === undefined ? deps.cwd : dirname(configPath), ".orgrail");
}

/**
 * Makes the state folder, for its owner only. It keeps itself out of version control: its journals
 * hold names, e-mail addresses and policies.
 */
export async function makeStateFolder(folder: string): Promise<void> {
  await makeDirectory(folder, 0o700);
  await writeFile(join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch((error: unknown) => {
    if (isErrorCode(error, "EEXIST")) return;
    throw new AppError("ORGRAIL4201", `cannot write in \`${folder}\`: ${reasonOf(error)}`, {
      hint: "journals and the lock lie there; --state-dir names another directory",
      cause: error,
    });
  });
}
