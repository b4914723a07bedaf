import type { Aws } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { Clock } from "../../core/clock.ts";
import type { CloudTrailEvent } from "../../core/event.ts";
import { decodeMessage, type NotedObject } from "../../logs/queue/decode-message.ts";
import type { ReceivedMessage, SqsQueue } from "../../logs/queue/sqs-queue.ts";
import { readObjectName } from "../../logs/read/log-object.ts";
import type { RecordFilter } from "../../logs/read/select-records.ts";
import type { LogSource } from "../../logs/source/log-source.ts";
import { parseS3Url, s3Source } from "../../logs/source/s3-source.ts";
import type { DeadLetters } from "./dead-letters.ts";
import { backoffMs, type Intake, type Take } from "./intake.ts";
import { messageHolder } from "./message-holder.ts";
import type { Metrics } from "./metrics.ts";
import type { ObjectReader } from "./object-reader.ts";
import type { WatchLog } from "./watch-log.ts";

/** What a queue is read with. */
export interface QueueIntakeOptions {
  readonly aws: Aws;
  readonly url: string;
  readonly queue: SqsQueue;
  readonly reader: ObjectReader;
  /** Events that rules read; all are parsed when absent. */
  readonly wanted?: RecordFilter;
  readonly deadLetters: DeadLetters;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: WatchLog;
  readonly metrics: Metrics;
  /** End when the queue has nothing more. */
  readonly once: boolean;
  /** Lets others have their turn; how long that took. For tests: something else. */
  readonly turn?: () => Promise<number>;
}

/** Receives that are under way at one time, when there is much to do. */
const mostReceivers = 16;
/** One more receives when so many messages came at once, one less when so few did. */
const many = 8;
const few = 4;
/**
 * A turn of the event loop that takes longer says that the processor is what lacks. What is received
 * then would wait here instead of in the queue, and before what was received earlier.
 */
const longTurnMs = 30;
/** Others do not get a message for so long, where the queue does not say; prolonged while we work. */
const usuallyHiddenSeconds = 60;
/** A message whose objects could not be read comes back after so long, and then after longer. */
const laterSeconds: readonly number[] = [15, 60, 300, 900];

/** Digests and Insights hold no calls. */
const noLogs = /\/CloudTrail-(?:Digest|Insight)\//;

/**
 * Reads a queue: events of EventBridge, and notifications of S3, whose objects are then read. A
 * message is removed when what it led to is on the disk, never before.
 */
