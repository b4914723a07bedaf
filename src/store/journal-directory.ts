import { readdir, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { AppError } from "../core/app-error.ts";
import { isErrorCode, syncDirectory } from "./atomic-file.ts";
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
  let names: string[];
  try {
    names = await readdir(directory);
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return [];
    throw error;
  }
  const own = names
    .filter((name) => name.startsWith(`${organizationId}-`) && name.endsWith(suffix))
    .sort()
    .reverse();
  const found: FoundJournal[] = [];
  for (const name of own) {
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

const suffix = ".journal.ndjson";
