import { PutUserPolicyCommand } from "@aws-sdk/client-iam";
import { ListRootsCommand } from "@aws-sdk/client-organizations";
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import type { HttpRequest } from "@smithy/core/protocols";
import { describe, expect, test } from "vitest";
import { signatureVerifier } from "../../src/sandbox/signature.ts";
import type { WireRequest } from "../../src/sandbox/wire/message.ts";
import { openSandbox } from "../../src/services/open-sandbox.ts";
import { clientsOf } from "./sandbox-harness.ts";
import { presignedRequest, type RequestParts, signedRequest } from "./signed-request.ts";

const keys = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret/of+the key" };
const signingDate = new Date(Date.UTC(2026, 10, 1, 12));

/** What a door makes of a request of the SDK. */
function wire(request: HttpRequest, change: Partial<WireRequest> = {}): WireRequest {
  return {
    method: request.method,
    host: request.headers.host ?? "",
    path: request.path,
    query: Object.entries(request.query ?? {}).map(([name, value]) => [name, String(value ?? "")]),
    headers: Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
    ),
    body: Buffer.from(request.body ?? ""),
    ...change,
  };
}

const parts = (more: Partial<RequestParts> = {}): RequestParts => ({
  service: "iam",
  host: "127.0.0.1:8080",
  signingDate,
  ...more,
});
const keyOf = (service: string): { secretAccessKey: string; signingName: string } => ({
  secretAccessKey: keys.secretAccessKey,
  signingName: service,
});

describe("a signature that the SDK's own signer made is right", () => {
  test.each<[string, Partial<RequestParts>]>([
    ["without a body", { method: "GET" }],
    ["with a body", { body: "Action=ListUsers&Version=2010-05-08" }],
    ["with a body beyond ASCII", { body: '{"Name":"Größe \u{1f512}"}' }],
    ["with a path to normalize", { path: "/a/./b/../c%20d//e/" }],
    ["with a query to sort and to encode", { query: { b: "2 +*'()!", a: "ü", "a-": "", A: "~" } }],
    ["with headers of odd spacing", { headers: { "x-amz-meta-a": "  one   two\tthree " } }],
    ["of S3, with a path that is taken as it is", { service: "s3", path: "/b/a%20b//c/../d" }],
    ["of S3, with a body", { service: "s3", method: "PUT", path: "/b/k", body: "text" }],
  ])("%s", async (_, more) => {
    const verify = signatureVerifier();
    const request = parts(more);
    const signed = await signedRequest(keys, request);
    expect(verify(wire(signed), keyOf(request.service))).toBeUndefined();
    // The second time by the signing key that is kept.
    expect(verify(wire(signed), keyOf(request.service))).toBeUndefined();
    expect(verify(wire(signed), { ...keyOf(request.service), secretAccessKey: "another" })).toEqual(
      { why: "mismatch" },
    );
  });

  test.each(["s3", "sts"])("in a presigned address of %s", async (service) => {
    const verify = signatureVerifier();
    const request = await presignedRequest(
      keys,
      parts({
        service,
        method: "GET",
        query: { Action: "GetCallerIdentity" },
        ...(service === "s3" ? { headers: { "x-amz-content-sha256": "UNSIGNED-PAYLOAD" } } : {}),
      }),
      60,
    );
    const at = (seconds: number): WireRequest =>
      wire(request, { receivedAtMs: signingDate.getTime() + seconds * 1000 });
    expect(verify(at(0), keyOf(service))).toBeUndefined();
    expect(verify(at(60), keyOf(service))).toBeUndefined();
    expect(verify(at(61), keyOf(service))).toMatchObject({ why: "skewed" });
  });
});

describe("a signature is wrong", () => {
  const changes: [string, (request: WireRequest) => Partial<WireRequest>][] = [
    ["for another method", () => ({ method: "GET" })],
    ["for another path", () => ({ path: "/other" })],
    ["for another query", () => ({ query: [["a", "b"]] })],
    ["for another body", () => ({ body: Buffer.from("{ }") })],
    ["for another host", ({ headers }) => ({ headers: { ...headers, host: "127.0.0.1:1" } })],
    [
      "for another time",
      ({ headers }) => ({ headers: { ...headers, "x-amz-date": "20261101T120001Z" } }),
    ],
    [
      "for a time that is none",
      ({ headers }) => ({ headers: { ...headers, "x-amz-date": "20261399T120001Z" } }),
    ],
    [
      "that is no hexadecimal text",
      ({ headers }) => ({
        headers: {
          ...headers,
          authorization: (headers.authorization ?? "").replace(/Signature=.*/, "Signature=zz"),
        },
      }),
    ],
    [
      "that leaves out the host",
      ({ headers }) => ({
        headers: {
          ...headers,
          authorization: (headers.authorization ?? "").replace(
            "SignedHeaders=host;",
            "SignedHeaders=",
          ),
        },
      }),
    ],
  ];
  test.each(changes)("%s", async (_, change) => {
    const signed = wire(await signedRequest(keys, parts({ body: "{}" })));
    const verify = signatureVerifier();
    expect(verify(signed, keyOf("iam"))).toBeUndefined();
    expect(verify({ ...signed, ...change(signed) }, keyOf("iam"))).toEqual({ why: "mismatch" });
  });

  test("when S3 is sent another body than the one whose digest is signed", async () => {
    const signed = wire(
      await signedRequest(keys, parts({ service: "s3", method: "PUT", body: "text" })),
      { body: Buffer.from("other") },
    );
    expect(signatureVerifier()(signed, keyOf("s3"))).toEqual({ why: "contentMismatch" });
  });
});

