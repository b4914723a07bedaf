import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type IngestReport, ingest } from "../../src/logs/lake/ingest.ts";
import { openWritableLake } from "../../src/logs/lake/lake.ts";
import { s3Source } from "../../src/logs/source/s3-source.ts";
import { logFile, sampleEvent, trailPath } from "../../src/logs/test-support/sample-events.ts";
import { bucketsSlot } from "../../src/services/kit/sandbox-storage.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { newBucket } from "../../src/services/s3/sandbox/state.ts";
import { connect } from "./connect.ts";

const bucketName = "org-trail";
const account = "111122223333";
let folder = "";
let sandbox: Sandbox;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-ingest-s3-"));
  sandbox = openSandbox();
});

/** Puts so many log files into the bucket, with an event each. */
function fill(files: number): void {
  const bucket = newBucket({
    name: bucketName,
    owner: sandbox.managementAccount,
    region: "eu-west-1",
    createdAt: 0,
  });
  for (let file = 0; file < files; file++) {
    const day = `2026-08-${String((file % 20) + 1).padStart(2, "0")}`;
    bucket.objects.set(trailPath(account, "eu-west-1", day, `f${file}`), {
      body: logFile([sampleEvent(file, { recipientAccountId: account })]),
      etag: `"${file}"`,
      contentType: "application/json",
      metadata: {},
      modifiedAt: 0,
    });
  }
  sandbox.world.state(bucketsSlot).byName.set(bucketName, bucket);
}

afterEach(() => rm(folder, { recursive: true }));

async function take(): Promise<IngestReport> {
  const lake = await openWritableLake(join(folder, "lake"), async () => ({
    release: async () => undefined,
  }));
  const aws = connect(sandbox);
  try {
    const source = s3Source({ aws, url: `s3://${bucketName}/AWSLogs/`, selection: {} });
    return await ingest(lake, source, { threads: 0 });
  } finally {
    aws.close();
  }
}

const requests = (operation: string): number =>
  sandbox.calls.filter((call) => call.operation === operation).length;

test("a bucket of another Region is read page by page, each object once", async () => {
  // A page of ListObjectsV2 has at most 1,000 keys.
  const total = 1_010;
  fill(total);
  expect((await take()).counts).toMatchObject({ objects: total, events: total, rejected: 0 });
  expect(requests("GetObject")).toBe(total);
  const again = await take();
  expect(again).toMatchObject({ known: total, counts: { events: 0 }, gaps: [] });
  expect(requests("GetObject")).toBe(total);
}, 120_000);

test("what fails on the way is told, and read the next time", async () => {
  fill(30);
  sandbox.faults.add({ name: "accessDenied", operation: "GetObject", nth: 12 });
  const first = await take();
  expect(first.gaps).toMatchObject([{ kind: "access-denied", operation: "s3:GetObject" }]);
  expect(first.counts.events).toBe(29);
  const second = await take();
  expect(second).toMatchObject({ known: 29, counts: { events: 1 }, gaps: [] });
});
