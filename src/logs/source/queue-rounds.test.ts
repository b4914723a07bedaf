import { expect, test } from "vitest";
import type { Aws } from "../../aws/aws.ts";
import type { ReceivedMessage, SqsQueue } from "../queue/sqs-queue.ts";
import type { LogObject } from "../read/log-object.ts";
import { queueRounds } from "./queue-rounds.ts";

const url = "https://sqs.us-east-1.amazonaws.com/111122223333/events";
const event = (id: string) => ({
  eventSource: "iam.amazonaws.com",
  eventName: "CreateUser",
  eventID: id,
});
const notified = (...keys: readonly string[]): string =>
  JSON.stringify({
    Records: keys.map((key) => ({
      eventName: "ObjectCreated:Put",
      s3: { bucket: { name: "logs" }, object: { key } },
    })),
  });

function fakeQueue(bodies: readonly string[]) {
  const left: ReceivedMessage[] = bodies.map((body, index) => ({
    id: `m${index}`,
    receipt: `r${index}`,
    body,
    receiveCount: 1,
  }));
  const removed: string[] = [];
  const later: string[] = [];
  const queue: SqsQueue = {
    hiddenSeconds: async () => 60,
    receive: async () => left.splice(0, 10),
    remove: async (messages) => {
      removed.push(...messages.map(({ id }) => id));
      return [];
    },
    hold: async (messages) => {
      later.push(...messages.map(({ id }) => id));
    },
  };
  return { queue, removed, later };
}

interface Round {
  readonly lines: readonly string[];
  readonly files: readonly string[];
}

/** Reads all rounds; `unread` could not be read in any. */
async function read(
  queue: SqsQueue,
  unread: readonly string[] = [],
  most?: number,
): Promise<readonly Round[]> {
  const rounds: Round[] = [];
  const options = { aws: {} as Aws, url, queue, ...(most === undefined ? {} : { most }) };
  for await (const { source, settle } of queueRounds(options)) {
    const objects: LogObject[] = [];
    for await (const group of source.groups()) objects.push(...group.objects);
    const files = objects.filter(({ name }) => name.startsWith("s3://"));
    const own = objects.find(({ name }) => name.startsWith(url));
    const text = own === undefined ? "" : Buffer.from((await source.read(own)) ?? []).toString();
    rounds.push({ lines: text.split("\n").slice(0, -1), files: files.map(({ name }) => name) });
    expect(await settle(new Set(unread))).toEqual([]);
  }
  return rounds;
}

test("events and notified files are of one round, and their messages are removed after it", async () => {
  const { queue, removed, later } = fakeQueue([
    JSON.stringify({ "detail-type": "AWS API Call via CloudTrail", detail: event("a") }),
    JSON.stringify(event("b")),
    notified("x.json.gz", "AWSLogs/1/CloudTrail-Digest/y.json.gz"),
    JSON.stringify({ Event: "s3:TestEvent" }),
  ]);
  expect(await read(queue)).toEqual([
    {
      lines: [JSON.stringify(event("a")), JSON.stringify(event("b"))],
      files: ["s3://logs/x.json.gz"],
    },
  ]);
  expect(removed).toEqual(["m0", "m1", "m2", "m3"]);
  expect(later).toEqual([]);
});

test("what nothing can be made of goes to the lake as it is, which keeps it", async () => {
  const odd = notified("x").replace("logs", "No/Bucket");
  const { queue, removed } = fakeQueue(["{broken\nin two", odd]);
  expect(await read(queue)).toEqual([{ lines: ["{broken in two", odd], files: [] }]);
  expect(removed).toEqual(["m0", "m1"]);
});

test("a message whose file could not be read comes again", async () => {
  const { queue, removed, later } = fakeQueue([notified("fine", "denied"), notified("fine")]);
  await read(queue, ["s3://logs/denied"]);
  expect({ removed, later }).toEqual({ removed: ["m1"], later: ["m0"] });
});

test("a queue is read in rounds until nothing is in it", async () => {
  const { queue, removed } = fakeQueue(
    Array.from({ length: 205 }, (_, index) => JSON.stringify(event(`e${index}`))),
  );
  const rounds = await read(queue, [], 50);
  expect(rounds.length).toBeGreaterThan(1);
  expect(rounds.flatMap(({ lines }) => lines)).toHaveLength(205);
  expect(new Set(removed).size).toBe(205);
  expect(await read(queue)).toEqual([]);
});
