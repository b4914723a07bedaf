import * as account from "@aws-sdk/client-account";
import * as s3 from "@aws-sdk/client-s3";
import { expect, test } from "vitest";
import type { SandboxService } from "../service.ts";
import { unchunkedBody } from "./aws-chunked.ts";
import type { WireRequest } from "./message.ts";
import { routeRest } from "./rest-routes.ts";
import { operationsOf } from "./shape.ts";
import type { WireService } from "./wire-service.ts";

const served = (names: readonly string[]): SandboxService["handlers"] =>
  Object.fromEntries(names.map((name) => [name, () => ({})]));

/** A service whose buckets are the first part of the path. */
const buckets: WireService = {
  service: {
    id: "s3",
    signingName: "s3",
    protocol: "restXml",
    sdk: async () => s3,
    handlers: served(["ListBuckets", "GetObject", "ListObjectsV2", "ListObjects"]),
    address: ({ path }) => {
      const [, Bucket = "", ...key] = path.split("/");
      return { path: `/${key.join("/")}`, labels: Bucket === "" ? {} : { Bucket } };
    },
  },
  operations: operationsOf(s3),
  exception: () => undefined,
};

const contacts: WireService = {
  service: {
    id: "account",
    signingName: "account",
    protocol: "restJson1",
    sdk: async () => account,
    handlers: {},
  },
  operations: operationsOf(account),
  exception: () => undefined,
};

function request(line: string, headers: Record<string, string> = {}): WireRequest {
  const [method = "", url = ""] = line.split(" ");
  const [path = "", query = ""] = url.split("?");
  return {
    method,
    host: "127.0.0.1",
    path,
    query: [...new URLSearchParams(query)],
    headers,
    body: new Uint8Array(),
  };
}

test.each([
  ["GET /", "ListBuckets", {}],
  ["PUT /b", "CreateBucket", { Bucket: "b" }],
  ["PUT /b/", "CreateBucket", { Bucket: "b" }],
  ["HEAD /b", "HeadBucket", { Bucket: "b" }],
  ["GET /b", "ListObjects", { Bucket: "b" }],
  ["GET /b?list-type=2&prefix=x", "ListObjectsV2", { Bucket: "b" }],
  ["GET /b?list-type=3", "ListObjects", { Bucket: "b" }],
  ["GET /b?policy", "GetBucketPolicy", { Bucket: "b" }],
  ["GET /b/k", "GetObject", { Bucket: "b", Key: "k" }],
  ["GET /b/a%20b/c%2Fd", "GetObject", { Bucket: "b", Key: "a b/c/d" }],
  ["GET /b/k?acl", "GetObjectAcl", { Bucket: "b", Key: "k" }],
  ["PUT /b/k", "PutObject", { Bucket: "b", Key: "k" }],
  ["PUT /b/k?x-id=PutObject", "PutObject", { Bucket: "b", Key: "k" }],
  ["PUT /b/k?partNumber=1&uploadId=u", "UploadPart", { Bucket: "b", Key: "k" }],
  ["DELETE /b/k", "DeleteObject", { Bucket: "b", Key: "k" }],
  ["DELETE /b/k?uploadId=u", "AbortMultipartUpload", { Bucket: "b", Key: "k" }],
  ["POST /b?delete", "DeleteObjects", { Bucket: "b" }],
])("%s is %s", (line, name, labels) => {
  const routed = routeRest(buckets, request(line));
  expect(routed).toMatchObject({ operation: { name }, labels });
});

test("a header tells a copy from a put", () => {
  const routed = routeRest(buckets, request("PUT /b/k", { "x-amz-copy-source": "/a/k" }));
  expect(routed).toMatchObject({ operation: { name: "CopyObject" } });
});

test.each(["PATCH /b/k", "GET /b/%E0%A4%A", "POST /"])("%s is nothing", (line) => {
  expect(typeof routeRest(buckets, request(line))).toBe("string");
});

test("literal paths", () => {
  expect(routeRest(contacts, request("POST /getAlternateContact"))).toMatchObject({
    operation: { name: "GetAlternateContact" },
  });
  expect(routeRest(contacts, request("GET /getAlternateContact"))).toBe("GET /getAlternateContact");
});

test.each([
  ["plain", {}, "5;x\r\nhello\r\n0\r\n\r\n", "5;x\r\nhello\r\n0\r\n\r\n"],
  [
    "signed chunks",
    { "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD" },
    "5;chunk-signature=0\r\nhello\r\n6;chunk-signature=0\r\n world\r\n0;chunk-signature=0\r\n\r\n",
    "hello world",
  ],
  [
    "chunks with a trailer",
    { "content-encoding": "aws-chunked" },
    "a\r\n0123456789\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n",
    "0123456789",
  ],
  ["no chunks at all", { "content-encoding": "gzip,aws-chunked" }, "0\r\n\r\n", ""],
])("a body of %s", (_, headers, body, expected) => {
  const message = { ...request("PUT /b/k", headers), body: Buffer.from(body) };
  expect(Buffer.from(unchunkedBody(message)).toString()).toBe(expected);
});
