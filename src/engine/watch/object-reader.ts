import { readFile } from "node:fs/promises";
import type { CloudTrailEvent } from "../../core/event.ts";
import type { LogObject } from "../../logs/read/log-object.ts";
import { type EventBatch, readEvents } from "../../logs/read/read-events.ts";
import type { LogSource } from "../../logs/source/log-source.ts";
import { inlineWorkers } from "../../logs/worker/log-worker.ts";
import { reasonOf } from "../../store/file-errors.ts";
import type { DeadLetters } from "./dead-letters.ts";
import type { Metrics } from "./metrics.ts";
import type { WatchLog } from "./watch-log.ts";

/** What objects are read with. */
export interface ObjectReader {
  /** The wanted events of objects, one after the other; those that cannot be had are told apart. */
  read(
    source: LogSource,
    objects: readonly LogObject[],
    threads: number,
    signal: AbortSignal,
  ): AsyncGenerator<ReadObject, void, undefined>;
}

/** An object as it was read, or why it was not. */
export type ReadObject =
  | {
      readonly object: LogObject;
      readonly events: readonly CloudTrailEvent[];
      /** How many events it has, wanted or not. */
      readonly seen: number;
    }
  | { readonly object: LogObject; readonly failure: string };

/** What an {@link ObjectReader} is made of. */
export interface ObjectReaderOptions {
  /** Name of the intake, for messages. */
  readonly from: string;
  readonly names: ReadonlySet<string>;
  readonly marks: readonly string[];
  readonly deadLetters: DeadLetters;
  readonly log: WatchLog;
  readonly metrics: Metrics;
}

/** Of damaged objects at most so many bytes are kept; the object itself stays where it is. */
const mostRawBytes = 64 * 1_048_576;

/** So many broken parts of an object are named. */
const mostParts = 1_000;

/** Makes a reader. What cannot be parsed goes to the dead letters, and the rest is read. */
export function objectReader(options: ObjectReaderOptions): ObjectReader {
  const { from, deadLetters, log, metrics } = options;
  const here = inlineWorkers();

  /** Keeps what cannot be parsed, one letter an object; why that failed, if it did. */
  const keep = async (source: LogSource, batch: EventBatch): Promise<string | undefined> => {
    const { object, rejected, problem } = batch;
    const reason = problem ?? rejected[0]?.reason;
    if (reason === undefined) return undefined;
    try {
      // Of a file that is damaged all is kept, of one with broken records these.
      const raw =
        problem === undefined
          ? textOf(rejected)
          : ((await rawBytes(source, object)) ?? textOf(rejected));
      await deadLetters.keep({
        from,
        subject: object.name,
        reason,
        parts: rejected
          .slice(0, mostParts)
          .map(({ offset, bytes, reason: why }) => ({ offset, bytes, reason: why })),
        raw,
      });
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
    metrics.add("orgrail_watch_dead_letters_total", { source: from });
    log.warning("kept in the dead letters", {
      source: from,
      subject: object.name,
      reason,
      parts: rejected.length,
    });
    return undefined;
  };

  return {
    read: async function* (source, objects, threads, signal) {
      if (objects.length === 0) return;
      const failed: ReadObject[] = [];
      const chosen: LogSource = {
        ...source,
        groups: async function* () {
          yield { account: "unknown", month: "unknown", objects };
        },
      };
      const batches = readEvents(chosen, {
        onlyNamed: options.names,
        orContaining: options.marks,
        threads,
        here,
        signal,
        onUnread: (object, error) => failed.push({ object, failure: failureOf(error) }),
      });
      for await (const batch of batches) {
        yield* failed.splice(0);
        const notKept = await keep(source, batch);
        if (notKept !== undefined) yield { object: batch.object, failure: notKept };
        else {
          metrics.add("orgrail_watch_objects_total", { source: from });
          yield { object: batch.object, events: batch.events, seen: batch.seen };
        }
      }
      yield* failed;
    },
  };
}

/** The broken parts of an object, a line each, as far as they fit. */
function textOf(rejected: EventBatch["rejected"]): string {
  const texts: string[] = [];
  let bytes = 0;
  for (const { text } of rejected) {
    bytes += text.length;
    if (bytes > mostRawBytes) break;
    texts.push(text);
  }
  return texts.join("\n");
}

/** The bytes of an object, unless there are too many or they are gone. */
async function rawBytes(source: LogSource, object: LogObject): Promise<Uint8Array | undefined> {
  if (object.size > mostRawBytes) return undefined;
  try {
    const bytes = await source.read(object);
    if (bytes !== undefined) return bytes;
    return await readFile(object.name);
  } catch {
    return undefined;
  }
}

function failureOf(error: unknown): string {
  return error instanceof Error && "kind" in error ? error.message : reasonOf(error);
}
