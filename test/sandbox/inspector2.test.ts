import { Inspector2 } from "@aws-sdk/client-inspector2";
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
} from "@aws-sdk/client-organizations";
import { beforeEach, describe, expect, test } from "vitest";
import { configOf, joins, type Staffed, staffed } from "./members-harness.ts";

let made: Staffed;
let management: Inspector2;
let admin: Inspector2;

beforeEach(async () => {
  made = await staffed();
  management = new Inspector2(configOf(made));
  admin = new Inspector2(configOf(made, made.audit));
});

const delegate = (): Promise<unknown> =>
  management.enableDelegatedAdminAccount({ delegatedAdminAccountId: made.audit });

const status = async (client: Inspector2, ...accountIds: string[]): Promise<unknown> => {
  const { accounts = [] } = await client.batchGetAccountStatus({ accountIds });
  return accounts.map(({ state, resourceState }) => [
    state?.status,
    resourceState?.ec2?.status,
    resourceState?.lambda?.status,
  ]);
};

describe("the delegated administrator", () => {
  test("is one for the organization", async () => {
    await delegate();
    await expect(delegate()).rejects.toMatchObject({ name: "ConflictException" });
    const there = new Inspector2(configOf(made, undefined, "us-west-2"));
    await expect(
      there.enableDelegatedAdminAccount({ delegatedAdminAccountId: made.others[0] }),
    ).rejects.toMatchObject({ name: "ConflictException", resourceId: made.audit });
    expect((await there.listDelegatedAdminAccounts({})).delegatedAdminAccounts).toEqual([]);
  });

  test("is not the management account, nor made by a member", async () => {
    await expect(
      management.enableDelegatedAdminAccount({
        delegatedAdminAccountId: made.sandbox.managementAccount,
      }),
    ).rejects.toMatchObject({ name: "ValidationException" });
    await expect(
      admin.enableDelegatedAdminAccount({ delegatedAdminAccountId: made.audit }),
    ).rejects.toMatchObject({ name: "AccessDeniedException" });
  });

  test("leaves its members scanning, on their own", async () => {
    await delegate();
    await admin.associateMember({ accountId: made.others[0] });
    made.sandbox.clock.advance(60_000);
    await admin.enable({ accountIds: [made.others[0]], resourceTypes: ["EC2"] });
    made.sandbox.clock.advance(60_000);
    await management.disableDelegatedAdminAccount({ delegatedAdminAccountId: made.audit });
    const member = new Inspector2(configOf(made, made.others[0]));
    expect(await status(member)).toEqual([["ENABLED", "ENABLED", "DISABLED"]]);
    await expect(admin.describeOrganizationConfiguration({})).rejects.toMatchObject({
      name: "AccessDeniedException",
      message: "Invoking account does not have access to describe the organization configuration.",
    });
  });
});

describe("members", () => {
  test("are enabled after they are associated, not before", async () => {
    await delegate();
    const wanted = { accountIds: [made.others[0]], resourceTypes: ["EC2" as const] };
    expect((await admin.enable(wanted)).failedAccounts).toMatchObject([
      {
        errorCode: "ACCESS_DENIED",
        errorMessage: "Invoking account does not have access to this account",
      },
    ]);
    await admin.associateMember({ accountId: made.others[0] });
    made.sandbox.clock.advance(10_000);
    expect((await admin.listMembers({})).members).toMatchObject([
      { relationshipStatus: "ENABLED" },
    ]);
    expect((await admin.enable(wanted)).accounts).toMatchObject([{ status: "ENABLING" }]);
    made.sandbox.clock.advance(60_000);
    expect(await status(admin, made.others[0])).toEqual([["ENABLED", "ENABLED", "DISABLED"]]);
  });

  test("that come are enabled as the configuration says", async () => {
    await delegate();
    await expect(
      admin.updateOrganizationConfiguration({
        autoEnable: { ec2: true, ecr: true, lambdaCode: true },
      }),
    ).rejects.toMatchObject({ name: "ValidationException" });
    await admin.updateOrganizationConfiguration({
      autoEnable: { ec2: true, ecr: true, lambda: true },
    });
    const late = await joins(made, "Late");
    made.sandbox.clock.advance(600_000);
    const { members } = await admin.listMembers({});
    expect(members?.map(({ accountId }) => accountId)).toEqual([late.id]);
    made.sandbox.clock.advance(60_000);
    expect(await status(admin, late.id)).toEqual([["ENABLED", "ENABLED", "ENABLED"]]);
  });

  test("at most a hundred in a call", async () => {
    await delegate();
    const accountIds = Array.from({ length: 101 }, (_, index) => `${100000000000 + index}`);
    await expect(admin.batchGetAccountStatus({ accountIds })).rejects.toMatchObject({
      name: "ValidationException",
    });
  });
});

test("an Inspector policy links accounts, and what it manages cannot be switched", async () => {
  await delegate();
  const { organizations } = made.clients;
  await organizations.send(
    new EnablePolicyTypeCommand({ RootId: made.rootId, PolicyType: "INSPECTOR_POLICY" }),
  );
  const regions = {
    enable_in_regions: { "@@assign": ["ALL_SUPPORTED"] },
    disable_in_regions: { "@@assign": ["us-west-2"] },
  };
  const { Policy } = await organizations.send(
    new CreatePolicyCommand({
      Name: "Inspector",
      Description: "",
      Type: "INSPECTOR_POLICY",
      Content: JSON.stringify({ inspector: { enablement: { ec2_scanning: regions } } }),
    }),
  );
  const PolicyId = Policy?.PolicySummary?.Id ?? "";
  await organizations.send(new AttachPolicyCommand({ PolicyId, TargetId: made.others[0] }));
  const member = new Inspector2(configOf(made, made.others[0]));
  expect(await status(member)).toEqual([["ENABLING", "ENABLING", "DISABLED"]]);
  made.sandbox.clock.advance(60_000);
  expect(await status(admin, made.others[0])).toEqual([["ENABLED", "ENABLED", "DISABLED"]]);
  const { failedAccounts } = await admin.disable({
    accountIds: [made.others[0]],
    resourceTypes: ["EC2"],
  });
  expect(failedAccounts).toMatchObject([{ errorCode: "BLOCKED_BY_ORGANIZATION_POLICY" }]);
  const there = new Inspector2(configOf(made, made.others[0], "us-west-2"));
  expect((await there.enable({ resourceTypes: ["EC2"] })).failedAccounts).toHaveLength(1);
});
