import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Aws } from "../../src/aws/aws.ts";
import { createAws } from "../../src/aws/create-aws.ts";
import { systemClock } from "../../src/aws/system-clock.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { openSandbox } from "../../src/services/open-sandbox.ts";
import { s3Storage } from "../../src/store/object-storage.ts";
import { snapshotStore } from "../../src/store/snapshot-store.ts";
import { connect } from "../engine/connect.ts";
import { type MotoServer, motoPython, startMoto } from "./moto-server.ts";
import { skipReferee } from "./require.ts";

const python = motoPython();
const snapshot = {
  schemaVersion: 1,
  takenAt: "2026-11-23T03:45:00.000Z",
  organization: { id: "o-abcdefghij", accounts: [] },
  gaps: [],
} as unknown as Snapshot;

/** What a store does in a bucket, as far as anybody can see it. */
async function walk(aws: Aws): Promise<unknown> {
  const Bucket = "acme-snapshots";
  await aws.call("s3", "CreateBucket", { Bucket });
  const storage = s3Storage({ aws, bucket: Bucket, prefix: "orgrail/" });
  const store = snapshotStore(storage);
  const first = await store.save(snapshot, { answers: Buffer.from("answers") });
  const second = await store.save(snapshot, {});
  const overwritten = await storage.create(`entries/${first.id}.json`, Buffer.from("{}"));
  const keys = await storage.list("");
  const read = await store.read(second);
  const answers = (await store.answersOf(first))?.toString();
  await store.remove(first);
  const left = (await store.list()).map(({ id }) => id);
  return { first, second, overwritten, keys, read, answers, left };
}

describe.skipIf(skipReferee("moto", python !== undefined))("a store in moto's S3", () => {
  let moto: MotoServer;
  beforeAll(async () => {
    moto = await startMoto(python ?? "");
  }, 40_000);
  afterAll(() => moto.stop());

  it("does what it does in the sandbox's", async () => {
    const aws = createAws({
      clock: systemClock,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      endpoint: moto.endpoint,
      rates: {},
    });
    const found = await walk(aws);
    aws.close();
    expect(found).toMatchObject({ overwritten: false, answers: "answers", read: snapshot });
    expect(found).toMatchObject({ left: ["20261123T034500Z-2"] });
    expect(found).toEqual(await walk(connect(openSandbox())));
  }, 30_000);
});
