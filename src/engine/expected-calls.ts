import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../core/app-error.ts";
import type { Change, Plan } from "../core/plan.ts";
import { cloudtrailNames } from "../data/cloudtrail-names.ts";
import type { ExpectedCall } from "../detect/expected-call.ts";
import { organizationServices, services } from "../services/registry.ts";
import type { ChangeHandler } from "../services/service.ts";
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
      const entries = await readJournalEntries(fileStorage(path));
      calls.push(...callsOf(entries, await handlersOf(entries)));
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

/** The handlers of changes by service, which know the operation that is called. */
type Handlers = ReadonlyMap<string, Readonly<Record<string, ChangeHandler>>>;

async function handlersOf([header]: readonly JournalEntry[]): Promise<Handlers> {
  const names = new Set(
    header?.kind === "plan" ? header.plan.changes.map((one) => one.service) : [],
  );
  const handlers = new Map<string, Readonly<Record<string, ChangeHandler>>>();
  for (const name of names) {
    // These call what their changes are named after.
    if (organizationServices.includes(name) || !Object.hasOwn(services, name)) continue;
    const service = await services[name]?.();
    if (service !== undefined) handlers.set(name, service.changes);
  }
  return handlers;
}

/** The calls that a journal tells of, each with the time from its begin to its end. */
export function callsOf(
  entries: readonly JournalEntry[],
  handlers: Handlers = new Map(),
): readonly ExpectedCall[] {
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
    const api = handlers.get(change.service)?.[change.operation]?.api ?? change;
    calls.push(callOf(change, api, ids, { fromMs, toMs }, header.plan));
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
  { service, operation }: NonNullable<ChangeHandler["api"]>,
  ids: ReadonlyMap<string, string>,
  time: Pick<ExpectedCall, "fromMs" | "toMs">,
  plan: Plan,
): ExpectedCall {
  const { input, workIn } = resolveRefs(change, ids);
  return {
    eventSource: cloudtrailNames.eventSources[service] ?? `${service}.amazonaws.com`,
    eventName: cloudtrailNames.eventNames[`${service}:${operation}`] ?? operation,
    input,
    ...(typeof workIn === "string" ? { account: workIn } : {}),
    ...time,
    reason: `apply of orgrail, \`${change.address}\` (${change.reason || plan.organizationId})`,
  };
}
