import { Organizations } from "@aws-sdk/client-organizations";
import { SSM } from "@aws-sdk/client-ssm";
import { beforeEach, expect, test } from "vitest";
import { configOf, type Staffed, staffed } from "./members-harness.ts";

const sharing = "/ssm/documents/console/public-sharing-permission";

let made: Staffed;
let member: SSM;

beforeEach(async () => {
  made = await staffed();
  member = new SSM(configOf(made, made.others[0]));
});

test("settings are an account's in a Region, and go back to AWS's", async () => {
  const ARN = `arn:aws:ssm:eu-west-1:${made.others[0]}:servicesetting${sharing}`;
  expect((await member.getServiceSetting({ SettingId: sharing })).ServiceSetting).toMatchObject({
    SettingId: sharing,
    SettingValue: "Enable",
    LastModifiedUser: "System",
    Status: "Default",
    ARN,
  });
  await member.updateServiceSetting({ SettingId: ARN, SettingValue: "Disable" });
  const other = new SSM(configOf(made, made.others[0], "us-east-1"));
  const sharingOf = async (client: SSM): Promise<string | undefined> =>
    (await client.getServiceSetting({ SettingId: sharing })).ServiceSetting?.SettingValue;
  expect([await sharingOf(member), await sharingOf(other)]).toEqual(["Disable", "Enable"]);
  const { ServiceSetting } = await member.resetServiceSetting({ SettingId: sharing });
  expect(ServiceSetting).toMatchObject({ SettingValue: "Enable", Status: "Default" });
});

test("settings and values that there are not are refused", async () => {
  await expect(member.getServiceSetting({ SettingId: "/ssm/none" })).rejects.toMatchObject({
    name: "ServiceSettingNotFound",
  });
  await expect(
    member.updateServiceSetting({ SettingId: sharing, SettingValue: "No" }),
  ).rejects.toMatchObject({ name: "ValidationException" });
});

test("a patch baseline becomes the default, has groups, and cannot be deleted meanwhile", async () => {
  const rule = {
    PatchFilterGroup: { PatchFilters: [{ Key: "CLASSIFICATION" as const, Values: ["Security"] }] },
    ApproveAfterDays: 7,
  };
  const given = {
    Name: "linux",
    OperatingSystem: "AMAZON_LINUX_2023" as const,
    ApprovalRules: { PatchRules: [rule] },
    ClientToken: "once",
  };
  const { BaselineId } = await member.createPatchBaseline(given);
  expect((await member.createPatchBaseline(given)).BaselineId).toBe(BaselineId);
  expect(await member.getPatchBaseline({ BaselineId })).toMatchObject({
    Name: "linux",
    ApprovalRules: { PatchRules: [rule] },
    PatchGroups: [],
  });
  const OperatingSystem = "AMAZON_LINUX_2023";
  const atFirst = await member.getDefaultPatchBaseline({ OperatingSystem });
  expect(atFirst.BaselineId).toMatch(/^arn:aws:ssm:eu-west-1:\d{12}:patchbaseline\/pb-0/);

  await member.registerDefaultPatchBaseline({ BaselineId });
  expect((await member.getDefaultPatchBaseline({ OperatingSystem })).BaselineId).toBe(BaselineId);
  await member.registerPatchBaselineForPatchGroup({ BaselineId, PatchGroup: "prod" });
  expect((await member.describePatchGroups({})).Mappings).toMatchObject([
    { PatchGroup: "prod", BaselineIdentity: { BaselineId, DefaultBaseline: true } },
  ]);
  await expect(
    member.registerPatchBaselineForPatchGroup({ BaselineId, PatchGroup: "prod" }),
  ).rejects.toMatchObject({ name: "AlreadyExistsException" });
  await expect(member.deletePatchBaseline({ BaselineId })).rejects.toMatchObject({
    name: "ResourceInUseException",
  });

  await member.deregisterPatchBaselineForPatchGroup({ BaselineId, PatchGroup: "prod" });
  await member.registerDefaultPatchBaseline({ BaselineId: atFirst.BaselineId });
  await member.deletePatchBaseline({ BaselineId });
  const own = { Filters: [{ Key: "OWNER", Values: ["Self"] }] };
  expect((await member.describePatchBaselines(own)).BaselineIdentities).toEqual([]);
  const { BaselineIdentities = [] } = await member.describePatchBaselines({});
  expect(BaselineIdentities).toHaveLength(15);
});

test("rules say either after how many days or until when", async () => {
  const PatchRules = [{ PatchFilterGroup: { PatchFilters: [] } }];
  await expect(
    member.createPatchBaseline({ Name: "bad", ApprovalRules: { PatchRules } }),
  ).rejects.toMatchObject({ name: "ValidationException" });
});

test("a sync of the organization is for its administrators, with trusted access", async () => {
  const admin = new SSM(configOf(made, made.audit));
  const input = {
    SyncName: "explorer",
    SyncType: "SyncFromSource",
    SyncSource: {
      SourceType: "AwsOrganizations",
      AwsOrganizationsSource: { OrganizationSourceType: "EntireOrganization" },
      SourceRegions: ["eu-west-1"],
    },
  };
  const refusal = { name: "ResourceDataSyncInvalidConfigurationException" };
  await expect(admin.createResourceDataSync(input)).rejects.toMatchObject(refusal);
  const management = new SSM(configOf(made));
  await expect(management.createResourceDataSync(input)).rejects.toMatchObject(refusal);
  const organizations = new Organizations(configOf(made));
  await organizations.enableAWSServiceAccess({ ServicePrincipal: "ssm.amazonaws.com" });
  await organizations.registerDelegatedAdministrator({
    AccountId: made.audit,
    ServicePrincipal: "ssm.amazonaws.com",
  });
  await admin.createResourceDataSync(input);
  await expect(admin.createResourceDataSync(input)).rejects.toMatchObject({
    name: "ResourceDataSyncAlreadyExistsException",
  });
  const SyncSource = { ...input.SyncSource, IncludeFutureRegions: true };
  await admin.updateResourceDataSync({ ...input, SyncSource });
  expect((await admin.listResourceDataSync({})).ResourceDataSyncItems).toMatchObject([
    { SyncName: "explorer", SyncType: "SyncFromSource", SyncSource },
  ]);
  expect((await management.listResourceDataSync({})).ResourceDataSyncItems).toEqual([]);
  for (let count = 1; count < 5; count++) {
    await admin.createResourceDataSync({ ...input, SyncName: `explorer${count}` });
  }
  await expect(admin.createResourceDataSync({ ...input, SyncName: "sixth" })).rejects.toMatchObject(
    { name: "ResourceDataSyncCountExceededException" },
  );
});
