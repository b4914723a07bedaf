import type { Aws, CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import { AppError } from "../../core/app-error.ts";
import type { RegionName } from "../../core/identifiers.ts";

/** A message as it was received; it comes back unless it is removed. */
export interface ReceivedMessage {
  readonly id: string;
  readonly receipt: string;
  readonly body: string;
  /** How often it was received, this time included. */
  readonly receiveCount: number;
}

/** A queue of SQS. All functions throw an AwsError when the queue cannot be reached. */
export interface SqsQueue {
  /**
   * Up to ten messages, which others do not get for so many seconds (as the queue says when absent);
   * waits up to 20 seconds for the first, unless told not to.
   */
  receive(
    signal?: AbortSignal,
    options?: { readonly hiddenSeconds?: number; readonly waitSeconds?: number },
  ): Promise<readonly ReceivedMessage[]>;
  /** For how many seconds the queue hides what was received; `undefined` when it may not be asked. */
  hiddenSeconds(signal?: AbortSignal): Promise<number | undefined>;
  /** Takes messages out for good; those that could not be, which will come again. */
  remove(messages: readonly ReceivedMessage[]): Promise<readonly ReceivedMessage[]>;
  /** Keeps messages from others for so many seconds more; 0 gives them back at once. */
  hold(messages: readonly ReceivedMessage[], seconds: number): Promise<void>;
}

/** The most that SQS takes and gives in one request. */
const mostAtOnce = 10;
const waitSeconds = 20;

/**
 * Opens a queue by its URL. The Region is in the URL, unless it is of an emulator.
 *
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_ReceiveMessage.html
 */
export function sqsQueue(aws: Aws, url: string): SqsQueue {
  const region = regionOf(url);
  const how: CallOptions = { steady: url, ...(region === undefined ? {} : { region }) };
  return {
    receive: async (signal, options = {}) => {
      const { Messages = [] } = await aws.call(
        "sqs",
        "ReceiveMessage",
        {
          QueueUrl: url,
          MaxNumberOfMessages: mostAtOnce,
          WaitTimeSeconds: options.waitSeconds ?? waitSeconds,
          ...(options.hiddenSeconds === undefined
            ? {}
            : { VisibilityTimeout: options.hiddenSeconds }),
          MessageSystemAttributeNames: ["ApproximateReceiveCount"],
        },
        // Twice received is what this queue promises anyway.
        { ...how, idempotent: true, ...(signal === undefined ? {} : { signal }) },
      );
      return Messages.flatMap(({ MessageId, ReceiptHandle, Body, Attributes }) => {
        if (MessageId === undefined || ReceiptHandle === undefined) return [];
        return [
          {
            id: MessageId,
            receipt: ReceiptHandle,
            body: Body ?? "",
            receiveCount: Number(Attributes?.ApproximateReceiveCount ?? 1),
          },
        ];
      });
    },
    hiddenSeconds: async (signal) => {
      try {
        const { Attributes } = await aws.call(
          "sqs",
          "GetQueueAttributes",
          { QueueUrl: url, AttributeNames: ["VisibilityTimeout"] },
          { ...how, ...(signal === undefined ? {} : { signal }) },
        );
        const seconds = Number(Attributes?.VisibilityTimeout ?? Number.NaN);
        return Number.isNaN(seconds) || seconds === 0 ? undefined : seconds;
      } catch (error) {
        if (error instanceof AwsError && error.kind === "access-denied") return undefined;
        throw error;
      }
    },
    remove: async (messages) => {
      const failed: ReceivedMessage[] = [];
      for (const part of parts(messages)) {
        const Entries = part.map(({ receipt }, index) => ({
          Id: String(index),
          ReceiptHandle: receipt,
        }));
        const { Failed = [] } = await aws.call(
          "sqs",
          "DeleteMessageBatch",
          { QueueUrl: url, Entries },
          { ...how, idempotent: true },
        );
        for (const { Id } of Failed) {
          const message = part[Number(Id)];
          if (message !== undefined) failed.push(message);
        }
      }
      return failed;
    },
    hold: async (messages, seconds) => {
      for (const part of parts(messages)) {
        const Entries = part.map(({ receipt }, index) => ({
          Id: String(index),
          ReceiptHandle: receipt,
          VisibilityTimeout: seconds,
        }));
        await aws.call(
          "sqs",
          "ChangeMessageVisibilityBatch",
          { QueueUrl: url, Entries },
          { ...how, idempotent: true },
        );
      }
    },
  };
}

function* parts(
  messages: readonly ReceivedMessage[],
): Generator<readonly ReceivedMessage[], void, undefined> {
  for (let from = 0; from < messages.length; from += mostAtOnce) {
    yield messages.slice(from, from + mostAtOnce);
  }
}

/** The Region in a queue's URL. Throws ORGRAIL4302 when it is no URL. */
function regionOf(url: string): RegionName | undefined {
  if (!URL.canParse(url)) {
    throw new AppError("ORGRAIL4302", `\`${url}\` is no URL of a queue`, {
      exit: "usage",
      hint: "write it like https://sqs.us-east-1.amazonaws.com/111122223333/NAME",
    });
  }
  return /^sqs\.([a-z0-9-]+)\.amazonaws\./.exec(new URL(url).hostname)?.[1];
}
