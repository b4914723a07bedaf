import { access, mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import type { WrittenFile } from "../config/note.ts";
import { InputError } from "../core/app-error.ts";
import type { Deps } from "./deps.ts";

/** Where the files of a configuration are written. */
export interface WriteFilesOptions {
  /** The configuration, as the user gave it; the other files go beside it. */
  readonly out: string;
  /** Overwrite what exists. */
  readonly force: boolean;
}

/**
 * Writes a configuration and the files that it names. Nothing is written when one of them exists,
 * unless forced to; the configuration comes last, so that it never names a file that is not there.
 *
 * @returns paths as people should see them, the configuration first.
 * @throws InputError when a file exists.
 */
export async function writeFiles(
  deps: Deps,
  files: readonly WrittenFile[],
  options: WriteFilesOptions,
): Promise<readonly string[]> {
  const folder = dirname(resolve(deps.cwd, options.out));
  const targets = files.map(({ path, text }) => ({ path: join(folder, path), text }));
  const shown = (path: string): string => relative(deps.cwd, path);
  if (!options.force) {
    const existing: string[] = [];
    for (const { path } of targets) if (await exists(path)) existing.push(shown(path));
    const [first] = existing;
    if (first !== undefined) {
      const more = existing.length === 1 ? "" : ` and ${existing.length - 1} more files`;
      throw new InputError(
        "ORGRAIL5024",
        `\`${first}\`${more} would be overwritten; nothing was written`,
        [],
        "--out writes elsewhere; --force overwrites",
      );
    }
  }
  for (const { path, text } of [...targets].reverse()) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text, { flag: options.force ? "w" : "wx" });
  }
  return targets.map(({ path }) => shown(path));
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
