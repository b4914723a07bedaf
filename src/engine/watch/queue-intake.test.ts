import { expect, test } from "vitest";
import type { Aws } from "../../aws/aws.ts";
import { AwsError, type AwsErrorKind } from "../../aws/aws-error.ts";
import { createDetector } from "../../detect/create-detector.ts";
import { exampleFacts } from "../../detect/example/facts.ts";
import { detectRules } from "../../detect/registry.gen.ts";
import { decodeMessage } from "../../logs/queue/decode-message.ts";
import type { ReceivedMessage, SqsQueue } from "../../logs/queue/sqs-queue.ts";
import type { DeadLetter } from "./dead-letters.ts";
import type { Delivery } from "./intake.ts";
import { createMetrics } from "./metrics.ts";
import type { ObjectReader } from "./object-reader.ts";
import { queueIntake } from "./queue-intake.ts";
import { watchClock } from "./test-support/watch-bench.ts";
import { watchLog } from "./watch-log.ts";

const event = { eventSource: "iam.amazonaws.com", eventName: "CreateUser", eventID: "e" };
const notified = (key: string): string =>
  JSON.stringify({
    Records: [
      { eventName: "ObjectCreated:Put", s3: { bucket: { name: "logs" }, object: { key } } },
    ],
  });

function failure(kind: AwsErrorKind): AwsError {
  const site = { service: "sqs", operation: "ReceiveMessage" };
  return new AwsError("ORGRAIL4007", `${kind}: no answer`, { kind, site, said: kind });
}

interface Tried {
  readonly removed: string[];
  readonly givenBack: (readonly [id: string, seconds: number])[];
  readonly letters: DeadLetter[];
  readonly deliveries: Delivery[];
}

/** Gives the bodies as one batch of messages, after these failures, and reads the queue to its end. */
async function read(
  bodies: readonly string[],
  failures: readonly AwsErrorKind[] = [],
  commits = true,
): Promise<Tried> {
  const tried: Tried = { removed: [], givenBack: [], letters: [], deliveries: [] };
  const clock = watchClock();
  const log = watchLog(clock, () => undefined, "json");
  const toFail = [...failures];
  const batches: ReceivedMessage[][] = [
    bodies.map((body, index) => ({ id: `m${index}`, receipt: `r${index}`, body, receiveCount: 1 })),
  ];
  const queue: SqsQueue = {
    hiddenSeconds: async () => 600,
    receive: async () => {
      const kind = toFail.shift();
      if (kind !== undefined) throw failure(kind);
      return batches.shift() ?? [];
    },
    remove: async (messages) => {
      tried.removed.push(...messages.map(({ id }) => id));
      return [];
    },
    hold: async (messages, seconds) => {
      tried.givenBack.push(...messages.map(({ id }) => [id, seconds] as const));
    },
  };
  const reader: ObjectReader = {
    read: async function* (_source, objects) {
      for (const object of objects) {
        if (object.name.endsWith("denied")) yield { object, failure: "access denied" };
        else yield { object, events: [event], seen: 3 };
      }
    },
  };
  const intake = queueIntake({
    aws: {} as Aws,
    url: "https://sqs.us-east-1.amazonaws.com/111122223333/events",
    queue,
    reader,
    deadLetters: {
      keep: async (letter) => {
        tried.letters.push(letter);
      },
    },
    clock,
    random: () => 0.5,
    log,
    metrics: createMetrics(),
    once: true,
  });
  await intake.run(async (delivery) => {
    tried.deliveries.push(delivery);
    if (commits) delivery.committed?.();
  }, new AbortController().signal);
  await intake.close();
  return tried;
}

test("messages are removed when what they told is committed, and given back when it is not", async () => {
  const bodies = [JSON.stringify({ "detail-type": "x", detail: event }), JSON.stringify(event)];
  const done = await read(bodies);
  expect(done.deliveries.flatMap(({ events }) => events)).toEqual([event, event]);
  expect(done.removed).toEqual(["m0", "m1"]);
  const left = await read(bodies, [], false);
  expect(left.removed).toEqual([]);
  expect(left.givenBack).toEqual([
    ["m0", 0],
    ["m1", 0],
  ]);
});

