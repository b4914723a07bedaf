import {
  AccountClient,
  EnableRegionCommand,
  GetRegionOptStatusCommand,
} from "@aws-sdk/client-account";
import {
  CreateOrganizationalUnitCommand,
  DescribeOrganizationCommand,
  ListAccountsCommand,
  ListOrganizationalUnitsForParentCommand,
  ListRootsCommand,
  TooManyRequestsException,
} from "@aws-sdk/client-organizations";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { beforeEach, describe, expect, test } from "vitest";
import { openSandbox } from "../../src/services/open-sandbox.ts";
import { type Clients, clientsOf, type Organized, organized } from "./sandbox-harness.ts";

let made: Organized;
beforeEach(async () => {
  made = await organized();
});

const createUnit = ({ organizations }: Clients, Name: string): Promise<unknown> =>
  organizations.send(new CreateOrganizationalUnitCommand({ ParentId: made.rootId, Name }));

const unitNames = async ({ organizations }: Clients): Promise<(string | undefined)[]> => {
  const { OrganizationalUnits = [] } = await organizations.send(
    new ListOrganizationalUnitsForParentCommand({ ParentId: made.rootId }),
  );
  return OrganizationalUnits.map(({ Name }) => Name);
};

/** Whether a promise has settled once all that can happen has happened. */
const settles = (promise: Promise<unknown>): Promise<boolean> =>
  Promise.race([
    promise.then(
      () => true,
      () => true,
    ),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 50)),
  ]);

describe("faults", () => {
  test.each([
    ["throttle", "TooManyRequestsException", 400],
    ["serverError", "InternalFailure", 500],
    ["accessDenied", "AccessDeniedException", 400],
  ] as const)("%s answers %s", async (name, code, status) => {
    made.sandbox.faults.add({ name, service: "organizations", operation: "ListRoots" });
    const asked = made.clients.organizations.send(new ListRootsCommand({}));
    await expect(asked).rejects.toMatchObject({
      name: code,
      $metadata: { httpStatusCode: status },
    });
    await made.clients.organizations.send(new ListAccountsCommand({}));
    made.sandbox.faults.clear();
    await made.clients.organizations.send(new ListRootsCommand({}));
  });

  test("throttling is retried by the SDK, as it knows the exception", async () => {
    made.sandbox.faults.add({ name: "throttle", operation: "ListRoots", times: 2 });
    const { organizations } = clientsOf(made.sandbox, { maxAttempts: 3 });
    const { $metadata } = await organizations.send(new ListRootsCommand({}));
    expect($metadata.attempts).toBe(3);
  });

  test("an error after the call leaves the call done", async () => {
    made.sandbox.faults.add({
      name: "serverError",
      operation: "CreateOrganizationalUnit",
      when: "after",
      nth: 2,
    });
    await createUnit(made.clients, "First");
    await expect(createUnit(made.clients, "Second")).rejects.toMatchObject({
      name: "InternalFailure",
    });
    expect(await unitNames(made.clients)).toEqual(["First", "Second"]);
  });

  test("connectionReset and timeout give no answer", async () => {
    made.sandbox.faults.add({ name: "connectionReset", nth: 1 });
    await expect(made.clients.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      code: "ECONNRESET",
    });
    made.sandbox.faults.clear();
    made.sandbox.faults.add({ name: "timeout", nth: 1 });
    await expect(made.clients.sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({
      name: "TimeoutError",
    });
  });

  test.each([
    ["before", []],
    ["after", ["Unit"]],
  ] as const)("a crash %s the call: the client hears nothing any more", async (when, units) => {
    const { sandbox } = made;
    sandbox.faults.add({ name: "crash", operation: "CreateOrganizationalUnit", when });
    const dying = clientsOf(sandbox);
    const call = createUnit(dying, "Unit");
    expect(await sandbox.crashed).toMatchObject({
      operation: "CreateOrganizationalUnit",
      outcome: "crash",
    });
    expect(await settles(call)).toBe(false);
    sandbox.faults.clear();
    expect(await settles(dying.organizations.send(new ListRootsCommand({})))).toBe(false);
    expect(await unitNames(clientsOf(sandbox))).toEqual(units);
  });

  test("crashes at call N of all calls", async () => {
    const { sandbox } = made;
    sandbox.faults.add({ name: "crash", nth: 3 });
    const clients = clientsOf(sandbox);
    await createUnit(clients, "A");
    await createUnit(clients, "B");
    void createUnit(clients, "C");
    await sandbox.crashed;
    sandbox.faults.clear();
    expect(await unitNames(clientsOf(sandbox))).toEqual(["A", "B"]);
  });

  test("strikes by account and with a seeded chance", async () => {
    const pattern = async (): Promise<string[]> => {
      const sandbox = openSandbox({ seed: 7 });
      sandbox.faults.add({ name: "serverError", probability: 0.5 });
      sandbox.faults.add({ name: "throttle", account: "000000000000" });
      const { sts } = clientsOf(sandbox);
      for (let call = 0; call < 20; call += 1) {
        await sts.send(new GetCallerIdentityCommand({})).catch(() => undefined);
      }
      return sandbox.calls.map(({ outcome }) => outcome);
    };
    const first = await pattern();
    expect(new Set(first)).toEqual(new Set(["ok", "InternalFailure"]));
    expect(await pattern()).toEqual(first);
  });

  test("limitExceeded answers with the error of the operation's limit", async () => {
    const fault = { name: "limitExceeded", service: "organizations" } as const;
    const mend = made.sandbox.faults.add({ ...fault, operation: "CreateOrganizationalUnit" });
    await expect(createUnit(made.clients, "One")).rejects.toMatchObject({
      name: "ConstraintViolationException",
      Reason: "OU_NUMBER_LIMIT_EXCEEDED",
      $metadata: { httpStatusCode: 400 },
    });
    mend();
    await createUnit(made.clients, "One");
    // What has no such error cannot answer with it: that is a mistake of the test's.
    made.sandbox.faults.add({ ...fault, operation: "ListRoots" });
    await expect(made.clients.organizations.send(new ListRootsCommand({}))).rejects.toThrow(
      "organizations:ListRoots has no error for an account at its limit",
    );
  });

  test("neverReady: what goes on comes to no end until the fault is gone", async () => {
    const { sandbox } = made;
    expect(() => sandbox.faults.add({ name: "neverReady" })).toThrow("which service");
    const mend = sandbox.faults.add({ name: "neverReady", service: "account" });
    const account = new AccountClient({
      region: "us-east-1",
      credentials: sandbox.credentials,
      requestHandler: sandbox.requestHandler(),
    });
    const RegionName = "eu-south-1";
    await account.send(new EnableRegionCommand({ RegionName }));
    const status = async (): Promise<string | undefined> =>
      (await account.send(new GetRegionOptStatusCommand({ RegionName }))).RegionOptStatus;
    sandbox.clock.advance(86_400_000);
    expect(await status()).toBe("ENABLING");
    mend();
    expect(await status()).toBe("ENABLED");
  });

  test("delayedVisibility: reads lag behind writes by so much time", async () => {
    made.sandbox.faults.add({ name: "delayedVisibility", delayMs: 5000 });
    await createUnit(made.clients, "First");
    expect(await unitNames(made.clients)).toEqual([]);
    made.sandbox.clock.advance(3000);
    await createUnit(made.clients, "Second");
    made.sandbox.clock.advance(2001);
    expect(await unitNames(made.clients)).toEqual(["First"]);
    made.sandbox.clock.advance(3000);
    expect(await unitNames(made.clients)).toEqual(["First", "Second"]);
    await expect(createUnit(made.clients, "First")).rejects.toMatchObject({
      name: "DuplicateOrganizationalUnitException",
    });
  });
});

