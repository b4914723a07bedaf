import type { CloudTrailEvent } from "../../core/event.ts";
import type { LogSource } from "../source/log-source.ts";
import { inlineWorkers, type LogWorkers, startWorkers } from "../worker/log-worker.ts";
import { cutUnits } from "./cut-units.ts";
import type { LogItem, LogObject } from "./log-object.ts";
import type { RecordFilter, RejectedPart, SelectedFile } from "./select-records.ts";

/** Events of one file, in its order. */
export interface EventBatch {
  readonly object: LogObject;
  readonly events: readonly CloudTrailEvent[];
  /** By event: its place among the records of the file, from 0. */
  readonly indices: Int32Array;
  /** How many records the file has, wanted or not. */
  readonly seen: number;
  /** Parts that cannot be read; the rest of the file was. */
  readonly rejected: readonly RejectedPart[];
  /** Why the file could not be read whole. */
  readonly problem?: string;
}

/** What of a source is read, and how. */
export interface ReadOptions {
  /** Only events of these names (`StopLogging`), and those that `orContaining` adds. */
  readonly onlyNamed?: ReadonlySet<string>;
  /** With `onlyNamed`: also records in whose JSON one of these texts stands, such as `"Root"`. */
  readonly orContaining?: readonly string[];
  /** Threads that unpack and search; 2 when absent, 0 for none but this one. */
  readonly threads?: number;
  /** Threads that were started already; they are the caller's to close. */
  readonly started?: LogWorkers;
  /** Who works where no other thread does; whoever reads often keeps it. */
  readonly here?: LogWorkers;
  readonly signal?: AbortSignal;
  /** Is told of each object that could not be fetched; without it, the read ends there. */
  readonly onUnread?: (object: LogObject, error: unknown) => void;
}

/** Unit of work for a thread. */
const unitBytes = 2 * 1_048_576;
const unitObjects = 256;
/** Units handed in for every thread: one is worked on, the others wait, or for their turn. */
const mostWaiting = 3;

/**
 * Reads the events of a source, file by file in its order, however many there are: a few files are
 * held at a time, and no more are read before what was given has been taken. A file that cannot be
 * read is a batch with a `problem`; nothing is left out silently.
 */
export async function* readEvents(
  source: LogSource,
  options: ReadOptions = {},
): AsyncGenerator<EventBatch, void, undefined> {
  const { onlyNamed, orContaining, threads = 2, started, here = inlineWorkers(), signal } = options;
  const filter: RecordFilter | undefined =
    onlyNamed === undefined ? undefined : { named: onlyNamed, containing: orContaining ?? [] };
  let workers: LogWorkers | undefined = started;
  const running: {
    readonly items: readonly LogItem[];
    readonly files: Promise<readonly SelectedFile[]>;
  }[] = [];
  const start = async (items: readonly LogItem[]): Promise<void> => {
    workers ??= threads === 0 ? here : startWorkers(threads);
    const task = { items, ...(filter === undefined ? {} : { filter }) };
    const files = workers.select(task).then((result) => result.files);
    // Waited for in its turn; a failure until then is not unhandled.
    files.catch(() => undefined);
    running.push({ items, files });
  };
  try {
    const units = fetchedUnits(source, options);
    let first: IteratorResult<readonly LogItem[]> = await units.next();
    let next = first.done === true ? first : await units.next();
    if (first.done === true) return;
    // One unit alone is read sooner than a thread starts.
    if (next.done === true) workers ??= here;
    for (;;) {
      if (first.done !== true) await start(first.value);
      first = next;
      const width = (workers?.width ?? 1) * mostWaiting;
      if (running.length >= width || first.done === true) {
        const done = running.shift();
        if (done === undefined) return;
        yield* batches(done.items, await done.files);
        signal?.throwIfAborted();
      }
      if (next.done !== true) next = await units.next();
    }
  } finally {
    if (workers !== started) await workers?.close();
  }
}

/** Units with the bytes of their objects, where these do not lie on the disk. */
async function* fetchedUnits(
  source: LogSource,
  options: ReadOptions,
): AsyncGenerator<readonly LogItem[], void, undefined> {
  for await (const group of source.groups()) {
    for (const objects of cutUnits(group.objects, unitBytes, unitObjects)) {
      options.signal?.throwIfAborted();
      yield await fetchItems(source, objects, options.onUnread, options.signal);
    }
  }
}

/** Gets the bytes of objects. Those that cannot be had are left out and told. */
export async function fetchItems(
  source: LogSource,
  objects: readonly LogObject[],
  onUnread: ReadOptions["onUnread"],
  signal: AbortSignal | undefined,
): Promise<readonly LogItem[]> {
  const { read } = source;
  const items = await Promise.all(
    objects.map(async (object): Promise<LogItem | undefined> => {
      try {
        const bytes = await read(object, signal);
        return { object, ...(bytes === undefined ? {} : { bytes }) };
      } catch (error) {
        if (onUnread === undefined) throw error;
        onUnread(object, error);
        return undefined;
      }
    }),
  );
  return items.filter((item) => item !== undefined);
}

function* batches(
  items: readonly LogItem[],
  files: readonly SelectedFile[],
): Generator<EventBatch, void, undefined> {
  for (const [index, { object }] of items.entries()) {
    const file = files[index];
    if (file === undefined) continue;
    const { records, indices, seen, rejected, problem } = file;
    yield {
      object,
      events: parseList(records),
      indices,
      seen,
      rejected,
      ...(problem === undefined ? {} : { problem }),
    };
  }
}

function parseList(records: Uint8Array): CloudTrailEvent[] {
  if (records.length === 0) return [];
  const { buffer, byteOffset, byteLength } = records;
  return JSON.parse(Buffer.from(buffer, byteOffset, byteLength).toString("utf8"));
}
