import { AppError } from "../core/app-error.ts";
import { digest } from "../core/digest.ts";
import { isJsonObject } from "../core/json.ts";
import type { Plan } from "../core/plan.ts";
import type { ChangeRecord, JournalEntry } from "./journal-entry.ts";
import type { JournalStorage } from "./journal-storage.ts";

/** What a journal tells. */
export interface JournalState {
  readonly plan: Plan;
  readonly planDigest: string;
  readonly startedAt: string;
  /** By change id. */
  readonly changes: ReadonlyMap<string, ChangeRecord>;
  /** Whether nothing is left to do. */
  readonly finished: boolean;
}

/** The journal of one apply, open for writing. Appends resolve when they are durable. */
export interface Journal {
  readonly name: string;
  readonly state: JournalState;
  append(entry: JournalEntry): Promise<void>;
  close(): Promise<void>;
}

/** Begins a journal with the plan in it. Throws ORGRAIL4206 when the storage holds one already. */
export async function createJournal(
  storage: JournalStorage,
  plan: Plan,
  at: string,
): Promise<Journal> {
  if ((await storage.read()) !== undefined) {
    throw new AppError("ORGRAIL4206", `there is a journal already: \`${storage.name}\``);
  }
  const header: JournalEntry = {
    kind: "plan",
    at,
    schemaVersion: 1,
    planDigest: digest(plan),
    plan,
  };
  await storage.append(line(header));
  return open(storage, [header]);
}

/**
 * Opens a journal to go on with it. A last line that a crash cut off is dropped, since what it was
 * to say was not yet relied upon.
 *
 * @throws AppError ORGRAIL4207 when the journal is damaged elsewhere, ORGRAIL4208 when a crash cut
 *   it off before anything was applied.
 */
export async function resumeJournal(storage: JournalStorage, at: string): Promise<Journal> {
  const { entries, wholeBytes, isTorn } = await readEntries(storage);
  if (isTorn) await storage.cut(wholeBytes);
  const resumed: JournalEntry = { kind: "resume", at };
  await storage.append(line(resumed));
  return open(storage, [...entries, resumed]);
}

/** Reads what a journal tells, without opening it for writing. Throws as {@link resumeJournal} does. */
export async function readJournal(storage: JournalStorage): Promise<JournalState> {
  const { entries } = await readEntries(storage);
  return stateOf(entries, storage.name);
}

/** Reads the lines of a journal as they were written. Throws as {@link resumeJournal} does. */
export async function readJournalEntries(
  storage: JournalStorage,
): Promise<readonly JournalEntry[]> {
  return (await readEntries(storage)).entries;
}

function open(storage: JournalStorage, entries: readonly JournalEntry[]): Journal {
  return {
    name: storage.name,
    state: stateOf(entries, storage.name),
    append: (entry) => storage.append(line(entry)),
    close: () => storage.close(),
  };
}

/** An entry with a checksum of itself, so that damage is told from truth. */
function line(entry: JournalEntry): string {
  return `${JSON.stringify({ sum: digest(entry).slice(0, 16), entry })}\n`;
}

interface ReadEntries {
  readonly entries: readonly JournalEntry[];
  /** Length of the whole lines. */
  readonly wholeBytes: number;
  readonly isTorn: boolean;
}

async function readEntries(storage: JournalStorage): Promise<ReadEntries> {
  const text = await storage.read();
  if (text === undefined) {
    throw new AppError("ORGRAIL4207", `there is no journal \`${storage.name}\``, { exit: "usage" });
  }
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const entries = whole
    .split("\n")
    .slice(0, -1)
    .map((content, index) => parseLine(content, index + 1, storage.name));
  if (entries.length === 0) {
    throw new AppError(
      "ORGRAIL4208",
      `the journal \`${storage.name}\` was cut off before its plan was written: nothing was applied by it`,
      { hint: "forget it with `orgrail apply --discard`, and apply again" },
    );
  }
  return { entries, wholeBytes: Buffer.byteLength(whole), isTorn: whole.length < text.length };
}

function parseLine(content: string, number: number, name: string): JournalEntry {
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch {
    throw damaged(name, number, "it is no JSON");
  }
  if (!isJsonObject(parsed) || !isJsonObject(parsed.entry)) {
    throw damaged(name, number, "it is no entry");
  }
  if (parsed.sum !== digest(parsed.entry).slice(0, 16)) {
    throw damaged(name, number, "its content does not fit its checksum");
  }
  return parsed.entry as unknown as JournalEntry;
}

function damaged(name: string, number: number, why: string): AppError {
  return new AppError(
    "ORGRAIL4207",
    `the journal \`${name}\` is damaged at line ${number}: ${why}`,
    {
      hint:
        "what was applied is in AWS and is not lost: keep the file for inspection, forget this apply " +
        "with `orgrail apply --discard`, and plan anew",
    },
  );
}

function stateOf(entries: readonly JournalEntry[], name: string): JournalState {
  const [header, ...rest] = entries;
  if (header?.kind !== "plan") throw damaged(name, 1, "it does not begin with a plan");
  const { schemaVersion }: { schemaVersion: number } = header;
  if (schemaVersion !== 1) {
    throw new AppError(
      "ORGRAIL4207",
      `the journal \`${name}\` has format ${schemaVersion}; this version reads format 1`,
      {
        hint: "resume with the version of orgrail that wrote it, or forget it with `orgrail apply --discard`",
      },
    );
  }
  if (header.planDigest !== digest(header.plan)) {
    throw damaged(name, 1, "its plan does not fit its digest");
  }
  const changes = new Map<string, ChangeRecord>();
  let finished = false;
  for (const entry of rest) {
    if (entry.kind === "finish") finished = true;
    if (entry.kind === "resume") finished = false;
    if (!("change" in entry)) continue;
    const { end: _, ...begun } = changes.get(entry.change) ?? {};
    changes.set(entry.change, next(begun, entry));
  }
  return {
    plan: header.plan,
    planDigest: header.planDigest,
    startedAt: header.at,
    changes,
    finished,
  };
}

/** What is known of a change after one more entry. A failed request is done with. */
function next(
  begun: Omit<ChangeRecord, "end">,
  entry: Extract<JournalEntry, { change: string }>,
): ChangeRecord {
  switch (entry.kind) {
    case "begin":
      return { ...begun, firstBegunAtMs: begun.firstBegunAtMs ?? Date.parse(entry.at) };
    case "request":
      return { ...begun, request: entry.id };
    case "end": {
      const { status, id, message } = entry;
      const end = {
        status,
        ...(id === undefined ? {} : { id }),
        ...(message === undefined ? {} : { message }),
      };
      return status === "failed" ? { end } : { ...begun, end };
    }
  }
}
