import { open, truncate } from "node:fs/promises";
import { dirname } from "node:path";
import { AppError } from "../core/app-error.ts";
import { makeDirectory, readTextFile, syncDirectory } from "./atomic-file.ts";
import { isErrorCode, reasonOf } from "./file-errors.ts";

/** Where a journal's text lives. */
export interface JournalStorage {
  /** For messages. */
  readonly name: string;
  /** All that was appended; `undefined` when there is nothing yet. */
  read(): Promise<string | undefined>;
  /** Adds text at the end and resolves when it is durable. */
  append(text: string): Promise<void>;
  /** Forgets what follows that many bytes. */
  cut(bytes: number): Promise<void>;
  close(): Promise<void>;
}

/** The longest text that Node.js can hold has twice as much. */
const mostBytes = 256_000_000;

/**
 * A journal in a file: every append reaches the disk before it resolves. Appends that come while
 * the disk is busy are written together, in their order.
 */
export function fileStorage(path: string): JournalStorage {
  let file: Awaited<ReturnType<typeof open>> | undefined;
  // A failed append may have left a part of its line: nothing may follow it.
  let isBroken = false;
  let gathered = "";
  let busy: Promise<void> = Promise.resolve();
  let next: Promise<void> | undefined;

  const write = async (): Promise<void> => {
    const text = gathered;
    gathered = "";
    next = undefined;
    try {
      if (isBroken) throw new Error("an earlier write to it failed");
      if (file === undefined) {
        await makeDirectory(dirname(path));
        file = await open(path, "a", 0o600);
        await syncDirectory(dirname(path));
      }
      await file.appendFile(text);
      await file.datasync();
    } catch (error) {
      isBroken = true;
      throw new AppError(
        "ORGRAIL4205",
        `cannot write the journal \`${path}\`: ${reasonOf(error)}`,
        {
          hint: "nothing more was changed, since a change that is not in the journal is not made",
          cause: error,
        },
      );
    }
  };

  return {
    name: path,
    read: async () => {
      try {
        return await readTextFile(path, mostBytes);
      } catch (error) {
        if (error instanceof AppError && isErrorCode(error.cause, "ENOENT")) return undefined;
        throw error;
      }
    },
    append: (text) => {
      gathered += text;
      if (next === undefined) {
        const mine = busy.then(write, write);
        next = mine;
        busy = mine;
        mine.catch(() => {});
      }
      return next;
    },
    cut: (bytes) => truncate(path, bytes),
    close: async () => {
      await file?.close();
      file = undefined;
    },
  };
}

/** A journal in memory, for rehearsals and tests; it can start with the text of another. */
export function memoryStorage(text?: string): JournalStorage {
  let kept = text;
  return {
    name: "memory",
    read: async () => kept,
    append: async (more) => {
      kept = (kept ?? "") + more;
    },
    cut: async (bytes) => {
      kept = Buffer.from(kept ?? "")
        .subarray(0, bytes)
        .toString();
    },
    close: async () => {},
  };
}
