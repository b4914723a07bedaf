import { expect, test } from "vitest";
import type { Aws, CallOptions } from "../../aws/aws.ts";
import { sqsQueue } from "./sqs-queue.ts";

const url = "https://sqs.eu-west-1.amazonaws.com/111122223333/events";

interface Sent {
  readonly operation: string;
  readonly input: Record<string, unknown>;
  readonly options: CallOptions;
}

function fakeSqs(answer: (operation: string) => object): { aws: Aws; sent: Sent[] } {
  const sent: Sent[] = [];
  const call = async (
    _service: string,
    operation: string,
    input: never,
    options: CallOptions,
  ): Promise<object> => {
    sent.push({ operation, input, options });
    return answer(operation);
  };
  return { aws: { call } as unknown as Aws, sent };
}

const message = (
  number: number,
): { id: string; receipt: string; body: string; receiveCount: number } => ({
  id: `m${number}`,
  receipt: `r${number}`,
  body: "{}",
  receiveCount: 1,
});

test("messages are received in the Region of the queue, with how often they came", async () => {
  const { aws, sent } = fakeSqs(() => ({
    Messages: [
      {
        MessageId: "m1",
        ReceiptHandle: "r1",
        Body: "b",
        Attributes: { ApproximateReceiveCount: "3" },
      },
      { MessageId: "without a receipt" },
    ],
  }));
  expect(await sqsQueue(aws, url).receive()).toEqual([
    { id: "m1", receipt: "r1", body: "b", receiveCount: 3 },
  ]);
  expect(sent[0]?.options.region).toBe("eu-west-1");
});

test("an empty queue gives nothing", async () => {
  expect(await sqsQueue(fakeSqs(() => ({})).aws, url).receive()).toEqual([]);
});

test("messages are removed ten at a time; those that were not are given back", async () => {
  const { aws, sent } = fakeSqs(() => ({ Failed: [{ Id: "1" }] }));
  const messages = Array.from({ length: 12 }, (_, number) => message(number));
  const failed = await sqsQueue(aws, url).remove(messages);
  expect(sent.map(({ input }) => (input.Entries as unknown[]).length)).toEqual([10, 2]);
  expect(failed.map(({ id }) => id)).toEqual(["m1", "m11"]);
});

test("messages are held", async () => {
  const { aws, sent } = fakeSqs(() => ({}));
  await sqsQueue(aws, url).hold([message(1)], 0);
  expect(sent[0]).toMatchObject({
    operation: "ChangeMessageVisibilityBatch",
    input: { Entries: [{ Id: "0", ReceiptHandle: "r1", VisibilityTimeout: 0 }] },
  });
});

test("what is no URL is refused", () => {
  expect(() => sqsQueue(fakeSqs(() => ({})).aws, "events")).toThrow("is no URL of a queue");
});
