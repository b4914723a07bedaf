import { GuardDuty } from "@aws-sdk/client-guardduty";
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  DeregisterDelegatedAdministratorCommand,
  EnablePolicyTypeCommand,
  ListDelegatedAdministratorsCommand,
} from "@aws-sdk/client-organizations";
import { beforeEach, describe, expect, test } from "vitest";
import { configOf, joins, outsider, type Staffed, staffed } from "./members-harness.ts";

let made: Staffed;
let management: GuardDuty;
let admin: GuardDuty;
let DetectorId: string;

beforeEach(async () => {
  made = await staffed();
  management = new GuardDuty(configOf(made));
  admin = new GuardDuty(configOf(made, made.audit));
});

/** Makes Audit the administrator, and gives the detector that comes with it. */
async function delegate(): Promise<string> {
  await management.enableOrganizationAdminAccount({ AdminAccountId: made.audit });
  DetectorId = (await admin.listDetectors({})).DetectorIds?.[0] ?? "";
  return DetectorId;
}

const details = (...ids: string[]): { AccountId: string; Email: string }[] =>
  ids.map((AccountId) => ({ AccountId, Email: `${AccountId}@example.com` }));

describe("the delegated administrator", () => {
  test("is registered with AWS Organizations, with a detector in that Region alone", async () => {
    await delegate();
    expect(DetectorId).toMatch(/^[0-9a-f]{32}$/);
    const registered = await made.clients.organizations.send(
      new ListDelegatedAdministratorsCommand({ ServicePrincipal: "guardduty.amazonaws.com" }),
    );
    expect(registered.DelegatedAdministrators?.map(({ Id }) => Id)).toEqual([made.audit]);
    const elsewhere = new GuardDuty(configOf(made, made.audit, "us-west-2"));
    expect((await elsewhere.listDetectors({})).DetectorIds).toEqual([]);
    const there = new GuardDuty(configOf(made, undefined, "us-west-2"));
    expect((await there.listOrganizationAdminAccounts({})).AdminAccounts).toEqual([]);
  });

  test.each([
    ["by a member", () => admin, () => made.audit, /required AWS Organization master/],
    ["of another organization's account", () => management, () => outsider(made).id, /not member/],
    ["of what is no account", () => management, () => "12", /out-of-range/],
  ])("is refused %s", async (_, caller, account, message) => {
    await expect(
      caller().enableOrganizationAdminAccount({ AdminAccountId: account() }),
    ).rejects.toMatchObject({
      name: "BadRequestException",
      message: expect.stringMatching(message),
    });
  });

  test("is one for the organization, in all Regions", async () => {
    await delegate();
    const there = new GuardDuty(configOf(made, undefined, "us-west-2"));
    for (const client of [management, there]) {
      await expect(
        client.enableOrganizationAdminAccount({ AdminAccountId: made.others[0] }),
      ).rejects.toMatchObject({ message: expect.stringMatching(/another account is already/) });
    }
    await there.enableOrganizationAdminAccount({ AdminAccountId: made.audit });
  });

  test("goes Region by Region; members keep their detectors and stand alone", async () => {
    await delegate();
    await admin.createMembers({ DetectorId, AccountDetails: details(made.others[0]) });
    await management.disableOrganizationAdminAccount({ AdminAccountId: made.audit });
    const member = new GuardDuty(configOf(made, made.others[0]));
    const [own = ""] = (await member.listDetectors({})).DetectorIds ?? [];
    expect((await member.getDetector({ DetectorId: own })).Status).toBe("ENABLED");
    await member.updateDetector({ DetectorId: own, Enable: false });
    const registered = await made.clients.organizations.send(
      new ListDelegatedAdministratorsCommand({ ServicePrincipal: "guardduty.amazonaws.com" }),
    );
    expect(registered.DelegatedAdministrators).toHaveLength(1);
  });

  test("is none when AWS Organizations deregisters it", async () => {
    await delegate();
    await made.clients.organizations.send(
      new DeregisterDelegatedAdministratorCommand({
        AccountId: made.audit,
        ServicePrincipal: "guardduty.amazonaws.com",
      }),
    );
    expect((await management.listOrganizationAdminAccounts({})).AdminAccounts).toEqual([]);
    await expect(admin.describeOrganizationConfiguration({ DetectorId })).rejects.toMatchObject({
      message: expect.stringMatching(/required AWS Organization master/),
    });
  });
});

