import { expect, test } from "vitest";
import { virtualClock } from "../sandbox/virtual-clock.ts";
import { createAws } from "./create-aws.ts";

interface Sent {
  readonly hostname: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const east = "https://sqs.us-east-1.amazonaws.com/111122223333/events";
const legacy = "https://queue.amazonaws.com/111122223333/events";

/** Queues that answer as told; `undefined` keeps the caller waiting until it gives up. */
function queues(answers: (object | undefined)[]) {
  const sent: Sent[] = [];
  let credentialsAsked = 0;
  const aws = createAws({
    clock: virtualClock(0),
    random: () => 1,
    credentials: async () => {
      credentialsAsked += 1;
      return { accessKeyId: "AKID", secretAccessKey: "secret" };
    },
    requestHandler: {
      handle: async (request: Sent, { abortSignal }: { abortSignal?: AbortSignal } = {}) => {
        const { hostname, headers, body } = request;
        sent.push({ hostname, headers, body: Buffer.from(body).toString() });
        const answer = answers.length === 0 ? {} : answers.shift();
        if (answer === undefined) {
          await new Promise((_, reject) => {
            abortSignal?.addEventListener("abort", () =>
              reject(Object.assign(new Error("Request aborted"), { name: "AbortError" })),
            );
          });
        }
        const { status = 200, ...told } = answer as { status?: number };
        return {
          response: {
            statusCode: status,
            headers: { "content-type": "application/x-amz-json-1.0" },
            body: Buffer.from(JSON.stringify(told)),
          },
        };
      },
    },
  });
  const receive = async (url: string, signal?: AbortSignal): Promise<readonly string[]> => {
    const how = { steady: url, idempotent: true, ...(signal === undefined ? {} : { signal }) };
    const { Messages = [] } = await aws.call("sqs", "ReceiveMessage", { QueueUrl: url }, how);
    return Messages.map(({ Body = "" }) => Body);
  };
  return { receive, sent, credentialsAsked: () => credentialsAsked };
}

test("each call of many is a call of its own, signed, with its own input and answer", async () => {
  const { receive, sent, credentialsAsked } = queues([
    { Messages: [{ Body: "a", MD5OfBody: "not that of a" }] },
    { Messages: [{ Body: "b" }] },
  ]);
  expect(await Promise.all([receive(east), receive(east)])).toEqual([["a"], ["b"]]);
  const asked = credentialsAsked();
  expect(await receive(east)).toEqual([]);
  expect(sent.map(({ headers }) => headers.authorization)).toEqual(
    sent.map(() => expect.stringMatching(/Credential=AKID\/\d{8}\/us-east-1\/sqs\//)),
  );
  expect(sent.map(({ headers }) => headers["user-agent"])).toEqual(
    sent.map(() => expect.stringMatching(/^aws-sdk-js\/3 .*orgrail$/)),
  );
  expect(credentialsAsked()).toBe(asked);
});

test("queues at the same time do not get each other's calls", async () => {
  const { receive, sent } = queues([]);
  await Promise.all([receive(east), receive(legacy), receive(east), receive(legacy)]);
  const wanted = (url: string): object => ({
    hostname: new URL(url).hostname,
    body: JSON.stringify({ QueueUrl: url }),
  });
  for (const { hostname, body } of sent) {
    const url = (JSON.parse(body) as { QueueUrl: string }).QueueUrl;
    expect({ hostname, body }).toEqual(wanted(url));
  }
  expect(sent).toHaveLength(4);
});

test("one that waits ends when it is told to, and the others do not", async () => {
  const { receive } = queues([undefined, undefined, { Messages: [{ Body: "a" }] }]);
  const [first, second] = [new AbortController(), new AbortController()];
  const ends = receive(east, first.signal);
  const stays = receive(east, second.signal);
  expect(await receive(east)).toEqual(["a"]);
  first.abort(new Error("Ctrl-C"));
  await expect(ends).rejects.toMatchObject({ kind: "interrupted" });
  let hasEnded = false;
  const late = stays.catch(() => {
    hasEnded = true;
  });
  await new Promise((resolve) => setImmediate(resolve));
  expect(hasEnded).toBe(false);
  second.abort(new Error("Ctrl-C"));
  await late;
});

test("what fails for a while is tried again", async () => {
  const { receive, sent } = queues([
    { status: 500, __type: "InternalFailure" },
    { Messages: [{ Body: "a" }] },
  ]);
  expect(await receive(east)).toEqual(["a"]);
  expect(sent).toHaveLength(2);
});
