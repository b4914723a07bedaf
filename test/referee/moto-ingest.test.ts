import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { openLakeQuery } from "../../src/logs/duckdb/open-lake-query.ts";
import { openLake } from "../../src/logs/lake/lake.ts";
import { logFile, sampleEvent, trailPath } from "../../src/logs/test-support/sample-events.ts";
import { type CommandLine, commandLine } from "../e2e/support/command-line.ts";
import { type MotoServer, motoPython, startMoto } from "./moto-server.ts";
import { skipReferee } from "./require.ts";

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const python = motoPython();
const files = 120;
const perFile = 5;
const accounts = ["111122223333", "444455556666"];

describe.skipIf(skipReferee("moto", python !== undefined))("with moto's S3 and SQS", () => {
  let server: MotoServer;
  let cli: CommandLine;
  let s3: S3Client;
  let folder = "";
  let env: Record<string, string> = {};

  beforeAll(async () => {
    server = await startMoto(python ?? "");
    cli = await commandLine();
    folder = await mkdtemp(join(tmpdir(), "orgrail-moto-ingest-"));
    const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" };
    const settings = { endpoint: server.endpoint, region: "us-east-1", credentials };
    s3 = new S3Client({ ...settings, forcePathStyle: true });
    env = {
      AWS_ENDPOINT_URL: server.endpoint,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_REGION: "us-east-1",
    };
    await s3.send(new CreateBucketCommand({ Bucket: "org-trail" }));
    for (let file = 0; file < files; file++) await put(file);
  });
  afterAll(async () => {
    await server.stop();
    await cli.remove();
    await rm(folder, { recursive: true, force: true });
  });

  const accountOf = (file: number): string => accounts[file % 2] ?? "";
  const dayOf = (file: number): string => `2026-08-${String((file % 20) + 1).padStart(2, "0")}`;
  const keyOf = (file: number): string =>
    trailPath(accountOf(file), "eu-west-1", dayOf(file), `f${file}`);

  async function put(file: number): Promise<void> {
    const account = accountOf(file);
    const day = dayOf(file);
    const events = Array.from({ length: perFile }, (_, index) =>
      sampleEvent(file * perFile + index, {
        recipientAccountId: account,
        eventTime: `${day}T12:00:00Z`,
      }),
    );
    const Body = logFile(events);
    await s3.send(new PutObjectCommand({ Bucket: "org-trail", Key: keyOf(file), Body }));
  }

  async function orgrail(...words: readonly string[]) {
    return cli.run([...words, "--lake", join(folder, "lake")], { env });
  }

  /** Events, different ones among them, and their accounts. */
  async function inLake(name = "lake"): Promise<readonly unknown[] | undefined> {
    const query = await openLakeQuery(await openLake(join(folder, name)), { threads: 1 });
    try {
      const sql = `SELECT count(*), count(DISTINCT "eventID"), count(DISTINCT account) FROM events`;
      for await (const [row] of (await query.run(sql)).rows()) return row;
      return undefined;
    } finally {
      await query.close();
    }
  }

  test("a trail's bucket is in the lake once, killed in the middle or not", async () => {
    const args = ["logs", "ingest", "s3://org-trail/AWSLogs/", "--lake", join(folder, "lake")];
    const first = cli.start(args, { env });
    const end = new Promise((resolve) => first.once("exit", resolve));
    await new Promise((resolve) => setTimeout(resolve, 700));
    first.kill("SIGKILL");
    await end;
    const { code, out, err } = await orgrail("logs", "ingest", "s3://org-trail/AWSLogs/");
    expect({ code, out, err }).toMatchObject({ code: 0 });
    expect(await inLake()).toEqual([files * perFile, files * perFile, 2]);

    await put(files);
    const again = await orgrail("logs", "ingest", "s3://org-trail/AWSLogs/");
    expect(again.out).toContain("5 events from 1 file");
    const all = (files + 1) * perFile;
    expect(await inLake()).toEqual([all, all, 2]);
  });

  test("a queue's events and notified files are in the lake once, and the queue is empty", async () => {
    const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "x" };
    const sqs = new SQSClient({ endpoint: server.endpoint, region: "us-east-1", credentials });
    const Attributes = { VisibilityTimeout: "2" };
    const { QueueUrl = "" } = await sqs.send(
      new CreateQueueCommand({ QueueName: "ingest", Attributes }),
    );
    const single = Array.from({ length: 40 }, (_, index) =>
      sampleEvent(10_000 + index, {
        recipientAccountId: accounts[0] ?? "",
        eventTime: "2026-08-02T12:00:00Z",
      }),
    );
    const bodies = [
      ...single.map((detail) => ({ "detail-type": "AWS API Call via CloudTrail", detail })),
      ...[0, 1, 2].map((file) => ({
        Records: [
          {
            eventName: "ObjectCreated:Put",
            s3: { bucket: { name: "org-trail" }, object: { key: keyOf(file) } },
          },
        ],
      })),
      // The same file again, as queues may.
      { s3Bucket: "org-trail", s3ObjectKey: [keyOf(2)] },
      { Event: "s3:TestEvent" },
    ].map((body) => JSON.stringify(body));
    for (let from = 0; from < bodies.length; from += 10) {
      const Entries = bodies
        .slice(from, from + 10)
        .map((MessageBody, index) => ({ Id: String(index), MessageBody }));
      await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    }
    const lake = ["--lake", join(folder, "queue")];
    const ran = await cli.run(["logs", "ingest", QueueUrl, ...lake], { env });
    expect(ran).toMatchObject({ code: 0 });
    const events = single.length + 3 * perFile;
    expect(await inLake("queue")).toEqual([events, events, 2]);
    const { Attributes: left = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
    );
    expect([left.ApproximateNumberOfMessages, left.ApproximateNumberOfMessagesNotVisible]).toEqual([
      "0",
      "0",
    ]);

    // What cannot be read: kept by the lake, said, and out of the queue; a file that is gone comes again.
    const gone = {
      Records: [
        {
          eventName: "ObjectCreated:Put",
          s3: { bucket: { name: "org-trail" }, object: { key: "gone" } },
        },
      ],
    };
    for (const MessageBody of ["{broken", JSON.stringify(gone)]) {
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    }
    const odd = await cli.run(["logs", "ingest", QueueUrl, ...lake], { env });
    expect(odd.code).toBe(3);
    expect(odd.out).toContain("1 record could not be read");
    expect(odd.out + odd.err).toContain("s3://org-trail/gone");
    const { Attributes: after = {} } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
    );
    expect(after.ApproximateNumberOfMessagesNotVisible).toBe("1");

    const chosen = await cli.run(["logs", "ingest", QueueUrl, "--from", "90d", ...lake], { env });
    expect(chosen).toMatchObject({ code: 64, err: expect.stringContaining("ORGRAIL5063") });
  });

  test("what is not wanted is not fetched, and a bucket that is not there is said", async () => {
    const lake = ["--lake", join(folder, "one")];
    const one = await cli.run(
      [
        ...["logs", "ingest", "s3://org-trail/AWSLogs/", ...lake],
        ...["--accounts", accounts[0] ?? "", "--from", "2026-08-01", "--to", "2026-08-01"],
      ],
      { env },
    );
    expect(one.out).toContain(`from ${files / 20 + 1} files`);
    const none = await cli.run(["logs", "ingest", "s3://no-such-trail/", ...lake], { env });
    expect(none.code).not.toBe(0);
    expect(none.out + none.err).toContain("no-such-trail");
  });
});
