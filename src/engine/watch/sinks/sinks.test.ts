import { createHmac } from "node:crypto";
import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import {
  createServer,
  type IncomingHttpHeaders,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Aws } from "../../../aws/aws.ts";
import type { Finding } from "../../../core/finding.ts";
import { renderFindingsJsonLines } from "../../../report/findings-json-lines.ts";
import { SinkFailure } from "../sink.ts";
import { watchClock } from "../test-support/watch-bench.ts";
import { fileSink } from "./file-sink.ts";
import { webhookUrl } from "./post.ts";
import { slackMessage } from "./slack-sink.ts";
import { snsSink } from "./sns-sink.ts";
import { webhookSink } from "./webhook-sink.ts";

function finding(id: string, more: Partial<Finding> = {}): Finding {
  return {
    id,
    rule: "organizations/detach-policy",
    title: "A policy is detached",
    severity: "critical",
    status: "fail",
    message: "Somebody detached it.",
    time: "2026-11-02T10:00:00Z",
    evidence: [],
    remedy: "Attach it again.",
    ...more,
  };
}

const never = new AbortController().signal;
let server: Server;
let folder = "";
let answer: {
  status: number;
  headers?: Record<string, string>;
  body?: string;
  tell?: (response: ServerResponse) => void;
} = { status: 200 };
let got: { headers: IncomingHttpHeaders; body: string }[] = [];
const address = (): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-sinks-"));
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      got.push({ headers: request.headers, body });
      response.writeHead(answer.status, answer.headers ?? {});
      if (answer.tell === undefined) response.end(answer.body ?? "");
      else answer.tell(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(async () => {
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

describe("a webhook", () => {
  const sink = (secret?: string) =>
    webhookSink({ name: "w", url: new URL(address()), secret, clock: watchClock() });

  test("gets findings signed over time and body, with an id for what comes again", async () => {
    got = [];
    answer = { status: 204 };
    await sink("s3cret").deliver([finding("a"), finding("b")], never);
    await sink("s3cret").deliver([finding("a"), finding("b")], never);
    const [first, second] = got;
    const time = first?.headers["x-orgrail-timestamp"];
    const mac = createHmac("sha256", "s3cret").update(`${time}.${first?.body}`).digest("hex");
    expect(first?.headers["x-orgrail-signature"]).toBe(`v1=${mac}`);
    expect(first?.headers["x-orgrail-delivery"]).toBe(second?.headers["x-orgrail-delivery"]);
    expect(JSON.parse(first?.body ?? "")).toMatchObject({
      schemaVersion: 1,
      findings: [{ id: "a" }, { id: "b" }],
    });
  });

  test.each([
    [
      { status: 503, headers: { "retry-after": "7" } },
      { waitMs: 7_000, isRefusal: false },
    ],
    [{ status: 400, body: "no\u001b[31m such field" }, { isRefusal: true }],
    [{ status: 302, headers: { location: "http://127.0.0.1:1/" } }, { isRefusal: false }],
    [{ status: 401 }, { isRefusal: false }],
  ])("that answers %j is tried again", async (how, expected) => {
    answer = how;
    const failure = await sink()
      .deliver([finding("a")], never)
      .catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SinkFailure);
    expect(failure).toMatchObject(expected);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
    expect((failure as Error).message).not.toMatch(/\u001b/);
  });

  test.each([
    ["never ends", (response: ServerResponse) => write(response, "x".repeat(65_536))],
    ["is cut off", (response: ServerResponse) => response.write("x", () => response.destroy())],
  ])("has answered when its status is there, though the text %s", async (_, tell) => {
    answer = { status: 200, headers: { "content-length": "1000000000" }, tell };
    await expect(sink().deliver([finding("a")], never)).resolves.toEqual([]);
  });

  test("that nobody answers is tried again", async () => {
    const gone = webhookSink({
      name: "w",
      url: new URL("http://127.0.0.1:1/"),
      secret: undefined,
      clock: watchClock(),
    });
    await expect(gone.deliver([finding("a")], never)).rejects.toThrow("ECONNREFUSED");
  });
});

test.each([
  ["http://hooks.example.com/x", false, "is not encrypted"],
  ["http://10.0.0.8/x", false, "is not encrypted"],
  ["https://169.254.169.254/latest", false, "credentials"],
  ["http://[::ffff:169.254.169.254]/latest", true, "credentials"],
  ["https://user:pass@hooks.example.com/", false, "password"],
  ["ftp://hooks.example.com/", false, "is not spoken"],
  ["hooks.example.com", false, "no URL"],
])("%s is refused", (url, allowHttp, why) => {
  expect(() => webhookUrl(url, "the webhook", allowHttp)).toThrow(why);
});

test.each([
  ["https://hooks.example.com/x", false],
  ["http://localhost:8080/x", false],
  ["http://[::1]:8080/x", false],
  ["http://hooks.internal/x", true],
])("%s is taken", (url, allowHttp) => {
  expect(webhookUrl(url, "the webhook", allowHttp).href).toBe(new URL(url).href);
});

/** Writes the same again for as long as somebody listens. */
function write(response: ServerResponse, text: string): void {
  response.write(text, (error) => {
    if (error === null || error === undefined) write(response, text);
  });
}

test("a message for Slack mentions nobody, whatever an event says", () => {
  const text = JSON.stringify(
    slackMessage([finding("a", { message: "<!channel> & <http://x|y>" })]),
  );
  expect(text).toContain("&lt;!channel&gt; &amp; &lt;http://x|y&gt;");
  expect(text).not.toContain("<!channel>");
  expect(slackMessage([finding("a", { message: "@channel: https://evil.example" })])).toMatchObject(
    {
      blocks: [{ text: { verbatim: true } }],
    },
  );
});

describe("a file", () => {
  test("has each finding once, though a crash left one and a half that were not noted", async () => {
    const path = join(folder, "out.jsonl");
    await fileSink("f", path, renderFindingsJsonLines).deliver([finding("a")], never);
    await appendFile(path, `${JSON.stringify(finding("b"))}\n{"id":"c","ru`);
    const after = fileSink("f", path, renderFindingsJsonLines);
    await after.deliver([finding("b"), finding("c")], never);
    await after.deliver([finding("d")], never);
    const ids = (await readFile(path, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).id);
    expect(ids).toEqual(["a", "b", "c", "d"]);
  });

  test("has each finding once, though what was not noted comes in smaller parts", async () => {
    const path = join(folder, "parts.jsonl");
    const sink = () => fileSink("f", path, renderFindingsJsonLines);
    await sink().deliver([finding("a"), finding("b"), finding("c")], never);
    const after = sink();
    for (const id of ["a", "b", "c", "d"]) await after.deliver([finding(id)], never);
    const lines = (await readFile(path, "utf8")).trim().split("\n");
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(["a", "b", "c", "d"]);
  });

  test("that cannot be written is tried again", async () => {
    await writeFile(join(folder, "plain"), "");
    const sink = fileSink("f", join(folder, "plain", "out"), renderFindingsJsonLines);
    await expect(sink.deliver([finding("a")], never)).rejects.toThrow(SinkFailure);
  });
});

describe("a topic of SNS", () => {
  const fake = (failed: object[]) => {
    const sent: { TopicArn: string; PublishBatchRequestEntries: Record<string, unknown>[] }[] = [];
    const call = async (_service: string, _operation: string, input: never) => {
      sent.push(input);
      return { Failed: failed };
    };
    return { aws: { call } as unknown as Aws, sent };
  };
  const arn = "arn:aws:sns:eu-west-1:111122223333:findings";

  test("gets a message a finding, and once where it is in order", async () => {
    const { aws, sent } = fake([]);
    const refused = await snsSink("s", aws, `${arn}.fifo`).deliver(
      [finding("a"), finding("b")],
      never,
    );
    expect(refused).toEqual([]);
    expect(sent[0]?.PublishBatchRequestEntries).toMatchObject([
      { MessageDeduplicationId: "a", MessageAttributes: { severity: { StringValue: "critical" } } },
      { MessageDeduplicationId: "b" },
    ]);
  });

  test("tells what it refuses from what it cannot take now", async () => {
    const bad = fake([{ Id: "1", SenderFault: true, Code: "InvalidParameter", Message: "no" }]);
    const refused = await snsSink("s", bad.aws, arn).deliver([finding("a"), finding("b")], never);
    expect(refused).toEqual([{ id: "b", reason: "InvalidParameter no" }]);
    const failed: object[] = [{ Id: "0", SenderFault: false, Code: "InternalError" }];
    const busy = fake(failed);
    const sink = snsSink("s", busy.aws, arn);
    const both = [finding("a"), finding("b")];
    await expect(sink.deliver(both, never)).rejects.toThrow("Internal");
    // What the topic has is not sent again with what it could not take.
    failed.length = 0;
    await sink.deliver(both, never);
    const sent = busy.sent.map(({ PublishBatchRequestEntries }) =>
      PublishBatchRequestEntries.map(({ Message }) => JSON.parse(String(Message)).id),
    );
    expect(sent).toEqual([["a", "b"], ["a"]]);
  });
});
