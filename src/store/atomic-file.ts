import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "../core/app-error.ts";
import { isErrorCode, reasonOf } from "./file-errors.ts";

/**
 * Writes a file whole or not at all: to a temporary file beside it, to the disk, then by its name.
 * Readable by its owner only unless `mode` says otherwise, for it may hold e-mail addresses and
 * policies.
 */
export async function writeFileAtomically(
  path: string,
  text: string | Uint8Array,
  mode: number = 0o600,
): Promise<void> {
  await makeDirectory(dirname(path));
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    const file = await open(temporary, "wx", mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw new AppError("ORGRAIL4201", `cannot write \`${path}\`: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  await syncDirectory(dirname(path));
}

/**
 * Makes a directory and those that it stands in, where they are missing. One by one: told to make
 * all of them at once, Node.js never comes back from file systems that take no directory (`/proc`).
 * Those that are made get the mode, less the process's umask.
 *
 * @throws AppError ORGRAIL4203
 */
export async function makeDirectory(path: string, mode: number = 0o777): Promise<void> {
  try {
    const missing: string[] = [];
    for (let here = path; !(await isDirectory(here)); here = dirname(here)) missing.push(here);
    for (const one of missing.reverse()) {
      await mkdir(one, mode).catch((error: unknown) => {
        if (!isErrorCode(error, "EEXIST")) throw error;
      });
    }
  } catch (error) {
    throw new AppError("ORGRAIL4203", `cannot make the directory \`${path}\`: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

async function isDirectory(path: string): Promise<boolean> {
  try {
    if ((await stat(path)).isDirectory()) return true;
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return false;
    throw error;
  }
  throw new Error(`\`${path}\` is a file`);
}

/** Makes the names in a directory durable. Some file systems cannot, and lose nothing by it. */
export async function syncDirectory(path: string): Promise<void> {
  try {
    const directory = await open(path, "r");
    try {
      await directory.sync();
    } finally {
      await directory.close();
    }
  } catch (error) {
    if (!isErrorCode(error, "EISDIR", "EPERM", "EINVAL", "ENOTSUP", "EACCES")) throw error;
  }
}

/** Larger plans and snapshots are not read: ten times what an organization of 10,000 accounts has. */
export const mostFileBytes: number = 128_000_000;

/** Reads a text file of at most that many bytes. Throws ORGRAIL4202 with a usage exit. */
export async function readTextFile(path: string, mostBytes: number): Promise<string> {
  try {
    const status = await stat(path);
    const { size } = status;
    // A pipe has no end before its writer is done, a device none at all.
    if (!status.isFile() && !status.isDirectory()) {
      throw new AppError(
        "ORGRAIL4202",
        `cannot read \`${path}\`: it is no plain file, but a device, a pipe or a socket`,
        { exit: "usage" },
      );
    }
    if (size > mostBytes) {
      throw new AppError(
        "ORGRAIL4202",
        `\`${path}\` is ${Math.ceil(size / 1_000_000)} MB; at most ${Math.floor(mostBytes / 1_000_000)} MB are read`,
        { exit: "usage" },
      );
    }
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError("ORGRAIL4202", `cannot read \`${path}\`: ${reasonOf(error)}`, {
      exit: "usage",
      cause: error,
    });
  }
}
