import { readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError } from "../core/app-error.ts";
import { syncDirectory } from "./atomic-file.ts";
import { isErrorCode } from "./file-errors.ts";
import { type JournalState, readJournal } from "./journal.ts";
import { fileStorage, type JournalStorage } from "./journal-storage.ts";

/** A journal that an earlier apply left. */
export interface FoundJournal {
  readonly path: string;
  readonly storage: JournalStorage;
  /** Absent when the journal cannot be read; `error` says why. */
  readonly state?: JournalState;
  readonly error?: unknown;
}

/** A new journal's place: a file named by organization and time. */
export function newJournalPath(directory: string, organizationId: string, atMs: number): string {
  const time = new Date(atMs).toISOString().replaceAll(":", "").replace(".", "");
  return join(directory, `${organizationId}-${time}${suffix}`);
}

/**
 * The journals of an organization that are not finished, newest first. One that is damaged is found
 * too, with its error: to pass it over would be to forget an apply.
 */
export async function findUnfinishedJournals(
  directory: string,
  organizationId: string,
): Promise<readonly FoundJournal[]> {
  const found: FoundJournal[] = [];
  for (const name of await namesOf(directory, organizationId)) {
    const path = join(directory, name);
    const storage = fileStorage(path);
    try {
      const state = await readJournal(storage);
      if (!state.finished) found.push({ path, storage, state });
    } catch (error) {
      // Cut off before its plan was written: nothing was begun, so nothing is to be resumed.
      if (error instanceof AppError && error.code === "ORGRAIL4208") continue;
      found.push({ path, storage, error });
    }
  }
  return found;
}

/** Forgets a journal: it is kept under another name, which this gives, and not found any more. */
export async function discardJournal(path: string): Promise<string> {
  const kept = `${path}.discarded`;
  await rename(path, kept);
  await syncDirectory(dirname(path));
  return kept;
}

/** How many finished journals of an organization are kept. */
export const finishedJournalsKept = 20;

/**
 * Removes finished journals of an organization but the newest ones, and gives the removed paths.
 * What is unfinished, damaged or was discarded stays, however old. Throws the file system's errors.
 * Only the holder of the organization's lock may do so.
 */
export async function pruneJournals(
  directory: string,
  organizationId: string,
  keep: number = finishedJournalsKept,
): Promise<readonly string[]> {
  const removed: string[] = [];
  let finished = 0;
  for (const name of await namesOf(directory, organizationId)) {
    const path = join(directory, name);
    if (!(await isFinished(path)) || ++finished <= keep) continue;
    await rm(path);
    removed.push(path);
  }
  return removed;
}

/** Whether it is certain that a journal has nothing left to do. */
async function isFinished(path: string): Promise<boolean> {
  try {
    return (await readJournal(fileStorage(path))).finished;
  } catch (error) {
    if (error instanceof AppError) return false;
    throw error;
  }
}

/** Names of an organization's journals, newest first. */
async function namesOf(directory: string, organizationId: string): Promise<readonly string[]> {
  try {
    return (await readdir(directory))
      .filter((name) => name.startsWith(`${organizationId}-`) && name.endsWith(suffix))
      .sort()
      .reverse();
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return [];
    throw error;
  }
}

const suffix = ".journal.ndjson";
