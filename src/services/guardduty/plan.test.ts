import { describe, expect, test } from "vitest";
import type { OrganizationFacts, PlannedAccount, ServicePlan } from "../../core/service-plan.ts";
import { guardDutyPlanner } from "./plan.ts";
import type { GuardDutyBlock } from "./schema.ts";
import type { GuardDutyState, RegionRead } from "./state.ts";

const account = (name: string, id: string, more: Partial<PlannedAccount> = {}): PlannedAccount => ({
  name,
  id,
  email: `${name.toLowerCase()}@example.com`,
  exists: true,
  state: "ACTIVE",
  isManagement: false,
  path: ["Workloads"],
  ...more,
});
const management = account("Management", "100000000000", { isManagement: true, path: [] });
const audit = account("Audit", "200000000000", { path: ["Security"] });
const shop = account("Shop", "300000000000");
const dev = account("Dev", "400000000000", { path: ["Workloads", "Dev"] });

const facts = (
  accounts: readonly PlannedAccount[] = [management, audit, shop, dev],
): OrganizationFacts => ({
  organizationId: "o-example0000",
  managementAccountId: "100000000000",
  partition: "aws",
  homeRegion: "eu-west-1",
  governedRegions: ["eu-west-1"],
  units: [{ path: [], id: "r-root" }],
  accounts,
});

/** A Region in which all is as the block below wants it. */
const settled: RegionRead = {
  administrator: "200000000000",
  detectors: {
    "200000000000": {
      id: "d1",
      enabled: true,
      frequency: "SIX_HOURS",
      features: { S3_DATA_EVENTS: true },
      managed: [],
    },
  },
  organization: { autoEnable: "ALL", features: { S3_DATA_EVENTS: "ALL" }, limitReached: false },
  members: [
    {
      relationship: "Enabled",
      features: { S3_DATA_EVENTS: true },
      accounts: ["100000000000", "300000000000", "400000000000"],
    },
  ],
};
const block: GuardDutyBlock = {
  delegatedAdministrator: "Audit",
  features: { S3_DATA_EVENTS: "ALL" },
};

function planned(
  read: RegionRead | undefined,
  more: Partial<GuardDutyBlock> = {},
  state: Partial<GuardDutyState> = {},
  organization = facts(),
): ServicePlan {
  const regions = read === undefined ? {} : { "eu-west-1": read };
  return guardDutyPlanner.plan({
    block: { ...block, ...more },
    state: { policyType: false, regions, ...state },
    facts: organization,
    files: {},
  });
}

const steps = ({ changes }: ServicePlan): readonly string[] =>
  changes.map(({ operation, input }) =>
    Array.isArray(input.AccountDetails)
      ? `${operation} ${input.AccountDetails.map((one) => (one as { AccountId: unknown }).AccountId).join()}`
      : operation,
  );
const codes = ({ issues }: ServicePlan): readonly string[] => issues.map(({ code }) => code);

