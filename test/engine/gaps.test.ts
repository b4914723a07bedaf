import { describe, expect, it } from "vitest";
import { collectOrganization } from "../../src/engine/collect.ts";
import { openSandbox } from "../../src/services/open-sandbox.ts";
import { connect, original, read } from "./connect.ts";

describe("a read that AWS denies", () => {
  it.each<[string, string]>([
    ["organizations:ListOrganizationalUnitsForParent", "organizationalUnits/r-abcd/children"],
    ["organizations:ListAccounts", "accounts"],
    ["organizations:ListPolicies", "policies/SERVICE_CONTROL_POLICY"],
    ["organizations:DescribePolicy", "policies/p-FullAWSAccess/content"],
    ["organizations:ListTargetsForPolicy", "policies/p-FullAWSAccess/targets"],
    ["organizations:ListTagsForResource", "root/tags"],
    ["organizations:ListAWSServiceAccessForOrganization", "trustedAccess"],
    ["organizations:ListDelegatedAdministrators", "delegatedAdministrators"],
    [
      "organizations:ListDelegatedServicesForAccount",
      "delegatedAdministrators/200000000001/services",
    ],
    ["organizations:DescribeResourcePolicy", "resourcePolicy"],
    ["organizations:ListHandshakesForOrganization", "handshakes"],
    ["organizations:ListCreateAccountStatus", "accountCreations"],
    ["account:GetAlternateContact", "accounts/200000000000/alternateContacts/BILLING"],
    ["account:ListRegions", "accounts/200000000000/regions"],
  ])("%s is a gap at its place, and the rest is read", async (permission, subject) => {
    const [service = "", operation = ""] = permission.split(":");
    const sandbox = openSandbox({ snapshot: original() });
    sandbox.faults.add({ name: "accessDenied", service, operation });
    const all = { tags: "all", alternateContacts: "all", regions: "all" } as const;
    const { gaps, organization } = await collectOrganization({ aws: connect(sandbox) }, all);
    expect(gaps.find((gap) => gap.subject === subject)).toMatchObject({
      kind: "access-denied",
      operation: permission,
      missingPermission: permission,
      region: "us-east-1",
    });
    expect(new Set(gaps.map((gap) => gap.operation))).toEqual(new Set([permission]));
    const [member = ""] = subject.split("/");
    if (subject === member && member !== "accounts")
      expect(organization).not.toHaveProperty(member);
  });

  it("of the organization or its root is the end, with what to do", async () => {
    for (const operation of ["DescribeOrganization", "ListRoots"]) {
      const sandbox = openSandbox({ snapshot: original() });
      sandbox.faults.add({ name: "accessDenied", operation });
      await expect(read(sandbox)).rejects.toMatchObject({
        code: "ORGRAIL4004",
        exit: "credentials",
        hint: expect.stringContaining(`organizations:${operation}`),
      });
    }
  });
});

describe("reading the organization", () => {
  it("leaves a gap where AWS throttles for minutes, and goes on", async () => {
    const sandbox = openSandbox({ snapshot: original() });
    sandbox.faults.add({ name: "throttle", operation: "DescribeResourcePolicy" });
    const startedAtMs = sandbox.clock.now();
    const { gaps } = await collectOrganization({ aws: connect(sandbox) });
    expect(gaps).toMatchObject([{ kind: "throttled", subject: "resourcePolicy" }]);
    expect(sandbox.clock.now() - startedAtMs).toBeLessThan(6 * 60_000);
  });

  it("leaves a gap where a list has no end, as an emulator's may have none", async () => {
    const sandbox = openSandbox({ snapshot: original() });
    const inner = sandbox.requestHandler();
    const aws = connect(
      sandbox,
      {},
      {
        handle: async (request, options) => {
          const { response } = await inner.handle(request, options);
          if (String(request.headers["x-amz-target"]).endsWith("ListHandshakesForOrganization")) {
            response.statusCode = 200;
            response.body = Buffer.from('{"Handshakes":[],"NextToken":"again"}');
          }
          return { response };
        },
      },
    );
    const { gaps, organization } = await collectOrganization({ aws });
    expect(gaps).toMatchObject([
      { subject: "handshakes", message: expect.stringContaining("same page token twice") },
    ]);
    expect(organization).not.toHaveProperty("handshakes");
  });

  it("is refused to a member account that was entered by its role", async () => {
    const sandbox = openSandbox({ snapshot: original() });
    const roleArn = "arn:aws:iam::200000000002:role/OrganizationAccountAccessRole";
    const aws = connect(sandbox, { roleChain: [{ roleArn }] });
    await expect(collectOrganization({ aws })).rejects.toMatchObject({
      code: "ORGRAIL4102",
      exit: "credentials",
      message: expect.stringContaining("account 200000000002 is a member"),
    });
  });

  it("is open to a delegated administrator, named as such", async () => {
    const sandbox = openSandbox({ snapshot: original() });
    const roleArn = "arn:aws:iam::200000000001:role/OrganizationAccountAccessRole";
    const aws = connect(sandbox, { roleChain: [{ roleArn }] });
    const { caller, organization } = await collectOrganization({ aws });
    expect(caller).toMatchObject({ account: "200000000001", standing: "delegatedAdministrator" });
    expect(organization.accounts).toHaveLength(7);
  });

  it("says that there is no organization", async () => {
    await expect(read(openSandbox())).rejects.toMatchObject({
      code: "ORGRAIL4005",
      exit: "credentials",
    });
  });

  it("says that the credentials are not valid", async () => {
    const sandbox = openSandbox({ snapshot: original() });
    const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "wrong" };
    await expect(read(sandbox, connect(sandbox, { credentials }))).rejects.toMatchObject({
      code: "ORGRAIL4003",
      exit: "credentials",
    });
  });

  it("says that there are no credentials", async () => {
    const sandbox = openSandbox({ snapshot: original() });
    const credentials = async (): Promise<never> => {
      throw Object.assign(new Error("Could not load credentials from any providers"), {
        name: "CredentialsProviderError",
      });
    };
    await expect(read(sandbox, connect(sandbox, { credentials }))).rejects.toMatchObject({
      code: "ORGRAIL4001",
      exit: "credentials",
    });
  });

  it("stops when it is interrupted", async () => {
    const sandbox = openSandbox({ snapshot: original() });
    const controller = new AbortController();
    const aws = connect(sandbox, {
      onCall: ({ operation }) => {
        if (operation === "ListRoots") controller.abort(new Error("Ctrl-C"));
      },
    });
    await expect(collectOrganization({ aws, signal: controller.signal })).rejects.toMatchObject({
      exit: "interrupted",
    });
    expect(sandbox.calls.length).toBeLessThan(10);
  });
});
