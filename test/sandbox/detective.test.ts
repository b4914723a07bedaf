import { Detective } from "@aws-sdk/client-detective";
import { beforeEach, expect, test } from "vitest";
import { configOf, joins, type Staffed, staffed } from "./members-harness.ts";

let made: Staffed;
let management: Detective;
let admin: Detective;

beforeEach(async () => {
  made = await staffed();
  management = new Detective(configOf(made));
  admin = new Detective(configOf(made, made.audit));
});

async function delegate(): Promise<string> {
  await management.enableOrganizationAdminAccount({ AccountId: made.audit });
  return (await admin.listGraphs({})).GraphList?.[0]?.Arn ?? "";
}

const accounts = (...ids: string[]): { AccountId: string; EmailAddress: string }[] =>
  ids.map((AccountId) => ({ AccountId, EmailAddress: `${AccountId}@example.com` }));

test("an administrator has the organization's graph, Region by Region", async () => {
  const GraphArn = await delegate();
  expect(GraphArn).toMatch(/^arn:aws:detective:eu-west-1:\d{12}:graph:[0-9a-f]{32}$/);
  const { Administrators } = await management.listOrganizationAdminAccounts({});
  expect(Administrators).toMatchObject([{ AccountId: made.audit, GraphArn }]);
  const there = new Detective(configOf(made, undefined, "us-west-2"));
  expect((await there.listOrganizationAdminAccounts({})).Administrators).toEqual([]);
  await expect(
    there.enableOrganizationAdminAccount({ AccountId: made.others[0] }),
  ).rejects.toMatchObject({ name: "AccessDeniedException" });
  await expect(
    management.enableOrganizationAdminAccount({ AccountId: made.others[0] }),
  ).rejects.toMatchObject({ name: "ValidationException" });
  await expect(
    admin.enableOrganizationAdminAccount({ AccountId: made.audit }),
  ).rejects.toMatchObject({ name: "AccessDeniedException" });
});

test("members are verified first; a second time they are not processed", async () => {
  const GraphArn = await delegate();
  const Accounts = accounts(...made.others, made.audit);
  const first = await admin.createMembers({ GraphArn, Accounts });
  expect(first.Members?.map(({ Status }) => Status)).toEqual([
    "VERIFICATION_IN_PROGRESS",
    "VERIFICATION_IN_PROGRESS",
  ]);
  expect(first.UnprocessedAccounts?.map(({ AccountId }) => AccountId)).toEqual([made.audit]);
  made.sandbox.clock.advance(600_000);
  const { MemberDetails } = await admin.listMembers({ GraphArn });
  expect(MemberDetails?.map(({ Status }) => Status)).toEqual(["ENABLED", "ENABLED"]);
  const second = await admin.createMembers({ GraphArn, Accounts: accounts(...made.others) });
  expect(second.UnprocessedAccounts).toHaveLength(2);
  const member = new Detective(configOf(made, made.others[0]));
  await expect(member.disassociateMembership({ GraphArn })).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
});

test("auto-enable brings in accounts that come, and no others", async () => {
  const GraphArn = await delegate();
  await admin.updateOrganizationConfiguration({ GraphArn, AutoEnable: true });
  const late = await joins(made, "Late");
  made.sandbox.clock.advance(600_000);
  const { MemberDetails } = await admin.listMembers({ GraphArn });
  expect(MemberDetails?.map(({ AccountId }) => AccountId)).toEqual([late.id]);
});

test("source packages are started, and never stopped", async () => {
  const GraphArn = await delegate();
  for (const name of ["EKS_AUDIT", "ASFF_SECURITYHUB_FINDING"] as const) {
    await admin.updateDatasourcePackages({ GraphArn, DatasourcePackages: [name] });
  }
  const { DatasourcePackages = {} } = await admin.listDatasourcePackages({ GraphArn });
  const started = Object.entries(DatasourcePackages).map(([name, detail]) => [
    name,
    detail?.DatasourcePackageIngestState,
  ]);
  expect(Object.fromEntries(started)).toEqual({
    DETECTIVE_CORE: "STARTED",
    EKS_AUDIT: "STARTED",
    ASFF_SECURITYHUB_FINDING: "STARTED",
  });
});

test("the graph goes with its administrator", async () => {
  const GraphArn = await delegate();
  await expect(admin.deleteGraph({ GraphArn })).rejects.toMatchObject({
    name: "ValidationException",
  });
  await management.disableOrganizationAdminAccount({});
  expect((await admin.listGraphs({})).GraphList).toEqual([]);
  await expect(admin.listMembers({ GraphArn })).rejects.toMatchObject({
    name: "ResourceNotFoundException",
  });
});
