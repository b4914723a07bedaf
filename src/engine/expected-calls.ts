import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../core/app-error.ts";
import type { Change, Plan } from "../core/plan.ts";
import type { ExpectedCall } from "../detect/expected-call.ts";
import { isErrorCode } from "../store/file-errors.ts";
import { readJournalEntries } from "../store/journal.ts";
import type { JournalEntry } from "../store/journal-entry.ts";
import { fileStorage } from "../store/journal-storage.ts";
import { resolveRefs } from "./resolve-refs.ts";

/** What the journals of a folder say that orgrail itself has called. */
export interface FoundExpectedCalls {
  readonly calls: readonly ExpectedCall[];
  /** Journals that cannot be read, with the reason: their calls are taken for anybody's. */
  readonly unread: readonly { readonly path: string; readonly message: string }[];
}

/** Journals of applies that are finished, under way, or were discarded. */
const journalName = /\.journal\.ndjson(\.discarded)?$/;

/** Reads the calls of all applies from the journals of a state folder; none when there is no folder. */
export async function readExpectedCalls(folder: string): Promise<FoundExpectedCalls> {
  const calls: ExpectedCall[] = [];
  const unread: { path: string; message: string }[] = [];
  for (const path of await journalsIn(folder)) {
    try {
      calls.push(...callsOf(await readJournalEntries(fileStorage(path))));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // Cut off before its plan was written: nothing was called.
      if (error.code === "ORGRAIL4208") continue;
      unread.push({ path, message: error.message });
    }
  }
  return { calls, unread };
}

async function journalsIn(folder: string): Promise<readonly string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => journalName.test(name))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (isErrorCode(error, "ENOENT")) return [];
    throw error;
  }
}

/** The calls that a journal tells of, each with the time from its begin to its end. */
export function callsOf(entries: readonly JournalEntry[]): readonly ExpectedCall[] {
  const [header] = entries;
  if (header?.kind !== "plan") return [];
  const changes = new Map(header.plan.changes.map((change) => [change.id, change]));
  const ids = new Map(Object.entries(header.plan.ids));
  const calls: ExpectedCall[] = [];
  const begun = new Map<string, number>();
  const add = (id: string, toMs: number): void => {
    const change = changes.get(id);
    const fromMs = begun.get(id);
    if (change === undefined || fromMs === undefined) return;
    calls.push(callOf(change, ids, fromMs, toMs, header.plan));
    begun.delete(id);
  };
  for (const entry of entries) {
    if (entry.kind === "begin" && !begun.has(entry.change)) {
      begun.set(entry.change, Date.parse(entry.at));
    }
    if (entry.kind !== "end") continue;
    add(entry.change, Date.parse(entry.at));
    const address = changes.get(entry.change)?.address;
    if (address !== undefined && entry.id !== undefined) ids.set(address, entry.id);
  }
  // What was begun and has no end was cut off by a crash: the call may have been made.
  for (const [id, fromMs] of [...begun]) add(id, fromMs);
  return calls;
}

function callOf(
  change: Change,
  ids: ReadonlyMap<string, string>,
  fromMs: number,
  toMs: number,
  plan: Plan,
): ExpectedCall {
  return {
    eventSource: `${change.service}.amazonaws.com`,
    eventName: change.operation,
    input: resolveRefs(change, ids).input,
    fromMs,
    toMs,
    reason: `apply of orgrail, \`${change.address}\` (${change.reason || plan.organizationId})`,
  };
}
