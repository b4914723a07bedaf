import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
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

describe.skipIf(skipReferee("moto", python !== undefined))("with moto's S3", () => {
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

  async function put(file: number): Promise<void> {
    const account = accounts[file % 2] ?? "";
    const day = `2026-08-${String((file % 20) + 1).padStart(2, "0")}`;
    const events = Array.from({ length: perFile }, (_, index) =>
      sampleEvent(file * perFile + index, {
        recipientAccountId: account,
        eventTime: `${day}T12:00:00Z`,
      }),
    );
    const Key = trailPath(account, "eu-west-1", day, `f${file}`);
    await s3.send(new PutObjectCommand({ Bucket: "org-trail", Key, Body: logFile(events) }));
  }

  async function orgrail(...words: readonly string[]) {
    return cli.run([...words, "--lake", join(folder, "lake")], { env });
  }

  /** Events, different ones among them, and their accounts. */
  async function inLake(): Promise<readonly unknown[] | undefined> {
    const query = await openLakeQuery(await openLake(join(folder, "lake")), { threads: 1 });
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
