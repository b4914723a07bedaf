import { describe, expect, it } from "vitest";
import type { Desired } from "../../src/core/desired.ts";
import { unknownOrganizationId } from "../../src/core/identifiers.ts";
import type { Gap } from "../../src/core/read.ts";
import { accountId, additive, deny, managementId, snapshotOf, span } from "./builders.ts";
import { codes, expectConverges, planWith, steps } from "./expect-plan.ts";

const guardduty = "guardduty.amazonaws.com";
const trust = (servicePrincipal: string, enabled = true): Desired["trustedAccess"][number] => ({
  servicePrincipal,
  enabled,
  span,
});
const delegate = (
  account: string,
  servicePrincipal = guardduty,
  present = true,
): Desired["delegatedAdministrators"][number] => ({ servicePrincipal, account, present, span });

const two = { accounts: [{ name: "Old" }, { name: "New" }] };

describe("trusted access and delegated administrators", () => {
  it("come in that order", () => {
    const snapshot = snapshotOf(two);
    const change = {
      trustedAccess: [trust(guardduty)],
      delegatedAdministrators: [delegate("New")],
    };
    const made = planWith(snapshot, change);
    expect(steps(made)).toEqual([
      `EnableAWSServiceAccess trustedAccess:${guardduty}`,
      `RegisterDelegatedAdministrator delegatedAdministrator:${guardduty}/New`,
    ]);
    expect(made.changes[1]?.dependsOn).toEqual([made.changes[0]?.id]);
    expectConverges(snapshot, change);
  });

  it("are replaced in order where a service takes one administrator", () => {
    const snapshot = snapshotOf({
      ...two,
      trustedAccess: [guardduty],
      delegated: { Old: [guardduty] },
    });
    const change = { delegatedAdministrators: [delegate("New")] };
    expect(planWith(snapshot, change).changes).toMatchObject([
      { operation: "DeregisterDelegatedAdministrator", account: accountId(0), risk: "protection" },
      { operation: "RegisterDelegatedAdministrator", account: accountId(1) },
    ]);
    expectConverges(snapshot, change);
  });

  it.each([
    ["sso.amazonaws.com", ["ORGRAIL3056"]],
    [guardduty, []],
  ])(
    "are replaced with a warning of what is lost where no service says it: %s",
    (service, said) => {
      const snapshot = snapshotOf({
        ...two,
        trustedAccess: [service],
        delegated: { Old: [service] },
      });
      const change = { delegatedAdministrators: [delegate("New", service)] };
      expect(codes(planWith(snapshot, change), "warning")).toEqual(said);
      expect(
        codes(
          planWith(snapshot, { delegatedAdministrators: [delegate("Old", service)] }),
          "warning",
        ),
      ).toEqual([]);
    },
  );

  it("go only by word: deregistered first, then disabled", () => {
    const snapshot = snapshotOf({
      ...two,
      trustedAccess: [guardduty, "ram.amazonaws.com"],
      delegated: { Old: [guardduty] },
    });
    expect(steps(planWith(snapshot, { trustedAccess: [], delegatedAdministrators: [] }))).toEqual(
      [],
    );
    const change = {
      trustedAccess: [trust(guardduty, false)],
      delegatedAdministrators: [delegate("Old", guardduty, false)],
    };
    expect(steps(planWith(snapshot, change)).map((step) => step.split(" ")[0])).toEqual([
      "DeregisterDelegatedAdministrator",
      "DisableAWSServiceAccess",
    ]);
    expectConverges(snapshot, change);
    expect(codes(planWith(snapshot, { ...change, delegatedAdministrators: [] }))).toEqual([
      "ORGRAIL3053",
    ]);
  });

  it("leave others alone in additive mode and deregister them in exclusive mode", () => {
    const service = "cloudtrail.amazonaws.com";
    const snapshot = snapshotOf({
      ...two,
      trustedAccess: [service],
      delegated: { Old: [service] },
    });
    const change = { delegatedAdministrators: [delegate("New", service)] };
    expect(steps(planWith(snapshot, change))).toEqual([
      `RegisterDelegatedAdministrator delegatedAdministrator:${service}/New`,
    ]);
    const ownership = { ...additive, delegatedAdministrators: "exclusive" as const };
    expectConverges(snapshot, { ...change, ownership });
    expect(planWith(snapshot, { ...change, ownership }).changes).toHaveLength(2);
  });

  it("flag the loss of Identity Center as a lock-out", () => {
    const snapshot = snapshotOf({ trustedAccess: ["sso.amazonaws.com"] });
    const made = planWith(snapshot, { trustedAccess: [trust("sso.amazonaws.com", false)] });
    expect(made.changes).toMatchObject([{ risk: "lockout" }]);
    expect(codes(made, "warning")).toEqual(["ORGRAIL3054"]);
  });

  it.each([
    ["the management account", [delegate("Management")], [trust(guardduty)], "ORGRAIL3051"],
    ["one without trusted access", [delegate("New")], [], "ORGRAIL3050"],
    [
      "two where one is taken",
      [delegate("New"), delegate("Old")],
      [trust(guardduty)],
      "ORGRAIL3052",
    ],
    [
      "one where none is taken",
      [delegate("New", "ram.amazonaws.com")],
      [trust("ram.amazonaws.com")],
      "ORGRAIL3052",
    ],
  ])("refuse %s", (_, delegatedAdministrators, trustedAccess, code) => {
    const made = planWith(snapshotOf(two), { delegatedAdministrators, trustedAccess });
    expect(codes(made)).toEqual([code]);
  });

  it("enable what a policy type needs first", () => {
    const policyTypes = [{ type: "SECURITYHUB_POLICY" as const, enabled: true, span }];
    expect(codes(planWith(snapshotOf({}), { policyTypes }))).toEqual(["ORGRAIL3040"]);
    const change = { policyTypes, trustedAccess: [trust("securityhub.amazonaws.com")] };
    expect(steps(planWith(snapshotOf({}), change)).map((step) => step.split(" ")[0])).toEqual([
      "EnableAWSServiceAccess",
      "EnablePolicyType",
    ]);
    expectConverges(snapshotOf({}), change);
  });
});

