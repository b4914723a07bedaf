import { createHash } from "node:crypto";
import { gapOf } from "../../aws/attempt-read.ts";
import type { Aws } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { Gap } from "../../core/read.ts";
import { decodeMessage } from "../queue/decode-message.ts";
import type { ReceivedMessage, SqsQueue } from "../queue/sqs-queue.ts";
import { type LogObject, readObjectName } from "../read/log-object.ts";
import { groupObjects, type LogSource } from "./log-source.ts";
import { parseS3Url, s3Source } from "./s3-source.ts";

/** Messages of a queue that are read together, then removed together. */
export interface QueueRound {
  /** Their events, and the files that they tell of. */
  readonly source: LogSource;
  readonly messages: number;
  /**
   * After what was read is kept: removes the messages, but those whose files are among `unread`, which
   * come again. What could not be removed, and comes again as well.
   */
  settle(unread: ReadonlySet<string>): Promise<readonly Gap[]>;
}

/** How a queue is read. */
export interface QueueRoundsOptions {
  readonly aws: Aws;
  readonly url: string;
  readonly queue: SqsQueue;
  readonly signal?: AbortSignal;
  /** Messages of a round; 5,000 when absent. */
  readonly most?: number;
}

const mostMessages = 5_000;
const receivers = 8;
/** So long others do not see the messages of a round: it must be in the lake by then, or comes again. */
const hiddenSeconds = 900;
/** Those whose file could not be read come again after so long. */
const laterSeconds = 60;
/** Queues are on many machines: only an answer that waited says that nothing is there. */
const waitSeconds = 2;

/** Digests and Insights hold no calls. */
const noLogs = /\/CloudTrail-(?:Digest|Insight)\//;

/**
 * Reads a queue until nothing more is in it: events of EventBridge, and notifications of log files in S3.
 * A message is removed when the round that it is of was kept, never before; what comes twice is one event,
 * by its id.
 */
export async function* queueRounds(
  options: QueueRoundsOptions,
): AsyncGenerator<QueueRound, void, undefined> {
  for (let number = 1; ; number++) {
    const messages = await receive(options);
    if (messages.length === 0) return;
    yield roundOf(messages, number, options);
    options.signal?.throwIfAborted();
  }
}

async function receive({
  queue,
  signal,
  most = mostMessages,
}: QueueRoundsOptions): Promise<readonly ReceivedMessage[]> {
  const found = new Map<string, ReceivedMessage>();
  await Promise.all(
    Array.from({ length: receivers }, async () => {
      while (found.size < most) {
        const some = await queue.receive(signal, { hiddenSeconds, waitSeconds });
        if (some.length === 0) return;
        for (const message of some) found.set(message.id, message);
      }
    }),
  );
  return [...found.values()];
}

function roundOf(
  messages: readonly ReceivedMessage[],
  number: number,
  { aws, url, queue }: QueueRoundsOptions,
): QueueRound {
  const lines: string[] = [];
  const objects = new Map<string, LogObject>();
  /** Names of the files that a message tells of. */
  const told = new Map<ReceivedMessage, readonly string[]>();
  for (const message of messages) {
    const decoded = decodeMessage(message.body);
    if (decoded.kind === "events") {
      for (const event of decoded.events) lines.push(JSON.stringify(event));
    } else if (decoded.kind === "unreadable") {
      // The lake keeps what it cannot read, and says so.
      lines.push(message.body.replaceAll(/[\r\n]+/g, " "));
    } else if (decoded.kind === "objects") {
      const names: string[] = [];
      for (const { bucket, key, size = 0, eTag = "" } of decoded.objects) {
        if (noLogs.test(key)) continue;
        const name = `s3://${bucket}/${key}`;
        if (!isBucketName(bucket)) {
          lines.push(message.body.replaceAll(/[\r\n]+/g, " "));
          continue;
        }
        names.push(name);
        objects.set(name, { name, size, tag: eTag, ...readObjectName(name) });
      }
      told.set(message, names);
    }
  }
  const text = Buffer.from(lines.map((line) => `${line}\n`).join(""));
  const direct: LogObject = {
    name: `${url}#${number}`,
    size: text.length,
    tag: createHash("sha256").update(text).digest("hex"),
  };
  const buckets = new Map<string, LogSource>();
  const bucketOf = (name: string): LogSource => {
    const { bucket } = parseS3Url(name);
    const known = buckets.get(bucket);
    if (known !== undefined) return known;
    const opened = s3Source({ aws, url: `s3://${bucket}/`, selection: {} });
    buckets.set(bucket, opened);
    return opened;
  };
  return {
    messages: messages.length,
    source: {
      name: url,
      gaps: [],
      isLasting: false,
      groups: async function* () {
        if (lines.length > 0) yield { account: "unknown", month: "unknown", objects: [direct] };
        yield* groupObjects([...objects.values()]);
      },
      read: async (object, signal) =>
        object.name === direct.name ? text : bucketOf(object.name).read(object, signal),
    },
    settle: async (unread) => {
      const isUnread = (message: ReceivedMessage): boolean =>
        unread.has(direct.name) || (told.get(message) ?? []).some((name) => unread.has(name));
      const again = messages.filter(isUnread);
      const done = messages.filter((message) => !isUnread(message));
      const gaps: Gap[] = [];
      try {
        const left = await queue.remove(done);
        if (left.length > 0) gaps.push(notRemoved(url, `${left.length} messages come again`));
        await queue.hold(again, laterSeconds);
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        gaps.push(gapOf(error, url));
      }
      return gaps;
    },
  };
}

function notRemoved(subject: string, message: string): Gap {
  return { kind: "failed", operation: "sqs:DeleteMessageBatch", subject, message };
}

function isBucketName(name: string): boolean {
  try {
    return parseS3Url(`s3://${name}/`).bucket === name;
  } catch {
    return false;
  }
}
