import type { ChildProcess } from "node:child_process";
import { createHmac } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { CloudTrailEvent } from "../../src/core/event.ts";
import type { Finding } from "../../src/core/finding.ts";
import { example, organizationCall } from "../../src/detect/example/event.ts";
import { realTimeClock } from "../../src/sandbox/real-time-clock.ts";
import { configureDelivery } from "../../src/services/cloudtrail/sandbox/events.ts";
import { openExample } from "../../src/services/open-example.ts";
import { type CommandLine, commandLine } from "../e2e/support/command-line.ts";
import { type ServedSandbox, serve } from "../e2e/support/served-sandbox.ts";
import { type AwsCli, startAwsCli } from "./aws-cli.ts";
import { type MotoServer, motoPython, startMoto } from "./moto-server.ts";
import { pythonWith } from "./python.ts";
import { skipReferee } from "./require.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const moto = motoPython();
const python = pythonWith("awscli");

let cli: CommandLine;
let folder = "";
const started: ChildProcess[] = [];
beforeAll(async () => {
  cli = await commandLine();
  folder = await mkdtemp(join(tmpdir(), "orgrail-watch-"));
});
afterAll(async () => {
  for (const child of started) if (child.exitCode === null) child.kill("SIGKILL");
  await cli.remove();
  await rm(folder, { recursive: true, force: true });
});

async function until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`it did not come to pass: ${what}`);
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  const end = new Promise<number | null>((resolve) => child.once("exit", resolve));
  child.kill(signal);
  return end;
}

/** What a child writes on standard error. */
function errorsOf(child: ChildProcess): () => string {
  const parts: string[] = [];
  started.push(child);
  child.stderr?.on("data", (chunk: Buffer) => parts.push(chunk.toString()));
  child.stdout?.resume();
  return () => parts.join("");
}

async function linesOf(path: string): Promise<readonly Finding[]> {
  const text = await readFile(path, "utf8").catch(() => "");
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Finding);
}

describe.skipIf(skipReferee("AWS CLI", python !== undefined))("in the sandbox", () => {
  let served: ServedSandbox;
  let aws: AwsCli;
  let hook: Server;
  const told: { readonly isSigned: boolean; readonly findings: readonly Finding[] }[] = [];

  beforeAll(async () => {
    const sandbox = await openExample("small", { clock: realTimeClock() });
    configureDelivery(sandbox.world, 100);
    served = await serve(sandbox);
    aws = startAwsCli(python ?? "");
    hook = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      request.on("end", () => {
        const time = String(request.headers["x-orgrail-timestamp"]);
        const mac = createHmac("sha256", "s3cret").update(`${time}.${body}`).digest("hex");
        const isSigned = request.headers["x-orgrail-signature"] === `v1=${mac}`;
        told.push({ isSigned, findings: (JSON.parse(body) as { findings: Finding[] }).findings });
        response.end();
      });
    });
    await new Promise<void>((resolve) => hook.listen(0, "127.0.0.1", resolve));
  });
  afterAll(async () => {
    await aws.stop();
    await served.door.close();
    await new Promise((resolve) => hook.close(resolve));
  });

  async function ask(...args: string[]): Promise<string> {
    const env = { ...served.env, PATH: process.env.PATH ?? "", HOME: folder, AWS_PAGER: "" };
    const region = { AWS_DEFAULT_REGION: served.sandbox.homeRegion };
    const { code, stdout, stderr } = await aws.run([...args, "--output", "text"], {
      ...env,
      ...region,
    });
    expect({ code, stderr }, args.join(" ")).toEqual({ code: 0, stderr: "" });
    return stdout.trim();
  }

  test("a policy that is detached by hand is told to the webhook, signed", async () => {
    const organization = await ask(
      ...["organizations", "describe-organization", "--query", "Organization.Id"],
    );
    const account = served.sandbox.managementAccount;
    const bucket = "watched-trail";
    await ask("s3api", "create-bucket", "--bucket", bucket);
    const Principal = { Service: "cloudtrail.amazonaws.com" };
    const allow = (Action: string, ...paths: string[]): object => ({
      Effect: "Allow",
      Principal,
      Action,
      Resource: paths.map((path) => `arn:aws:s3:::${bucket}${path}`),
    });
    const policy = {
      Version: "2012-10-17",
      Statement: [
        allow("s3:GetBucketAcl", ""),
        allow("s3:PutObject", `/AWSLogs/${account}/*`, `/AWSLogs/${organization}/*`),
      ],
    };
    await ask(
      ...["s3api", "put-bucket-policy", "--bucket", bucket, "--policy", JSON.stringify(policy)],
    );
    await ask(
      ...["cloudtrail", "create-trail", "--name", "all", "--s3-bucket-name", bucket],
      ...["--is-multi-region-trail", "--is-organization-trail"],
    );
    await ask("cloudtrail", "start-logging", "--name", "all");
    const port = (hook.address() as AddressInfo).port;
    const child = cli.start(
      [
        ...["watch", `s3://${bucket}/AWSLogs/`, "--every", "1", "--listen", "off"],
        ...["--webhook", `http://127.0.0.1:${port}/`, "--state-dir", join(folder, "sandbox")],
      ],
      { env: { ...served.env, ORGRAIL_WATCH_WEBHOOK_SECRET: "s3cret" } },
    );
    const errors = errorsOf(child);
    await until("it watches", () => errors().includes('"watching"'));
    const root = await ask("organizations", "list-roots", "--query", "Roots[0].Id");
    const id = await ask(
      ...["organizations", "list-policies", "--filter", "SERVICE_CONTROL_POLICY"],
      ...["--query", "Policies[?Name=='DenyLeavingOrganization'].Id"],
    );
    await ask("organizations", "detach-policy", "--policy-id", id, "--target-id", root);
    await until("it is told", () => told.length > 0);
    expect(told[0]?.isSigned).toBe(true);
    expect(told[0]?.findings).toMatchObject([
      {
        rule: "organizations/detach-policy",
        severity: "critical",
        account,
        message: expect.stringContaining(`detached the policy ${id} from the root`),
      },
    ]);
    expect(await ended(child, "SIGTERM")).toBe(0);
    expect(errors()).not.toContain("s3cret");
  });
});