export function queueIntake(options: QueueIntakeOptions): Intake {
  const { url: name, queue, clock, log, metrics, deadLetters, reader } = options;
  const { turn = eventLoopTurn } = options;
  const holder = messageHolder(queue, { name, clock, log, metrics });
  const buckets = new Map<string, LogSource>();
  let problem: string | undefined;
  let hasSucceeded = false;
  let hiddenSeconds: number | undefined;

  const bucketOf = (bucket: string): LogSource => {
    const known = buckets.get(bucket);
    if (known !== undefined) return known;
    const opened = s3Source({ aws: options.aws, url: `s3://${bucket}/`, selection: {} });
    buckets.set(bucket, opened);
    return opened;
  };

  const count = (kinds: ReadonlyMap<string, number>): void => {
    for (const [kind, messages] of kinds) {
      metrics.add("orgrail_watch_messages_total", { source: name, kind }, messages);
    }
  };

  /** Puts a message that nothing can be made of aside; whether that could be done. */
  const putAside = async (message: ReceivedMessage, reason: string): Promise<boolean> => {
    try {
      await deadLetters.keep({ from: name, subject: message.id, reason, raw: message.body });
      metrics.add("orgrail_watch_dead_letters_total", { source: name });
      log.warning("kept in the dead letters", { source: name, subject: message.id, reason });
      return true;
    } catch (error) {
      log.error("message stays in the queue", { source: name, reason: messageOf(error) });
      return false;
    }
  };

  const process = async (
    messages: readonly ReceivedMessage[],
    take: Take,
    signal: AbortSignal,
  ): Promise<void> => {
    const receivedAtMs = clock.now();
    holder.add(messages, hiddenSeconds ?? usuallyHiddenSeconds);
    const direct: CloudTrailEvent[] = [];
    let passed = 0;
    const done: ReceivedMessage[] = [];
    const noted: { readonly message: ReceivedMessage; readonly objects: readonly NotedObject[] }[] =
      [];
    const kinds = new Map<string, number>();
    for (const message of messages) {
      const decoded = decodeMessage(message.body, options.wanted);
      kinds.set(decoded.kind, (kinds.get(decoded.kind) ?? 0) + 1);
      switch (decoded.kind) {
        case "events":
          for (const event of decoded.events) direct.push(event);
          passed += decoded.passed ?? 0;
          done.push(message);
          break;
        case "objects": {
          const odd = decoded.objects.find(({ bucket }) => !isBucketName(bucket));
          if (odd === undefined) noted.push({ message, objects: decoded.objects });
          else if (await putAside(message, `\`${odd.bucket}\` is no name of a bucket`)) {
            done.push(message);
          } else holder.giveBack(message, laterSeconds[0] ?? 0);
          break;
        }
        case "unreadable":
          if (await putAside(message, decoded.reason)) done.push(message);
          else holder.giveBack(message, laterSeconds[0] ?? 0);
          break;
        default:
          done.push(message);
      }
    }
    count(kinds);
    if (done.length > 0) {
      await take({
        source: name,
        receivedAtMs,
        events: direct,
        seen: direct.length + passed,
        committed: () => holder.remove(done),
      });
    }
    for (const { message, objects } of noted) await readNoted(message, objects, take, signal);
  };

  const readNoted = async (
    message: ReceivedMessage,
    noted: readonly NotedObject[],
    take: Take,
    signal: AbortSignal,
  ): Promise<void> => {
    const receivedAtMs = clock.now();
    const events: CloudTrailEvent[] = [];
    let seen = 0;
    let failure: string | undefined;
    for (const { bucket, key, size = 0, eTag = "" } of noted) {
      if (noLogs.test(key)) continue;
      const objectName = `s3://${bucket}/${key}`;
      const object = { name: objectName, size, tag: eTag, ...readObjectName(objectName) };
      for await (const read of reader.read(bucketOf(bucket), [object], 0, signal)) {
        if ("failure" in read) {
          failure = read.failure;
          metrics.add("orgrail_watch_read_failures_total", { source: name });
          log.warning("object not read, its message comes again", {
            source: name,
            subject: objectName,
            reason: read.failure,
          });
          continue;
        }
        for (const event of read.events) events.push(event);
        seen += read.seen;
      }
    }
    await take({
      source: name,
      receivedAtMs,
      events,
      seen,
      committed: () => {
        if (failure === undefined) holder.remove([message]);
        else holder.giveBack(message, laterSeconds[message.receiveCount - 1] ?? 900);
      },
    });
  };

  const run = async (take: Take, signal: AbortSignal): Promise<void> => {
    let receivers = 0;
    let isBusy = false;
    const receive = async (): Promise<void> => {
      receivers += 1;
      try {
        for (let failures = 0; !signal.aborted; ) {
          try {
            hiddenSeconds ??= (await queue.hiddenSeconds(signal)) ?? usuallyHiddenSeconds;
            const messages = await queue.receive(signal, {
              hiddenSeconds,
              ...(options.once ? { waitSeconds: 0 } : {}),
            });
            hasSucceeded = true;
            problem = undefined;
            failures = 0;
            if (messages.length === 0) {
              // The queue is empty: one that waits is enough.
              if (options.once || receivers > 1) return;
              continue;
            }
            if (messages.length >= many && receivers < mostReceivers && !isBusy) start();
            await process(messages, take, signal);
            isBusy = (await turn()) > longTurnMs;
            if (receivers > 1 && (isBusy || messages.length <= few)) return;
          } catch (error) {
            if (signal.aborted) return;
            if (!(error instanceof AwsError)) throw error;
            if (!hasSucceeded && !mayPass(error)) throw error;
            failures += 1;
            problem = error.message;
            metrics.add("orgrail_watch_read_failures_total", { source: name });
            log.warning("the queue cannot be read", { source: name, reason: error.message });
            await clock.sleep(backoffMs(failures, options.random), signal).catch(() => undefined);
          }
        }
      } finally {
        receivers -= 1;
      }
    };
    const started = new Set<Promise<void>>();
    const start = (): void => {
      const one = receive();
      started.add(one);
      one.then(
        () => started.delete(one),
        () => undefined,
      );
    };
    start();
    while (started.size > 0) await Promise.race(started);
  };

  return { name, run, problem: () => problem, close: () => holder.close() };
}

async function eventLoopTurn(): Promise<number> {
  const startedAtMs = performance.now();
  await new Promise((resolve) => setImmediate(resolve));
  return performance.now() - startedAtMs;
}

/** Whether S3 can have a bucket of that name. */
function isBucketName(name: string): boolean {
  try {
    return parseS3Url(`s3://${name}/`).bucket === name;
  } catch {
    return false;
  }
}

/** Whether it is worth trying again before anything was ever received. */
function mayPass({ kind }: AwsError): boolean {
  return ["network", "server", "throttled", "unreadable"].includes(kind);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