describe("members", () => {
  test("get what the organization's configuration says", async () => {
    await delegate();
    await admin.updateOrganizationConfiguration({
      DetectorId,
      AutoEnableOrganizationMembers: "ALL",
      Features: [
        { Name: "S3_DATA_EVENTS", AutoEnable: "ALL" },
        {
          Name: "RUNTIME_MONITORING",
          AutoEnable: "ALL",
          AdditionalConfiguration: [{ Name: "EC2_AGENT_MANAGEMENT", AutoEnable: "ALL" }],
        },
      ],
    });
    const { UnprocessedAccounts } = await admin.createMembers({
      DetectorId,
      AccountDetails: details(made.others[0], made.sandbox.managementAccount),
    });
    expect(UnprocessedAccounts).toEqual([
      {
        AccountId: made.sandbox.managementAccount,
        Result: expect.stringMatching(/master must first enable GuardDuty/),
      },
    ]);
    const read = await admin.getMemberDetectors({ DetectorId, AccountIds: [...made.others] });
    expect(read.UnprocessedAccounts?.map(({ AccountId }) => AccountId)).toEqual([made.others[1]]);
    const on = read.MemberDataSourceConfigurations?.[0]?.Features?.flatMap((feature) =>
      feature.Status === "ENABLED"
        ? [
            feature.Name,
            ...(feature.AdditionalConfiguration ?? [])
              .filter((one) => one.Status === "ENABLED")
              .map((one) => one.Name),
          ]
        : [],
    );
    expect(on).toEqual(["S3_DATA_EVENTS", "RUNTIME_MONITORING", "EC2_AGENT_MANAGEMENT"]);
  });

  test("of all there are, and of those that come, when auto-enable is ALL", async () => {
    await delegate();
    await admin.updateOrganizationConfiguration({
      DetectorId,
      AutoEnableOrganizationMembers: "ALL",
    });
    const ids = async (): Promise<(string | undefined)[]> =>
      (await admin.listMembers({ DetectorId })).Members?.map(({ AccountId }) => AccountId) ?? [];
    expect(await ids()).toEqual([]);
    made.sandbox.clock.advance(600_000);
    expect(await ids()).toEqual([...made.others].sort());
    const late = await joins(made, "Late");
    expect(await ids()).not.toContain(late.id);
    made.sandbox.clock.advance(600_000);
    expect(await ids()).toContain(late.id);
    const itself = new GuardDuty({ ...configOf(made), credentials: late.keys });
    expect((await itself.listDetectors({})).DetectorIds).toHaveLength(1);
    const gone = await admin.disassociateMembers({ DetectorId, AccountIds: [late.id] });
    expect(gone.UnprocessedAccounts).toHaveLength(1);
  });

  test("of those that come alone, when auto-enable is NEW", async () => {
    await delegate();
    await admin.updateOrganizationConfiguration({
      DetectorId,
      AutoEnableOrganizationMembers: "NEW",
    });
    const late = await joins(made, "Late");
    made.sandbox.clock.advance(600_000);
    const { Members } = await admin.listMembers({ DetectorId });
    expect(Members?.map(({ AccountId }) => AccountId)).toEqual([late.id]);
  });

  test("of the organization cannot change their detectors", async () => {
    await delegate();
    await admin.createMembers({ DetectorId, AccountDetails: details(made.others[0]) });
    const member = new GuardDuty(configOf(made, made.others[0]));
    const [own = ""] = (await member.listDetectors({})).DetectorIds ?? [];
    await expect(member.updateDetector({ DetectorId: own, Enable: false })).rejects.toMatchObject({
      name: "BadRequestException",
    });
    await expect(member.deleteDetector({ DetectorId: own })).rejects.toThrow(/member of an admin/);
    await expect(
      member.disassociateFromAdministratorAccount({ DetectorId: own }),
    ).rejects.toMatchObject({ name: "BadRequestException" });
  });

  test("by invitation become members via the organization", async () => {
    const own = (await admin.createDetector({ Enable: true })).DetectorId ?? "";
    const member = new GuardDuty(configOf(made, made.others[0]));
    const theirs = (await member.createDetector({ Enable: true })).DetectorId ?? "";
    await admin.createMembers({
      DetectorId: own,
      AccountDetails: [{ AccountId: made.others[0], Email: "member@example.com" }],
    });
    await admin.inviteMembers({ DetectorId: own, AccountIds: [made.others[0]] });
    const [invitation] = (await member.listInvitations({})).Invitations ?? [];
    await member.acceptAdministratorInvitation({
      DetectorId: theirs,
      AdministratorId: made.audit,
      InvitationId: invitation?.InvitationId ?? "",
    });
    expect(await delegate()).toBe(own);
    const { Members } = await admin.listMembers({ DetectorId });
    expect(Members).toMatchObject([{ AccountId: made.others[0], RelationshipStatus: "Enabled" }]);
    await expect(
      member.disassociateFromAdministratorAccount({ DetectorId: theirs }),
    ).rejects.toMatchObject({ name: "BadRequestException" });
  });

  test.each([0, 51])("in batches of 1 to 50, not %i", async (count) => {
    await delegate();
    const AccountIds = Array.from({ length: count }, (_, index) => `${100000000000 + index}`);
    await expect(admin.getMemberDetectors({ DetectorId, AccountIds })).rejects.toMatchObject({
      message: expect.stringMatching(/out-of-range/),
    });
  });
});