test("what cannot be read is kept as it came, and removed", async () => {
  const odd = notified("x").replace("logs", "No/Bucket");
  const { letters, removed, deliveries } = await read([
    "{broken",
    notified("a/CloudTrail-Digest/x"),
    odd,
  ]);
  expect(letters).toMatchObject([
    { subject: "m0", reason: "it is no JSON", raw: "{broken" },
    { subject: "m2", reason: "`No/Bucket` is no name of a bucket", raw: odd },
  ]);
  expect([...removed].sort()).toEqual(["m0", "m1", "m2"]);
  expect(deliveries.flatMap(({ events }) => events)).toEqual([]);
});

test("a message whose object cannot be read comes again, and what can be is judged", async () => {
  const both = JSON.stringify({
    Records: [notified("fine"), notified("denied")].flatMap((text) => JSON.parse(text).Records),
  });
  const { givenBack, removed, deliveries } = await read([both]);
  expect(deliveries.map(({ events, seen }) => [events.length, seen])).toEqual([[1, 3]]);
  expect(givenBack).toEqual([["m0", 15]]);
  expect(removed).toEqual([]);
});

test("a queue that does not answer for a while is read when it does", async () => {
  const { removed } = await read([JSON.stringify(event)], ["network", "server", "throttled"]);
  expect(removed).toEqual(["m0"]);
});

test("a queue that is not there, or may not be read, ends it", async () => {
  await expect(read([], ["refused"])).rejects.toThrow("refused");
  await expect(read([], ["access-denied"])).rejects.toThrow("access-denied");
});

/** How many receives were under way at most, on a queue that gives so many messages each time. */
async function mostReceives(messages: number, turnMs: number): Promise<number> {
  const body = JSON.stringify(event);
  let left = 100;
  let running = 0;
  let most = 0;
  const clock = watchClock();
  const intake = queueIntake({
    aws: {} as Aws,
    url: "https://sqs.us-east-1.amazonaws.com/111122223333/events",
    queue: {
      hiddenSeconds: async () => 600,
      receive: async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        left -= 1;
        return Array.from({ length: left < 0 ? 0 : messages }, (_, index) => {
          const id = `m${left}-${index}`;
          return { id, receipt: id, body, receiveCount: 1 };
        });
      },
      remove: async () => [],
      hold: async () => undefined,
    },
    reader: { read: async function* () {} },
    deadLetters: { keep: async () => undefined },
    clock,
    random: () => 0.5,
    log: watchLog(clock, () => undefined, "json"),
    metrics: createMetrics(),
    once: true,
    turn: async () => turnMs,
  });
  await intake.run(async (delivery) => delivery.committed?.(), new AbortController().signal);
  await intake.close();
  return most;
}

test("as many receive as there is work for, and no more than the processor has time for", async () => {
  expect(await mostReceives(10, 0)).toBe(16);
  expect(await mostReceives(2, 0)).toBe(1);
  // The first two begin before anybody knows.
  expect(await mostReceives(10, 100)).toBeLessThanOrEqual(2);
});

test("no message that a rule finds something in is passed over", () => {
  const { names, marks } = createDetector({ rules: detectRules, facts: exampleFacts() });
  const wanted = { named: names, containing: marks };
  const messageOf = (detail: object): string =>
    JSON.stringify({ "detail-type": "AWS API Call via CloudTrail", detail });
  for (const { example } of detectRules) {
    for (const body of example.hit.map(messageOf)) {
      expect(decodeMessage(body, wanted)).toEqual(decodeMessage(body));
    }
  }
  expect(decodeMessage(messageOf({ ...event, eventName: "DescribeInstances" }), wanted)).toEqual({
    kind: "events",
    events: [],
    passed: 1,
  });
});
