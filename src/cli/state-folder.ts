import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
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
 * Makes the state folder. It keeps itself out of version control: its journals hold names, e-mail
 * addresses and policies.
 */
export async function makeStateFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    },
  );
}