describe("the resource policy", () => {
  const content = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::200000000000:root" },
        Action: ["organizations:List*", "organizations:Describe*"],
        Resource: "*",
      },
    ],
  });

  it("is made, compared by meaning, and deleted by word", () => {
    const snapshot = snapshotOf({});
    const change: Partial<Desired> = { resourcePolicy: { content, span, tags: { a: "1" } } };
    expect(planWith(snapshot, change).changes).toMatchObject([
      { operation: "PutResourcePolicy", action: "create", before: null },
    ]);
    expectConverges(snapshot, change);
    const live = { id: "rp-1", arn: "arn", content: JSON.stringify(JSON.parse(content), null, 2) };
    const there = { ...snapshot, organization: { ...snapshot.organization, resourcePolicy: live } };
    expect(steps(planWith(there, { resourcePolicy: { content, span } }))).toEqual([]);
    expect(planWith(there, { resourcePolicy: null }).changes).toMatchObject([
      { operation: "DeleteResourcePolicy", risk: "destructive" },
    ]);
    const caller = { ...snapshot.caller, standing: "delegatedAdministrator" as const };
    expect(planWith({ ...there, caller }, { resourcePolicy: null }).changes).toMatchObject([
      { risk: "lockout" },
    ]);
  });
});

describe("the organization", () => {
  const snapshot = snapshotOf({ units: ["A"] });
  const gap: Gap = {
    kind: "access-denied",
    operation: "organizations:ListOrganizationalUnitsForParent",
    subject: "organizationalUnits",
    message: "denied",
  };
  const wish = { organizationalUnits: [{ path: ["New"], ignore: false, remove: false, span }] };
  const named = (organization: object): Partial<Desired> => ({
    ...wish,
    organization: { governedRegions: [], span, ...organization },
  });

  it.each([
    ["another one", snapshot, named({ id: "o-zzzzzzzzzz" }), "ORGRAIL3001"],
    ["one that is not filled in", snapshot, named({ id: unknownOrganizationId }), "ORGRAIL3000"],
    [
      "another management account",
      snapshot,
      named({ managementAccountId: "9".repeat(12) }),
      "ORGRAIL3002",
    ],
    [
      "one without all features",
      {
        ...snapshot,
        organization: { ...snapshot.organization, featureSet: "CONSOLIDATED_BILLING" as const },
      },
      wish,
      "ORGRAIL3003",
    ],
    ["a tree that was not read", { ...snapshot, gaps: [gap] }, wish, "ORGRAIL3004"],
  ])("is not planned for %s", (_, live, change, code) => {
    const made = planWith(live, change);
    expect(codes(made)).toEqual([code]);
    expect(steps(made)).toEqual([]);
  });

  it("may be named by its ids", () => {
    const change = named({ id: "o-abcdefghij", managementAccountId: managementId });
    expect(codes(planWith(snapshot, change))).toEqual([]);
  });

  it.each([
    ["trusted access", "trustedAccess", { trustedAccess: [trust(guardduty)] }],
    [
      "delegated administrators",
      "delegatedAdministrators",
      { delegatedAdministrators: [delegate("Management")] },
    ],
    ["the resource policy", "resourcePolicy", { resourcePolicy: { content: deny("a:b"), span } }],
  ] as const)("leaves out %s where it was not read", (_, member, change) => {
    const organization = { ...snapshot.organization };
    delete (organization as { [Key in typeof member]?: unknown })[member];
    const made = planWith({ ...snapshot, organization }, change);
    expect(steps(made)).toEqual([]);
    expect(codes(made, "warning")).toEqual(["ORGRAIL3005"]);
  });
});
