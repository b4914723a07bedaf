import {
  BucketAlreadyExists,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectAclCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  NoSuchBucket,
  NotFound,
  PutObjectCommand,
  type PutObjectCommandOutput,
} from "@aws-sdk/client-s3";
import { beforeEach, describe, expect, test } from "vitest";
import { openAccount } from "../../src/sandbox/accounts.ts";
import { createAdministrator } from "../../src/services/iam/sandbox/create-administrator.ts";
import { openSandbox } from "../../src/services/open-sandbox.ts";
import { type Clients, clientsOf } from "./sandbox-harness.ts";

const Bucket = "orgrail-lock";
const Key = "locks/apply.json";
let clients: Clients;

beforeEach(async () => {
  clients = clientsOf(openSandbox());
  await clients.s3.send(new CreateBucketCommand({ Bucket }));
});

const put = (
  Body: string,
  condition: { IfMatch?: string; IfNoneMatch?: string } = {},
): Promise<PutObjectCommandOutput> =>
  clients.s3.send(new PutObjectCommand({ Bucket, Key, Body, ...condition }));

describe("conditional writes", () => {
  test("If-None-Match: * creates once", async () => {
    await put("first", { IfNoneMatch: "*" });
    await expect(put("second", { IfNoneMatch: "*" })).rejects.toMatchObject({
      name: "PreconditionFailed",
      $metadata: { httpStatusCode: 412 },
    });
    await clients.s3.send(new DeleteObjectCommand({ Bucket, Key }));
    await put("third", { IfNoneMatch: "*" });
  });

  test("of many at once exactly one wins", async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 10 }, (_, index) => put(`holder ${index}`, { IfNoneMatch: "*" })),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });

  test("If-Match replaces only what one has read", async () => {
    const { ETag = "" } = await put("first");
    await put("second", { IfMatch: ETag });
    await expect(put("third", { IfMatch: ETag })).rejects.toMatchObject({
      name: "PreconditionFailed",
    });
    const read = await clients.s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(await read.Body?.transformToString()).toBe("second");
  });

  test("If-Match on what does not exist is NoSuchKey", async () => {
    await expect(put("text", { IfMatch: '"abc"' })).rejects.toMatchObject({
      name: "NoSuchKey",
      $metadata: { httpStatusCode: 404 },
    });
  });

  test("If-Match on a deletion", async () => {
    const { ETag = "" } = await put("first");
    await put("second");
    const remove = new DeleteObjectCommand({ Bucket, Key, IfMatch: ETag });
    await expect(clients.s3.send(remove)).rejects.toMatchObject({ name: "PreconditionFailed" });
    await clients.s3.send(new HeadObjectCommand({ Bucket, Key }));
  });

  test("a read with the tag one has is Not Modified", async () => {
    const { ETag = "" } = await put("first");
    const read = clients.s3.send(new GetObjectCommand({ Bucket, Key, IfNoneMatch: ETag }));
    await expect(read).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  });
});

describe("buckets and objects", () => {
  test("what does not exist", async () => {
    const missing = "no-such-bucket";
    await expect(
      clients.s3.send(new PutObjectCommand({ Bucket: missing, Key, Body: "" })),
    ).rejects.toBeInstanceOf(NoSuchBucket);
    await expect(
      clients.s3.send(new HeadBucketCommand({ Bucket: missing })),
    ).rejects.toBeInstanceOf(NotFound);
    await expect(clients.s3.send(new HeadObjectCommand({ Bucket, Key }))).rejects.toBeInstanceOf(
      NotFound,
    );
    await clients.s3.send(new DeleteObjectCommand({ Bucket, Key }));
  });

  test("bytes come back as they went", async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251);
    await clients.s3.send(
      new PutObjectCommand({ Bucket, Key, Body: bytes, ContentType: "application/x-test" }),
    );
    const read = await clients.s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(await read.Body?.transformToByteArray()).toEqual(bytes);
    const head = await clients.s3.send(new HeadObjectCommand({ Bucket, Key }));
    expect(head).toMatchObject({ ContentLength: 70_000, ContentType: "application/x-test" });
  });

  test("names are the world's, listings the account's", async () => {
    const sandbox = openSandbox();
    const own = clientsOf(sandbox);
    await own.s3.send(new CreateBucketCommand({ Bucket }));
    const { Buckets } = await own.s3.send(new ListBucketsCommand({}));
    expect(Buckets?.map(({ Name }) => Name)).toEqual([Bucket]);
    const other = openAccount(sandbox.world, { name: "Other", email: "other@example.com" });
    const keys = createAdministrator(sandbox.world, other.id);
    const foreign = clientsOf(sandbox, { keys });
    await expect(foreign.s3.send(new CreateBucketCommand({ Bucket }))).rejects.toBeInstanceOf(
      BucketAlreadyExists,
    );
    expect((await foreign.s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  });

  test("are listed by bytes, deleted together, and a full bucket stays", async () => {
    for (const name of ["b", "a/2", "a/1", "a b+c&<d>"]) {
      await clients.s3.send(new PutObjectCommand({ Bucket, Key: name, Body: name }));
    }
    const listed = await clients.s3.send(new ListObjectsV2Command({ Bucket, EncodingType: "url" }));
    expect(listed.Contents?.map((object) => object.Key)).toEqual([
      "a%20b%2Bc%26%3Cd%3E",
      "a/1",
      "a/2",
      "b",
    ]);
    await expect(clients.s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: "BucketNotEmpty",
    });
    const { Deleted } = await clients.s3.send(
      new DeleteObjectsCommand({
        Bucket,
        Delete: { Objects: ["b", "a/2", "a/1", "a b+c&<d>"].map((name) => ({ Key: name })) },
      }),
    );
    expect(Deleted).toHaveLength(4);
    await clients.s3.send(new DeleteBucketCommand({ Bucket }));
  });

  test("an operation that is not served says so", async () => {
    await expect(clients.s3.send(new GetObjectAclCommand({ Bucket, Key }))).rejects.toMatchObject({
      name: "NotImplemented",
      message: "the sandbox does not serve the operation s3:GetObjectAcl",
    });
  });
});
