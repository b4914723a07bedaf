import { access, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import type { WrittenFile } from "../config/note.ts";
import { AppError, InputError } from "../core/app-error.ts";
import { makeDirectory, writeFileAtomically } from "../store/atomic-file.ts";
import { reasonOf } from "../store/file-errors.ts";
import type { Deps } from "./deps.ts";
import { configName } from "./find-config.ts";

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
  if (options.out === "" || (await isDirectory(resolve(deps.cwd, options.out)))) {
    throw new InputError(
      "ORGRAIL5037",
      `--out is \`${options.out}\`, which is no name of a file`,
      [],
      `write it like \`${join(options.out, configName)}\``,
    );
  }
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
  const written: string[] = [];
  const writeOne = async (path: string, text: string, overwrite: boolean): Promise<void> => {
    try {
      await makeDirectory(dirname(path));
      // The place is taken first, so that nobody's file is replaced unless forced to.
      if (!overwrite) await writeFile(path, "", { flag: "wx" });
      await writeFileAtomically(path, text, 0o666).catch(async (error: unknown) => {
        if (!overwrite) await rm(path, { force: true });
        throw error;
      });
    } catch (error) {
      const before =
        written.length === 0
          ? "nothing was written"
          : `written before it: ${written.map((one) => shown(one)).join(", ")}`;
      const reason =
        error instanceof AppError ? error.message : `${shown(path)}: ${reasonOf(error)}`;
      throw new AppError("ORGRAIL4201", `${reason}; ${before}`, { cause: error });
    }
  };
  for (const { path, text } of [...targets].reverse()) {
    await writeOne(path, text, options.force);
    written.push(path);
  }
  return targets.map(({ path }) => shown(path));
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (status) => status.isDirectory(),
    () => false,
  );
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