describe.skipIf(skipReferee("moto", moto !== undefined))("with moto's SQS, S3 and SNS", () => {
  let server: MotoServer;
  let sqs: SQSClient;
  let s3: S3Client;
  let sns: SNSClient;
  let env: Record<string, string> = {};
  beforeAll(async () => {
    server = await startMoto(moto ?? "");
    const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" };
    const settings = { endpoint: server.endpoint, region: "us-east-1", credentials };
    sqs = new SQSClient(settings);
    s3 = new S3Client({ ...settings, forcePathStyle: true });
    sns = new SNSClient(settings);
    env = {
      AWS_ENDPOINT_URL: server.endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: "us-east-1",
    };
  });
  afterAll(() => server.stop());

  function detach(id: string): CloudTrailEvent {
    const request = { policyId: example.otherPolicy, targetId: example.root };
    return { ...organizationCall("DetachPolicy", request), eventID: id };
  }

  async function queue(name: string): Promise<string> {
    const { QueueUrl = "" } = await sqs.send(
      new CreateQueueCommand({ QueueName: name, Attributes: { VisibilityTimeout: "2" } }),
    );
    return QueueUrl;
  }

  async function send(url: string, bodies: readonly string[]): Promise<void> {
    for (let from = 0; from < bodies.length; from += 10) {
      const Entries = bodies
        .slice(from, from + 10)
        .map((MessageBody, index) => ({ Id: String(index), MessageBody }));
      await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    }
  }

  async function left(url: string): Promise<number> {
    const { Attributes = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ["All"] }),
    );
    return (
      Number(Attributes.ApproximateNumberOfMessages) +
      Number(Attributes.ApproximateNumberOfMessagesNotVisible)
    );
  }

  test("killed in the middle, it loses nothing and says nothing twice", async () => {
    const url = await queue("events");
    const heard = await queue("heard");
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "findings" }));
    await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: "sqs",
        Endpoint: "arn:aws:sqs:us-east-1:123456789012:heard",
        Attributes: { RawMessageDelivery: "true" },
      }),
    );
    await s3.send(new CreateBucketCommand({ Bucket: "logs" }));
    const wanted: string[] = [];
    const bodies: string[] = [];
    for (let number = 0; number < 60; number++) {
      const events = [detach(`event-${number}-a`), detach(`event-${number}-b`)];
      wanted.push(...events.map(({ eventID = "" }) => eventID));
      if (number % 6 !== 0) {
        for (const detail of events) {
          bodies.push(JSON.stringify({ "detail-type": "AWS API Call via CloudTrail", detail }));
        }
        continue;
      }
      const Key = `AWSLogs/x_${number}.json.gz`;
      const Body = gzipSync(JSON.stringify({ Records: events }));
      await s3.send(new PutObjectCommand({ Bucket: "logs", Key, Body }));
      const record = {
        eventName: "ObjectCreated:Put",
        s3: { bucket: { name: "logs" }, object: { key: Key } },
      };
      bodies.push(JSON.stringify({ Records: [record] }));
    }
    await send(url, [...bodies, "{broken", JSON.stringify({ Event: "s3:TestEvent" })]);
    const out = join(folder, "moto", "out.jsonl");
    const args = [
      ...["watch", url, "--listen", "off", "--out", out, "--topic", TopicArn],
      ...["--state-dir", join(folder, "moto")],
    ];
    const first = cli.start(args, { env });
    const errors = errorsOf(first);
    await until(`the first findings: ${errors()}`, async () => (await linesOf(out)).length >= 20);
    await ended(first, "SIGKILL");
    const atKill = (await linesOf(out)).length;
    const second = cli.start(args, { env });
    errorsOf(second);
    await until("all findings", async () => (await linesOf(out)).length >= wanted.length);
    await until("the queue is empty", async () => (await left(url)) === 0);
    expect(await ended(second, "SIGTERM")).toBe(0);
    const events = (await linesOf(out)).map(({ evidence }) => evidence[0]?.source ?? "");
    expect(events.sort()).toEqual([...wanted].sort());
    expect(atKill).toBeLessThan(wanted.length);
    // A topic cannot be asked what it has: a crash may repeat its last ten, by the same ids.
    const published = new Map<string, number>();
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl: heard,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: 600,
        }),
      );
      if (Messages.length === 0) break;
      for (const { Body = "" } of Messages) {
        const { id } = JSON.parse(Body) as Finding;
        published.set(id, (published.get(id) ?? 0) + 1);
      }
    }
    expect(published.size).toBe(wanted.length);
    const repeated = [...published.values()].filter((count) => count > 1).length;
    expect(repeated).toBeLessThanOrEqual(10);
  });
});
