import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";

/** A queue and a bucket on loopback that are filled at a rate. */
export interface WatchQueue {
  readonly url: string;
  readonly endpoint: string;
  /** Begins to fill. */
  start(): void;
  /** When an event was handed out, by its id. */
  readonly handedOut: ReadonlyMap<string, number>;
  /** Events that were removed, with the messages that told of them. */
  removed(): number;
  close(): Promise<void>;
}

/** How a queue is filled. */
export interface WatchQueueOptions {
  readonly events: number;
  readonly perSecond: number;
  /** 0: each message is an event. Else it tells of a file with so many. */
  readonly perFile: number;
  /** One event in so many is one that a rule finds. */
  readonly findingEvery: number;
}

const account = "111122223333";

/** Opens a queue that speaks enough of SQS and S3 for the daemon. */
export async function watchQueue(options: WatchQueueOptions): Promise<WatchQueue> {
  const { events, perSecond, perFile, findingEvery } = options;
  const perMessage = Math.max(1, perFile);
  const messages = Math.ceil(events / perMessage);
  const handedOut = new Map<string, number>();
  let startedAt = Number.POSITIVE_INFINITY;
  let next = 0;
  let removed = 0;

  const eventOf = (index: number): object => record(index, index % findingEvery === 0);
  const eventsOf = (message: number): readonly object[] =>
    Array.from({ length: perMessage }, (_, at) => eventOf(message * perMessage + at));
  const available = (): number => {
    const due = Math.floor(((performance.now() - startedAt) / 1_000) * (perSecond / perMessage));
    return Math.max(0, Math.min(messages, due) - next);
  };
  const files = new Map<string, Buffer>();
  if (perFile > 0) {
    for (let message = 0; message < messages; message++) {
      files.set(`f${message}.json.gz`, gzipSync(JSON.stringify({ Records: eventsOf(message) })));
    }
  }
  const noteHandedOut = (message: number): void => {
    const now = performance.now();
    for (let at = 0; at < perMessage; at++) {
      const index = message * perMessage + at;
      if (index % findingEvery === 0) handedOut.set(`event-${index}`, now);
    }
  };
  const bodyOf = (message: number): string => {
    if (perFile === 0) {
      return JSON.stringify({
        "detail-type": "AWS API Call via CloudTrail",
        source: "aws.events",
        detail: eventOf(message),
      });
    }
    const object = { key: `f${message}.json.gz`, size: 1, eTag: "e" };
    const told = { eventName: "ObjectCreated:Put", s3: { bucket: { name: "logs" }, object } };
    return JSON.stringify({ Records: [told] });
  };

  const receive = async (response: ServerResponse): Promise<void> => {
    for (let tries = 0; tries < 50 && available() === 0 && next < messages; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const Messages: object[] = [];
    for (let count = Math.min(10, available()); count > 0; count--) {
      const Body = bodyOf(next);
      noteHandedOut(next);
      Messages.push({
        MessageId: `m${next}`,
        ReceiptHandle: `r${next}`,
        Body,
        MD5OfBody: createHash("md5").update(Body).digest("hex"),
        Attributes: { ApproximateReceiveCount: "1", SentTimestamp: "0" },
      });
      next += 1;
    }
    answer(response, Messages.length === 0 ? {} : { Messages });
  };

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await readBody(request);
    const target = String(request.headers["x-amz-target"] ?? "");
    if (target.endsWith("ReceiveMessage")) return receive(response);
    if (target.endsWith("GetQueueAttributes")) {
      return answer(response, { Attributes: { VisibilityTimeout: "60" } });
    }
    if (target.endsWith("DeleteMessageBatch")) {
      const { Entries } = JSON.parse(body) as { Entries: readonly { Id: string }[] };
      removed += Entries.length * perMessage;
      return answer(response, { Successful: Entries.map(({ Id }) => ({ Id })), Failed: [] });
    }
    if (target !== "") return answer(response, { Successful: [], Failed: [] });
    const key = request.url?.split("?")[0]?.split("/").at(-1) ?? "";
    const file = files.get(key);
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
    handedOut,
    start: () => {
      startedAt = performance.now();
    },
    removed: () => removed,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(response: ServerResponse, body: object): void {
  response.setHeader("content-type", "application/x-amz-json-1.0");
  response.end(JSON.stringify(body));
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** A record of about 2 KB. */
function record(index: number, isFinding: boolean): object {
  return {
    eventVersion: "1.11",
    userIdentity: {
      type: "AssumedRole",
      principalId: "AROAEXAMPLEEXAMPLEEXA:session",
      arn: `arn:aws:sts::${account}:assumed-role/Application/session`,
      accountId: account,
      accessKeyId: "ASIAEXAMPLEEXAMPLE",
      sessionContext: {
        sessionIssuer: {
          type: "Role",
          principalId: "AROAEXAMPLEEXAMPLEEXA",
          arn: `arn:aws:iam::${account}:role/Application`,
          accountId: account,
          userName: "Application",
        },
        attributes: { creationDate: "2026-11-23T00:00:00Z", mfaAuthenticated: "false" },
      },
    },
    eventTime: "2026-11-23T00:00:00Z",
    eventSource: isFinding ? "organizations.amazonaws.com" : "ec2.amazonaws.com",
    eventName: isFinding ? "DeletePolicy" : "RunInstances",
    awsRegion: "us-east-1",
    sourceIPAddress: "192.0.2.10",
    userAgent: "aws-cli/2.31.0",
    requestParameters: isFinding
      ? { policyId: "p-example1" }
      : {
          instancesSet: {
            items: Array.from({ length: 12 }, (_, at) => ({
              imageId: `ami-${at}`,
              instanceId: `i-${index}-${at}`,
            })),
          },
        },
    responseElements: null,
    requestID: `request-${index}`,
    eventID: `event-${index}`,
    readOnly: false,
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: account,
    eventCategory: "Management",
  };
}
