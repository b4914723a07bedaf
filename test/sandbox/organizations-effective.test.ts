import { describe, expect, it } from "vitest";
import { organizationsSandbox } from "../../src/services/organizations/sandbox/index.ts";
import {
  createdAccount,
  createdPolicy,
  createdUnit,
  managementAccount,
  openOrganization,
  outcome,
} from "./organizations-harness.ts";

const PolicyType = "TAG_POLICY";
const tagged = (key: string, value: string): string =>
  JSON.stringify({
    tags: { [key]: { tag_key: { "@@assign": key }, tag_value: { "@@assign": [value] } } },
  });

async function inherited() {
  const harness = await openOrganization();
  const { org, rootId } = harness;
  await org.enablePolicyType({ RootId: rootId, PolicyType });
  const unit = await createdUnit(harness, rootId, "A");
  const account = await createdAccount(harness, "Audit", { from: rootId, to: unit });
  const attach = async (name: string, content: string, TargetId: string) => {
    const PolicyId = await createdPolicy(harness, name, content, PolicyType);
    await org.attachPolicy({ PolicyId, TargetId });
    return PolicyId;
  };
  return { ...harness, unit, account, attach };
}

describe("the effective policy", () => {
  it("is merged from the root down to the account", async () => {
    const { org, rootId, unit, account, attach, client } = await inherited();
    const describeOf = (TargetId?: string, from = org) =>
      from.describeEffectivePolicy({ PolicyType, ...(TargetId === undefined ? {} : { TargetId }) });
    expect(await outcome(describeOf(account))).toBe("EffectivePolicyNotFoundException");
    await attach("root", tagged("team", "red"), rootId);
    await attach("unit", tagged("team", "blue"), unit);
    await attach("account", tagged("cost", "one"), account);
    const { EffectivePolicy } = await describeOf(account);
    expect(EffectivePolicy).toMatchObject({ TargetId: account, PolicyType });
    expect(EffectivePolicy?.LastUpdatedTimestamp).toBeInstanceOf(Date);
    const value = (key: string, text: string) => ({ tag_key: key, tag_value: [text] });
    expect(JSON.parse(EffectivePolicy?.PolicyContent ?? "")).toEqual({
      tags: { team: value("team", "blue"), cost: value("cost", "one") },
    });
    const own = await describeOf(undefined, client(account));
    expect(own.EffectivePolicy?.PolicyContent).toBe(EffectivePolicy?.PolicyContent);
    const { EffectivePolicy: management } = await describeOf();
    expect(JSON.parse(management?.PolicyContent ?? "")).toEqual({
      tags: { team: value("team", "red") },
    });
    const denied = describeOf(managementAccount, client(account));
    expect(await outcome(denied)).toBe("AccessDeniedException");
  });

  it("is only of accounts, and of the types that have one", async () => {
    const { org, unit } = await inherited();
    const of = (TargetId: string, type: string = PolicyType) =>
      outcome(org.describeEffectivePolicy({ TargetId, PolicyType: type as "TAG_POLICY" }));
    expect(await of(unit)).toBe("InvalidInputException(TARGET_NOT_SUPPORTED)");
    expect(await of("999999999999")).toBe("TargetNotFoundException");
    expect(await of(managementAccount, "SERVICE_CONTROL_POLICY")).toBe(
      "InvalidInputException(INVALID_ENUM_POLICY_TYPE)",
    );
    expect(await of(managementAccount, "BACKUP_POLICY")).toBe("EffectivePolicyNotFoundException");
  });

  it("is invalid where the merged policy lacks something, and says why", async () => {
    const harness = await openOrganization();
    const { org, rootId } = harness;
    const BACKUP_POLICY = "BACKUP_POLICY";
    await org.enablePolicyType({ RootId: rootId, PolicyType: BACKUP_POLICY });
    const unit = await createdUnit(harness, rootId, "A");
    const account = await createdAccount(harness, "Audit", { from: rootId, to: unit });
    const content = JSON.stringify({
      plans: { daily: { regions: { "@@assign": ["eu-west-1"] } } },
    });
    const PolicyId = await createdPolicy(harness, "b", content, BACKUP_POLICY);
    await org.attachPolicy({ PolicyId, TargetId: unit });
    const { Accounts } = await org.listAccountsWithInvalidEffectivePolicy({
      PolicyType: BACKUP_POLICY,
    });
    expect(Accounts?.map(({ Id }) => Id)).toEqual([account]);
    const answer = await org.listEffectivePolicyValidationErrors({
      AccountId: account,
      PolicyType: BACKUP_POLICY,
    });
    expect(answer).toMatchObject({ AccountId: account, PolicyType: BACKUP_POLICY });
    expect(answer.Path).toMatch(new RegExp(`/${unit}/${account}/$`));
    const errors = answer.EffectivePolicyValidationErrors ?? [];
    expect(errors.length).toBeGreaterThan(0);
    for (const error of errors) {
      expect(error.ContributingPolicies).toContain(PolicyId);
      expect(error.ErrorCode).toBeTruthy();
    }
    expect(
      await outcome(org.listAccountsWithInvalidEffectivePolicy({ PolicyType: "TAG_POLICY" })),
    ).toBe("EffectivePolicyNotFoundException");
  });
});

describe("the authorizer's view of an organization", () => {
  it("holds the policies of every level, root first", async () => {
    const harness = await openOrganization();
    const { org, world, rootId } = harness;
    const unit = await createdUnit(harness, rootId, "A");
    const account = await createdAccount(harness, "Audit", { from: rootId, to: unit });
    const view = () => organizationsSandbox.organizationOf?.(world, account);
    expect(view()?.serviceControlPolicies).toEqual([]);
    await org.enablePolicyType({ RootId: rootId, PolicyType: "SERVICE_CONTROL_POLICY" });
    const PolicyId = await createdPolicy(harness, "p");
    await org.attachPolicy({ PolicyId, TargetId: unit });
    const { Organization } = await org.describeOrganization({});
    expect(view()).toMatchObject({
      organizationId: Organization?.Id,
      managementAccount,
      orgPath: `${Organization?.Id}/${rootId}/${unit}/`,
      resourceControlPolicies: [],
    });
    expect(
      view()?.serviceControlPolicies.map(({ id, policies }) => [id, policies.map((it) => it.name)]),
    ).toEqual([
      [rootId, ["FullAWSAccess"]],
      [unit, ["FullAWSAccess", "p"]],
      [account, ["FullAWSAccess"]],
    ]);
    expect(organizationsSandbox.organizationOf?.(world, "999999999999")).toBeUndefined();
  });
});

describe("writes that take time", () => {
  it("do not overlap within one organization", async () => {
    const { org, rootId: ParentId } = await openOrganization({ writeMs: 500 });
    const create = (Name: string) => outcome(org.createOrganizationalUnit({ ParentId, Name }));
    const both = await Promise.all([create("A"), create("B")]);
    expect(both.sort()).toEqual(["ConcurrentModificationException", "ok"]);
    expect(await create("C")).toBe("ok");
    expect(await create("C")).toBe("DuplicateOrganizationalUnitException");
    expect(await create("D")).toBe("ok");
    const { OrganizationalUnits } = await org.listOrganizationalUnitsForParent({ ParentId });
    expect(OrganizationalUnits).toHaveLength(3);
  });
});