describe("GuardDuty's plan", () => {
  test.each<[string, RegionRead | undefined, Partial<GuardDutyBlock>, readonly string[]]>([
    ["nothing, where all is as it shall be", settled, {}, []],
    ["nothing, where nothing was read", undefined, {}, []],
    ["nothing, where the detector was not read", { ...settled, detectors: {} }, {}, []],
    [
      "no members, where they were not read",
      { administrator: settled.administrator, detectors: settled.detectors },
      {},
      [],
    ],
    [
      "all, from nothing: the configuration before the members, who get it then",
      { administrator: null, detectors: { "200000000000": null, "100000000000": null } },
      {},
      [
        "CreateDetector",
        "EnableOrganizationAdminAccount",
        "UpdateOrganizationConfiguration",
        "CreateDetector",
        "CreateMembers 100000000000,300000000000,400000000000",
      ],
    ],
    [
      "the management account's detector first, where it is no member",
      {
        ...settled,
        detectors: { ...settled.detectors, "100000000000": null },
        members: [{ relationship: "Enabled", accounts: ["300000000000", "400000000000"] }],
      },
      {},
      ["CreateDetector", "CreateMembers 100000000000"],
    ],
    [
      "those who were removed, and those who are suspended",
      {
        ...settled,
        members: [
          { relationship: "Enabled", accounts: ["100000000000"] },
          { relationship: "Removed", accounts: ["300000000000"] },
          { relationship: "Disabled", accounts: ["400000000000"] },
        ],
      },
      {},
      ["CreateMembers 300000000000", "StartMonitoringMembers"],
    ],
    [
      "no members, where only new accounts are asked for",
      {
        ...settled,
        organization: { autoEnable: "NEW", features: {}, limitReached: false },
        members: [],
      },
      { autoEnable: "NEW", features: undefined },
      [],
    ],
    [
      "what the administrator's own detector lacks, in one call",
      {
        ...settled,
        detectors: {
          "200000000000": {
            id: "d1",
            enabled: false,
            frequency: "SIX_HOURS",
            features: { S3_DATA_EVENTS: false },
          },
        },
      },
      { findingPublishingFrequency: "ONE_HOUR" },
      ["UpdateDetector"],
    ],
  ])("holds %s", (_, read, more, expected) => {
    expect(steps(planned(read, more))).toEqual(expected);
  });

  test("asks AWS for new accounts alone where accounts are excluded, and enrols the others", () => {
    const members = [{ relationship: "Enabled", accounts: ["100000000000"] }];
    const plan = planned(
      { ...settled, members },
      { excludeOrganizationalUnits: ["Workloads/Dev"] },
    );
    expect(steps(plan)).toEqual(["UpdateOrganizationConfiguration", "CreateMembers 300000000000"]);
    expect(plan.changes[0]).toMatchObject({
      before: { autoEnable: "ALL", features: { S3_DATA_EVENTS: "ALL" } },
      after: { autoEnable: "NEW", features: { S3_DATA_EVENTS: "NEW" } },
      risk: "protection",
    });
  });

  test("gives members in batches of 50 what they lack, grouped by what that is", () => {
    const many = Array.from({ length: 120 }, (_, index) =>
      account(`A${index}`, `${500000000000 + index}`),
    );
    const off = many.slice(0, 60).map(({ id }) => String(id));
    const both = many.slice(60).map(({ id }) => String(id));
    const members = [
      {
        relationship: "Enabled",
        features: { S3_DATA_EVENTS: false, EKS_AUDIT_LOGS: true },
        accounts: off,
      },
      {
        relationship: "Enabled",
        features: { S3_DATA_EVENTS: false, EKS_AUDIT_LOGS: false },
        accounts: both,
      },
    ];
    const plan = planned(
      {
        ...settled,
        members,
        organization: {
          autoEnable: "ALL",
          features: { S3_DATA_EVENTS: "ALL", EKS_AUDIT_LOGS: "ALL" },
          limitReached: false,
        },
      },
      { features: { S3_DATA_EVENTS: "ALL", EKS_AUDIT_LOGS: "ALL" } },
      {},
      facts([audit, management, ...many]),
    );
    const sizes = plan.changes
      .filter(({ operation }) => operation === "UpdateMemberDetectors")
      .map(({ input, after }) => [
        (input.AccountIds as readonly string[]).length,
        Object.keys((after as { features: object }).features).length,
      ]);
    expect(sizes).toEqual([
      [50, 1],
      [10, 1],
      [50, 2],
      [10, 2],
    ]);
  });

  test("leaves what a policy manages to it, and says so", () => {
    const features = { S3_DATA_EVENTS: false };
    const members = [
      {
        relationship: "Enabled",
        features,
        managed: ["S3_DATA_EVENTS"],
        accounts: ["300000000000"],
      },
      { relationship: "Enabled", features, accounts: ["100000000000", "400000000000"] },
    ];
    const organization = { autoEnable: "NONE" as const, features: {}, limitReached: false };
    const plan = planned({ ...settled, members, organization }, {}, { policyType: true });
    expect(plan.changes).toMatchObject([
      {
        operation: "UpdateMemberDetectors",
        input: { AccountIds: ["400000000000", "100000000000"].sort() },
      },
    ]);
    expect(codes(plan)).toEqual(["ORGRAIL3211", "ORGRAIL3213"]);
  });

  test("enrols accounts that the same plan makes, after them, and others without waiting", () => {
    const coming = account("New", "", { id: { $ref: "account:New" }, exists: false });
    const plan = planned(
      {
        ...settled,
        members: [{ relationship: "Enabled", accounts: ["100000000000", "400000000000"] }],
      },
      { features: undefined },
      {},
      facts([audit, coming, dev, management, shop]),
    );
    const [there, later] = plan.changes;
    expect(there?.needs).not.toContain("account:New");
    expect(later?.input.AccountDetails).toEqual([
      { AccountId: { $ref: "account:New" }, Email: "new@example.com" },
    ]);
    expect(later?.needs).toContain("account:New");
  });

  test("says that a feature is not offered in a Region, and does not plan it", () => {
    const plan = planned(settled, { features: { S3_DATA_EVENTS: "ALL", AI_PROTECTION: "ALL" } });
    expect(plan.changes).toEqual([]);
    expect(codes(plan)).toEqual(["ORGRAIL3212"]);
  });

  test("shows members from outside the organization, and leaves them alone", () => {
    const members = [
      ...(settled.members ?? []),
      { relationship: "Enabled", accounts: ["999999999999"] },
    ];
    const plan = planned({ ...settled, members }, { remove: true });
    expect(JSON.stringify(plan.changes)).not.toContain("999999999999");
    expect(planned({ ...settled, members }).foreign).toMatchObject([{ id: "999999999999" }]);
  });

  test("takes GuardDuty down in AWS's order", () => {
    expect(steps(planned(settled, { remove: true }))).toEqual([
      "UpdateOrganizationConfiguration",
      "StopMonitoringMembers",
      "DisassociateMembers",
      "DeleteMembers",
      "DisableOrganizationAdminAccount",
    ]);
  });
});
