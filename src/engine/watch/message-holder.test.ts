import { expect, test } from "vitest";
import type { ReceivedMessage, SqsQueue } from "../../logs/queue/sqs-queue.ts";
import { messageHolder } from "./message-holder.ts";
import { createMetrics } from "./metrics.ts";
import { watchClock } from "./test-support/watch-bench.ts";
import { watchLog } from "./watch-log.ts";

const message = (id: string): ReceivedMessage => ({ id, receipt: id, body: "", receiveCount: 1 });

function holderOf(removed: string[][]) {
  const clock = watchClock();
  const queue: SqsQueue = {
    hiddenSeconds: async () => 600,
    receive: async () => [],
    remove: async (messages) => {
      removed.push(messages.map(({ id }) => id));
      return [];
    },
    hold: async () => undefined,
  };
  const log = watchLog(clock, () => undefined, "json");
  return messageHolder(queue, { name: "queue", clock, log, metrics: createMetrics() });
}

test.each(Array.from({ length: 16 }, (_, index) => index))(
  "a message that is done %i steps after another was removed is removed, too",
  async (steps) => {
    const removed: string[][] = [];
    const holder = holderOf(removed);
    holder.add([message("a"), message("b")], 600);
    holder.remove([message("a")]);
    for (let step = 0; step < steps; step++) await Promise.resolve();
    holder.remove([message("b")]);
    await new Promise((resolve) => setImmediate(resolve));
    expect(removed.flat()).toEqual(["a", "b"]);
    await holder.close();
    expect(removed.flat()).toEqual(["a", "b"]);
  },
);

test("what is done together is removed together, ten at a time", async () => {
  const removed: string[][] = [];
  const holder = holderOf(removed);
  const messages = Array.from({ length: 23 }, (_, index) => message(`m${index}`));
  for (const one of messages) holder.remove([one]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(removed.flat()).toEqual(messages.map(({ id }) => id));
  expect(removed.map(({ length }) => length)).toEqual([10, 10, 3]);
  await holder.close();
});
