import { ListRootsCommand } from "@aws-sdk/client-organizations";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createAws } from "../../src/aws/create-aws.ts";
import type { CallRecord } from "../../src/sandbox/call-log.ts";
import type { HttpDoor } from "../../src/sandbox/http-door.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { clientsOf } from "./sandbox-harness.ts";
import { type RequestParts, signedRequest } from "./signed-request.ts";

let sandbox: Sandbox;
let door: HttpDoor;
let crashes: CallRecord[];

beforeEach(async () => {
  sandbox = openSandbox();
  crashes = [];
  door = await sandbox.serve({ maxBodyBytes: 2000, onCrash: (call) => crashes.push(call) });
});
afterEach(async () => {
  await door.close();
});

/** Sends a signed request that no SDK client would send. */
async function send(
  service: string,
  parts: Omit<RequestParts, "service" | "host">,
  signal?: AbortSignal,
): Promise<Response> {
  const host = `127.0.0.1:${door.port}`;
  const { method, path, query, headers, body } = await signedRequest(sandbox.credentials, {
    ...parts,
    service,
    host,
  });
  const { host: _, ...others } = headers;
  const search = new URLSearchParams(query as Record<string, string>).toString();
  return fetch(`http://${host}${path}${search === "" ? "" : `?${search}`}`, {
    method,
    headers: others,
    ...(body === undefined ? {} : { body }),
    ...(signal === undefined ? {} : { signal }),
  });
}

describe("the HTTP door", () => {
  test("is reached by services that put the account before the host's name", async () => {
    const aws = createAws({
      clock: sandbox.clock,
      credentials: sandbox.credentials,
      endpoint: door.endpoint,
      rates: {},
    });
    const { account } = await aws.caller();
    const input = { AccountId: account };
    const answer = await aws.call("s3-control", "ListStorageLensConfigurations", input);
    expect(answer.StorageLensConfigurationList ?? []).toEqual([]);
    aws.close();
  });

  test("listens on loopback and is closed for good", async () => {
    expect(door.endpoint).toBe(`http://127.0.0.1:${door.port}`);
    const second = await sandbox.serve();
    expect(second.port).not.toBe(door.port);
    await second.close();
    await expect(fetch(second.endpoint)).rejects.toThrow();
  });

  test("refuses a port that is taken", async () => {
    await expect(sandbox.serve({ port: door.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  });

  test("refuses a body that is too large and goes on", async () => {
    const answer = await send("organizations", { body: "x".repeat(2001) });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ __type: "RequestEntityTooLargeException" });
    await clientsOf(sandbox, { endpoint: door.endpoint }).sts.send(
      new GetCallerIdentityCommand({}),
    );
  });

  test("a request that is not signed", async () => {
    const json = await fetch(door.endpoint, {
      method: "POST",
      headers: { "x-amz-target": "AWSOrganizationsV20161128.ListRoots" },
      body: "{}",
    });
    expect(json.status).toBe(400);
    expect(json.headers.get("content-type")).toBe("application/x-amz-json-1.1");
    expect(await json.json()).toEqual({
      __type: "MissingAuthenticationTokenException",
      message: "Missing Authentication Token",
    });
    const anything = await fetch(door.endpoint);
    expect(anything.status).toBe(403);
  });

  test("a request that was signed long ago by the wall clock", async () => {
    const answer = await send("organizations", {
      headers: { "x-amz-target": "AWSOrganizationsV20161128.ListRoots" },
      body: "{}",
      signingDate: new Date(Date.now() - 3600_000),
    });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({
      __type: "InvalidSignatureException",
      message: expect.stringMatching(/^Signature expired: .* \(.* - 5 min\.\)$/),
    });
  });

  test("a service that the sandbox does not serve", async () => {
    const answer = await send("lightsail", { method: "GET" });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toMatchObject({
      message: expect.stringContaining(
        "the sandbox does not serve lightsail; it serves organizations",
      ),
    });
  });

  test.each([
    [
      "organizations",
      "POST",
      { "x-amz-target": "AWSOrganizationsV20161128.Frobnicate" },
      "{}",
      400,
      "UnknownOperationException",
    ],
    ["sts", "POST", {}, "Action=Frobnicate&Version=2011-06-15", 400, "InvalidAction"],
    ["account", "POST", {}, "{}", 400, "UnknownOperationException"],
    ["s3", "PUT", {}, "", 501, "NotImplemented"],
  ])("an operation that %s does not have", async (service, method, headers, body, status, code) => {
    const answer = await send(service, {
      method,
      path: "/frobnicate",
      query: { frobnicate: "", acl: "" },
      headers: { ...headers },
      body,
    });
    expect(answer.status).toBe(status);
    expect((await answer.text()) + (answer.headers.get("x-amzn-errortype") ?? "")).toContain(code);
  });

  test.each([
    ["not JSON", "{", "the body is not valid JSON"],
    ["of the wrong type", '{"PolicyId":7}', "PolicyId: expected a string"],
    ["lacking a member", "{}", "Value null at 'PolicyId' failed to satisfy constraint"],
  ])("an input that is %s", async (_, body, problem) => {
    const answer = await send("organizations", {
      headers: { "x-amz-target": "AWSOrganizationsV20161128.DescribePolicy" },
      body,
    });
    expect(answer.status).toBe(400);
    const error = (await answer.json()) as { __type: string; Message: string };
    expect(error.__type).toBe("InvalidInputException");
    expect(error.Message).toContain(problem);
  });

  test("faults of the connection", async () => {
    const { sts } = clientsOf(sandbox, { endpoint: door.endpoint });
    sandbox.faults.add({ name: "connectionReset", nth: 1 });
    await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      code: expect.stringMatching(/ECONNRESET|EPIPE/),
    });
    await sts.send(new GetCallerIdentityCommand({}));
  });

  test("a crash cuts the connection and tells the hook", async () => {
    const { organizations } = clientsOf(sandbox, { endpoint: door.endpoint });
    sandbox.faults.add({ name: "crash" });
    await expect(organizations.send(new ListRootsCommand({}))).rejects.toThrow();
    expect(crashes.map(({ operation }) => operation)).toEqual(["ListRoots"]);
    expect((await sandbox.crashed).operation).toBe("ListRoots");
  });

  test("a timeout leaves the client waiting until it gives up", async () => {
    sandbox.faults.add({ name: "timeout" });
    const body = "Action=GetCallerIdentity&Version=2011-06-15";
    const waiting = send("sts", { body }, AbortSignal.timeout(100));
    await expect(waiting).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("answers many clients at once, each its own", async () => {
    const clients = Array.from({ length: 20 }, () =>
      clientsOf(sandbox, { endpoint: door.endpoint }),
    );
    const answers = await Promise.all(
      clients.map(({ sts }) => sts.send(new GetCallerIdentityCommand({}))),
    );
    expect(new Set(answers.map(({ $metadata }) => $metadata.requestId)).size).toBe(20);
  });
});