test.each(["UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"])(
  "S3 takes a body under %s",
  async (stated) => {
    const request = parts({
      service: "s3",
      method: "PUT",
      headers: { "x-amz-content-sha256": stated },
    });
    const signed = wire(await signedRequest(keys, request), { body: Buffer.from("any") });
    expect(signatureVerifier()(signed, keyOf("s3"))).toBeUndefined();
  },
);

test.each([
  ["iam", -5 * 60, undefined],
  ["iam", -5 * 60 - 1, /^Signature not yet current: 20261101T120000Z is still later than /],
  ["iam", 5 * 60, undefined],
  [
    "iam",
    5 * 60 + 1,
    /^Signature expired: 20261101T120000Z is now earlier than 20261101T120001Z \(20261101T120501Z - 5 min\.\)$/,
  ],
  ["s3", 15 * 60, undefined],
  ["s3", 15 * 60 + 1, /^Signature expired/],
])("%s judges a request that comes %d s after its signature", async (service, seconds, message) => {
  const request = wire(await signedRequest(keys, parts({ service })), {
    receivedAtMs: signingDate.getTime() + seconds * 1000,
  });
  const problem = signatureVerifier()(request, keyOf(service));
  if (message === undefined) expect(problem).toBeUndefined();
  else expect(problem).toEqual({ why: "skewed", message: expect.stringMatching(message) });
});

describe("a wrong secret is refused in the words of each protocol", () => {
  const json = {
    name: "InvalidSignatureException",
    message: expect.stringContaining("The request signature we calculated does not match"),
  };
  test.each([false, true])("over HTTP: %s", async (overHttp) => {
    const sandbox = openSandbox();
    const door = overHttp ? await sandbox.serve() : undefined;
    const reach = door === undefined ? {} : { endpoint: door.endpoint };
    const wrong = clientsOf(sandbox, {
      ...reach,
      keys: { ...sandbox.credentials, secretAccessKey: "wrong" },
    });
    await expect(wrong.organizations.send(new ListRootsCommand({}))).rejects.toMatchObject(json);
    await expect(wrong.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "SignatureDoesNotMatch",
      $metadata: { httpStatusCode: 403 },
    });
    await expect(wrong.s3.send(new CreateBucketCommand({ Bucket: "wrong" }))).rejects.toMatchObject(
      {
        name: "SignatureDoesNotMatch",
        message: expect.stringContaining("Check your key and signing method."),
      },
    );
    expect(sandbox.calls.map(({ outcome }) => outcome)).toEqual([
      "InvalidSignatureException",
      "SignatureDoesNotMatch",
      "SignatureDoesNotMatch",
    ]);
    await door?.close();
  });
});

test("a virtual clock far from the wall clock does not matter to signatures", async () => {
  const sandbox = openSandbox();
  sandbox.clock.advance(400 * 24 * 3600_000);
  const door = await sandbox.serve();
  const { sts, s3, iam } = clientsOf(sandbox, { endpoint: door.endpoint });
  await sts.send(new GetCallerIdentityCommand({}));
  await s3.send(new CreateBucketCommand({ Bucket: "far-away" }));
  const Key = "plans/a b+c ü(1)*.json";
  await s3.send(new PutObjectCommand({ Bucket: "far-away", Key, Body: "{}" }));
  const got = await s3.send(new GetObjectCommand({ Bucket: "far-away", Key }));
  expect(await got.Body?.transformToString()).toBe("{}");
  await iam.send(
    new PutUserPolicyCommand({
      UserName: "administrator",
      PolicyName: "odd+name=,.@-",
      PolicyDocument:
        '{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*"}}',
    }),
  );
  await door.close();
});