describe("published request rates", () => {
  test("throttle an operation by its bucket and refill on the clock", async () => {
    const { sandbox } = await organized({ rates: "published" });
    const { organizations } = clientsOf(sandbox);
    const describeOrganization = (): Promise<unknown> =>
      organizations.send(new DescribeOrganizationCommand({}));
    sandbox.clock.advance(60_000);
    await describeOrganization();
    await describeOrganization();
    await expect(describeOrganization()).rejects.toBeInstanceOf(TooManyRequestsException);
    await organizations.send(new ListAccountsCommand({}));
    sandbox.clock.advance(999);
    await expect(describeOrganization()).rejects.toBeInstanceOf(TooManyRequestsException);
    sandbox.clock.advance(1);
    await describeOrganization();
  });

  test("are off unless asked for", async () => {
    for (let call = 0; call < 50; call += 1) {
      await made.clients.organizations.send(new DescribeOrganizationCommand({}));
    }
  });
});

describe("the log of calls", () => {
  test("holds operation, account, Region, caller and a digest of the input", async () => {
    const before = made.sandbox.calls.length;
    await createUnit(made.clients, "One");
    await createUnit(made.clients, "One").catch(() => undefined);
    const [first, second] = made.sandbox.calls.slice(before);
    expect(first).toMatchObject({
      sequence: before + 1,
      at: made.sandbox.clock.now(),
      service: "organizations",
      operation: "CreateOrganizationalUnit",
      account: made.sandbox.managementAccount,
      region: "us-east-1",
      caller: `arn:aws:iam::${made.sandbox.managementAccount}:user/administrator`,
      kind: "write",
      outcome: "ok",
    });
    expect(second?.outcome).toBe("DuplicateOrganizationalUnitException");
    expect(first?.inputDigest).toMatch(/^[0-9a-f]{64}$/);
    expect(second?.inputDigest).toBe(first?.inputDigest);
  });
});

describe("copies", () => {
  test("go their own way from the moment of the copy", async () => {
    const copy = made.sandbox.copy();
    await createUnit(clientsOf(copy), "InCopy");
    await createUnit(made.clients, "InOriginal");
    copy.clock.advance(1000);
    expect(await unitNames(clientsOf(copy))).toEqual(["InCopy"]);
    expect(await unitNames(made.clients)).toEqual(["InOriginal"]);
    expect(copy.clock.now() - made.sandbox.clock.now()).toBe(1000);
  });

  test("draw the same identifiers as the original would", async () => {
    const copy = made.sandbox.copy();
    const ids = async (clients: Clients): Promise<(string | undefined)[]> => {
      await createUnit(clients, "Same");
      const listed = await clients.organizations.send(
        new ListOrganizationalUnitsForParentCommand({ ParentId: made.rootId }),
      );
      return (listed.OrganizationalUnits ?? []).map(({ Id }) => Id);
    };
    expect(await ids(clientsOf(copy))).toEqual(await ids(made.clients));
  });
});