test("a GuardDuty policy enables members, and what it manages cannot be changed", async () => {
  await delegate();
  const { organizations } = made.clients;
  await organizations.send(
    new EnablePolicyTypeCommand({ RootId: made.rootId, PolicyType: "GUARDDUTY_POLICY" }),
  );
  const status = (value: string): object => ({ status: { "@@assign": value } });
  const enablement = {
    default: { foundational: status("enabled"), s3_data_events: status("enabled") },
    "us-west-2": { foundational: status("enabled") },
  };
  const { Policy } = await organizations.send(
    new CreatePolicyCommand({
      Name: "GuardDuty",
      Description: "",
      Type: "GUARDDUTY_POLICY",
      Content: JSON.stringify({ guardduty: { enablement } }),
    }),
  );
  await organizations.send(
    new AttachPolicyCommand({
      PolicyId: Policy?.PolicySummary?.Id ?? "",
      TargetId: made.others[0],
    }),
  );
  // What a policy changes is noticed with the next request, and comes about later.
  expect((await admin.listMembers({ DetectorId })).Members).toEqual([]);
  made.sandbox.clock.advance(600_000);
  const { Members } = await admin.listMembers({ DetectorId });
  expect(Members?.map(({ AccountId }) => AccountId)).toEqual([made.others[0]]);
  const read = await admin.getMemberDetectors({ DetectorId, AccountIds: [made.others[0]] });
  const features = read.MemberDataSourceConfigurations?.[0]?.Features ?? [];
  expect(features.filter(({ ManagedBy }) => ManagedBy !== undefined)).toMatchObject([
    { Name: "S3_DATA_EVENTS", Status: "ENABLED", ManagedBy: "GUARDDUTY_POLICY" },
  ]);
  const { UnprocessedAccounts } = await admin.updateMemberDetectors({
    DetectorId,
    AccountIds: [made.others[0]],
    Features: [{ Name: "S3_DATA_EVENTS", Status: "DISABLED" }],
  });
  expect(UnprocessedAccounts).toHaveLength(1);
});

describe("a detector", () => {
  test("is one for an account and Region", async () => {
    await admin.createDetector({ Enable: true });
    await expect(admin.createDetector({ Enable: true })).rejects.toThrow(/already exists/);
    const elsewhere = new GuardDuty(configOf(made, made.audit, "us-west-2"));
    await elsewhere.createDetector({ Enable: true });
  });

  test("knows only its own", async () => {
    const { DetectorId: id = "" } = await admin.createDetector({ Enable: true });
    await expect(management.getDetector({ DetectorId: id })).rejects.toThrow(/not owned by/);
  });

  test("takes one trusted list, whose file must be in a bucket that there is", async () => {
    const { DetectorId: id = "" } = await admin.createDetector({ Enable: true });
    const list = { DetectorId: id, Name: "trusted", Format: "TXT", Activate: true } as const;
    await expect(
      admin.createIPSet({ ...list, Location: "s3://no-such-bucket/list.txt" }),
    ).rejects.toThrow(/not accessible/);
    await expect(admin.createIPSet({ ...list, Location: "list.txt" })).rejects.toThrow(/range/);
  });
});
