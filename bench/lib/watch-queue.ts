import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { type RecordText, recordText } from "./watch-record.ts";

/** How a queue is filled. */
export interface WatchQueueOptions {
  readonly events: number;
  readonly perSecond: number;
  /** 0: each message is an event. Else it tells of a file with so many. */
  readonly perFile: number;
  /** One event in so many is one that a rule finds. */
  readonly findingEvery: number;
}

/** What became of the messages; times in milliseconds of the machine's monotonic clock. */
export interface WatchQueueReport {
  readonly startedAtMs: number;
  /** When the last message was removed. */
  readonly endedAtMs: number;
  /** Of every event that a rule finds, in their order: when it was to be sent, and when it was handed out. */
  readonly sentAtMs: readonly number[];
  readonly handedOutAtMs: readonly number[];
  /** Events that were sent and not handed out, every tenth of a second. */
  readonly waiting: readonly number[];
  /** Events that were handed out and not removed, every tenth of a second. */
  readonly inFlight: readonly number[];
  readonly receives: number;
  readonly emptyReceives: number;
  readonly removals: number;
}

/** A queue and a bucket on loopback that are filled at a rate, whether anybody reads them or not. */
export interface WatchQueue {
  readonly url: string;
  readonly endpoint: string;
  /** Begins to fill. */
  start(): void;
  /** Resolves when all is removed. */
  emptied(): Promise<WatchQueueReport>;
}

const account = "111122223333";
const folder = `AWSLogs/o-abc1234567/${account}/CloudTrail/us-east-1/2026/11/23`;

/** Milliseconds of a clock that all processes of the machine share. */
export function machineMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Opens a queue that speaks enough of SQS and S3 for the daemon. */
export async function watchQueue(options: WatchQueueOptions): Promise<WatchQueue> {
  const { events, perSecond, perFile, findingEvery } = options;
  const perMessage = Math.max(1, perFile);
  const messages = Math.ceil(events / perMessage);
  const usual = recordText(false);
  const tampering = recordText(true);
  const textOf = (index: number): RecordText => (index % findingEvery === 0 ? tampering : usual);
  const files = new Map<string, Buffer>();
  const keyOf = (message: number): string =>
    `${folder}/${account}_CloudTrail_us-east-1_20261123T0000Z_f${message}.json.gz`;
  for (let message = 0; perFile > 0 && message < messages; message++) {
    const records = Array.from({ length: perFile }, (_, at) => {
      const index = message * perFile + at;
      return textOf(index)(index);
    });
    files.set(`/logs/${keyOf(message)}`, gzipSync(`{"Records":[${records.join(",")}]}`));
  }
  const bodyOf = (message: number): string => {
    if (perFile === 0) {
      return `{"version":"0","id":"e${message}","detail-type":"AWS API Call via CloudTrail","source":"aws.events","account":"${account}","region":"us-east-1","detail":${textOf(message)(message)}}`;
    }
    const object = { key: keyOf(message), size: 1, eTag: "e" };
    const told = { eventName: "ObjectCreated:Put", s3: { bucket: { name: "logs" }, object } };
    return JSON.stringify({ Records: [told] });
  };

  let startedAtMs = Number.POSITIVE_INFINITY;
  let next = 0;
  let removed = 0;
  let receives = 0;
  let emptyReceives = 0;
  let removals = 0;
  const sentAtMs: number[] = [];
  const handedOutAtMs: number[] = [];
  const waiting: number[] = [];
  const inFlight: number[] = [];
  let end: ((report: WatchQueueReport) => void) | undefined;
  const ended = new Promise<WatchQueueReport>((resolve) => {
    end = resolve;
  });

  const dueAtMs = (message: number): number =>
    startedAtMs + ((message * perMessage) / perSecond) * 1_000;
  const sent = (): number => {
    const due = Math.ceil(((machineMs() - startedAtMs) / 1_000) * (perSecond / perMessage));
    return Math.max(0, Math.min(messages, due));
  };
  const noteHandedOut = (message: number, now: number): void => {
    for (let at = 0; at < perMessage; at++) {
      const index = message * perMessage + at;
      if (index % findingEvery !== 0) continue;
      sentAtMs[index / findingEvery] = dueAtMs(message);
      handedOutAtMs[index / findingEvery] = now;
    }
  };
  const sampler = setInterval(() => {
    if (startedAtMs > machineMs() || next >= messages) return;
    waiting.push((sent() - next) * perMessage);
    inFlight.push((next - removed) * perMessage);
  }, 100);

  /** As the real one: it answers when there is anything, with what there is. */
  const receive = async (
    wanted: { readonly MaxNumberOfMessages?: number; readonly WaitTimeSeconds?: number },
    isGone: () => boolean,
  ): Promise<object> => {
    const endsAtMs = machineMs() + (wanted.WaitTimeSeconds ?? 0) * 1_000;
    while (sent() <= next && machineMs() < endsAtMs && !isGone()) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    receives += 1;
    const Messages: object[] = [];
    const now = machineMs();
    const most = isGone() ? 0 : Math.min(wanted.MaxNumberOfMessages ?? 1, sent() - next);
    for (let count = most; count > 0; count--) {
      const Body = bodyOf(next);
      noteHandedOut(next, now);
      Messages.push({
        MessageId: `00000000-0000-0000-0000-${String(next).padStart(12, "0")}`,
        ReceiptHandle: `${"r".repeat(380)}${next}`,
        Body,
        MD5OfBody: createHash("md5").update(Body).digest("hex"),
        Attributes: { ApproximateReceiveCount: "1", SentTimestamp: String(Date.now()) },
      });
      next += 1;
    }
    if (Messages.length === 0) emptyReceives += 1;
    return Messages.length === 0 ? {} : { Messages };
  };

  const remove = (entries: readonly { readonly Id: string }[]): object => {
    removals += 1;
    removed += entries.length;
    if (removed >= messages) {
      clearInterval(sampler);
      end?.({
        startedAtMs,
        endedAtMs: machineMs(),
        sentAtMs,
        handedOutAtMs,
        waiting,
        inFlight,
        receives,
        emptyReceives,
        removals,
      });
    }
    return { Successful: entries.map(({ Id }) => ({ Id })), Failed: [] };
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const target = String(request.headers["x-amz-target"] ?? "");
    const answer = (value: object): void => {
      response.setHeader("content-type", "application/x-amz-json-1.0");
      response.end(JSON.stringify(value));
    };
    if (target.endsWith("ReceiveMessage")) {
      return answer(await receive(JSON.parse(body), () => response.destroyed));
    }
    if (target.endsWith("GetQueueAttributes")) {
      return answer({ Attributes: { VisibilityTimeout: "60" } });
    }
    if (target.endsWith("DeleteMessageBatch")) return answer(remove(JSON.parse(body).Entries));
    if (target !== "") return answer({ Successful: [], Failed: [] });
    const file = files.get(decodeURIComponent(request.url?.split("?")[0] ?? ""));
    response.setHeader("content-type", file === undefined ? "application/xml" : "binary/octet");
    response.end(file ?? '<?xml version="1.0"?><LocationConstraint/>');
  };
  const server = createServer((request, response) => {
    serve(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: `${endpoint}/${account}/events`,
    endpoint,
    start: () => {
      startedAtMs = machineMs();
    },
    emptied: () => ended,
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}
