import { expect, test } from "vitest";
import { openAccount } from "./accounts.ts";
import { authenticate, credentialScope } from "./authenticate.ts";
import { createWorld } from "./create-world.ts";
import { issueAccessKey, issueSession } from "./credentials.ts";
import type { WireRequest } from "./wire/message.ts";

const request = (headers: Record<string, string>, query: [string, string][] = []): WireRequest => ({
  method: "POST",
  host: "127.0.0.1",
  path: "/",
  query,
  headers,
  body: new Uint8Array(),
});

test("the scope of a signed request", () => {
  const authorization =
    "AWS4-HMAC-SHA256 Credential=AKIA/20261101/eu-west-1/sts/aws4_request, SignedHeaders=host, Signature=00";
  expect(credentialScope(request({ authorization }))).toEqual({
    accessKeyId: "AKIA",
    region: "eu-west-1",
    signingName: "sts",
  });
  const compact = authorization.replaceAll(", ", ",");
  const signed = request({ authorization: compact, "x-amz-security-token": "token" });
  expect(credentialScope(signed)).toMatchObject({ accessKeyId: "AKIA", securityToken: "token" });
});

test("the scope of a presigned address", () => {
  const presigned = request({}, [
    ["X-Amz-Credential", "AKIA/20261101/us-east-1/sts/aws4_request"],
    ["X-Amz-Security-Token", "token"],
  ]);
  expect(credentialScope(presigned)).toEqual({
    accessKeyId: "AKIA",
    region: "us-east-1",
    signingName: "sts",
    securityToken: "token",
  });
});

test.each([
  {},
  { authorization: "Bearer token" },
  { authorization: "AWS4-HMAC-SHA256 Credential=AKIA" },
  { authorization: "AWS4-HMAC-SHA256 Credential=AKIA/20261101/us-east-1/sts/other" },
  { authorization: "AWS4-HMAC-SHA256 Credential=/20261101/us-east-1/sts/aws4_request" },
])("%j is not signed", (headers) => {
  expect(credentialScope(request(headers))).toBeUndefined();
});

test("keys are known, active, unexpired and of an account that is open", () => {
  const world = createWorld();
  const account = openAccount(world, { name: "a", email: "a@example.com" });
  const subject = { account: account.id, arn: "arn", principalArn: "arn", userId: "id" };
  const key = issueAccessKey(world, subject);
  const session = issueSession(world, subject, 900);
  const why = (accessKeyId: string, securityToken?: string): string => {
    const scope = { accessKeyId, region: "us-east-1", signingName: "sts" };
    const found = authenticate(world, {
      ...scope,
      ...(securityToken === undefined ? {} : { securityToken }),
    });
    return found.ok ? "ok" : found.why;
  };
  expect(why(key.accessKeyId)).toBe("ok");
  expect(why(key.accessKeyId, "token")).toBe("unknownKey");
  expect(why("AKIAUNKNOWN")).toBe("unknownKey");
  expect(why(session.accessKeyId)).toBe("unknownKey");
  expect(why(session.accessKeyId, session.sessionToken)).toBe("ok");
  world.clock.advance(900_000);
  expect(why(session.accessKeyId, session.sessionToken)).toBe("expired");
  key.active = false;
  expect(why(key.accessKeyId)).toBe("unknownKey");
  key.active = true;
  account.suspended = true;
  expect(why(key.accessKeyId)).toBe("unknownKey");
});
