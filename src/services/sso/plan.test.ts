import { describe, expect, it } from "vitest";
import type { OrganizationFacts, PlannedAccount, ServicePlan } from "../../core/service-plan.ts";
import { checkIdentityCenter } from "./check.ts";
import { identityCenterPlanner } from "./plan.ts";
import { type IdentityCenterBlock, identityCenterSchema } from "./schema.ts";
import type { IdentityCenterState } from "./state.ts";

const management = "111111111111";
const shop = "222222222222";
const dev = "333333333333";
const audit = "444444444444";

function account(name: string, id: PlannedAccount["id"], path: readonly string[]): PlannedAccount {
  return {
    name,
    id,
    exists: typeof id === "string",
    state: "ACTIVE",
    isManagement: id === management,
    path,
  };
}

const facts: OrganizationFacts = {
  organizationId: "o-exampleorg",
  managementAccountId: management,
  partition: "aws",
  homeRegion: "eu-west-1",
  governedRegions: ["eu-west-1"],
  units: [],
  accounts: [
    account("Audit", audit, ["Security"]),
    account("Dev", dev, ["Workloads", "Dev"]),
    account("Management", management, []),
    account("New", { $ref: "account:New" }, ["Workloads", "Prod"]),
    account("Shop", shop, ["Workloads", "Prod"]),
  ],
};

const instance = { arn: "arn:instance", identityStoreId: "d-1", region: "eu-west-1" };

const empty: IdentityCenterState = {
  instance,
  asked: ["eu-west-1"],
  permissionSets: [],
  inManagementAccount: [],
  principals: { "GROUP Admins": "g1" },
  names: { "GROUP g1": "Admins" },
  ofPrincipals: { "GROUP g1": [] },
  ofSets: {},
};

function set(name: string): NonNullable<IdentityCenterState["permissionSets"]>[number] {
  return {
    arn: `arn:${name}`,
    name,
    sessionDuration: "PT1H",
    managedPolicies: [],
    customerPolicies: [],
    inlinePolicy: "",
    boundary: null,
    tags: {},
    isProvisioned: true,
    isOutdated: false,
  };
}

const parse = (block: object): IdentityCenterBlock => identityCenterSchema.parse(block);

function plan(block: object, state: IdentityCenterState | undefined): ServicePlan {
  return identityCenterPlanner.plan({ block: parse(block), state, facts, files: {} });
}

const shown = ({ changes }: ServicePlan): readonly string[] =>
  changes.map(({ operation, address, workIn }) => `${operation} ${address} in ${String(workIn)}`);

const assigned = (
  arn: string,
  where: string,
  principal = "GROUP g1",
): {
  account: string;
  permissionSetArn: string;
  principal: string;
} => ({ account: where, permissionSetArn: arn, principal });

describe("the plan of IAM Identity Center", () => {
  it("says what to do when there is no instance, and nothing when it was not read", () => {
    const { instance: _, ...unread } = empty;
    expect(plan({}, { ...empty, instance: null }).issues).toMatchObject([
      { severity: "error", code: "ORGRAIL3181" },
    ]);
    expect(plan({ permissionSets: { A: {} } }, unread)).toMatchObject({ changes: [], issues: [] });
    expect(plan({ permissionSets: { A: {} } }, undefined).changes).toEqual([]);
  });

  it("makes one set for production and one for elsewhere, and assigns each where it belongs", () => {
    const block = {
      production: { organizationalUnits: ["Workloads/Prod"] },
      permissionSets: { Admin: {} },
      assignments: [
        { groups: ["Admins"], permissionSets: ["Admin"], organizationalUnits: ["Workloads"] },
      ],
    };
    const made = plan(block, empty);
    expect(shown(made)).toEqual([
      `CreatePermissionSet sso/permissionSet:Admin in ${management}`,
      `CreatePermissionSet sso/permissionSet:Admin-Production in ${management}`,
      `CreateAccountAssignment sso/assignment:Admin/group:Admins@Dev in ${management}`,
      `CreateAccountAssignment sso/assignment:Admin-Production/group:Admins@New in ${management}`,
      `CreateAccountAssignment sso/assignment:Admin-Production/group:Admins@Shop in ${management}`,
    ]);
    expect(made.changes.map(({ input }) => input.SessionDuration)).toEqual([
      "PT4H",
      "PT1H",
      undefined,
      undefined,
      undefined,
    ]);
    expect(made.changes[3]?.input).toMatchObject({
      TargetId: { $ref: "account:New" },
      PermissionSetArn: { $ref: "sso/permissionSet:Admin-Production" },
    });
  });

  it("works in the management account with what the management account has", () => {
    const block = {
      delegatedAdministrator: "Audit",
      permissionSets: { Here: { sessionDuration: "PT1H" }, Billing: { sessionDuration: "PT2H" } },
      assignments: [
        { groups: ["Admins"], permissionSets: ["Here"], accounts: ["Dev"] },
        { groups: ["Admins"], permissionSets: ["Billing"], accounts: ["Dev", "Management"] },
      ],
    };
    const state = { ...empty, permissionSets: [set("Here"), set("Billing")] };
    expect(shown(plan(block, state))).toEqual([
      `UpdatePermissionSet sso/permissionSet:Billing/settings in ${management}`,
      `ProvisionPermissionSet sso/provisioning:Billing in ${management}`,
      `CreateAccountAssignment sso/assignment:Here/group:Admins@Dev in ${audit}`,
      `CreateAccountAssignment sso/assignment:Billing/group:Admins@Dev in ${management}`,
      `CreateAccountAssignment sso/assignment:Billing/group:Admins@Management in ${management}`,
    ]);
    const there = plan(block, { ...state, inManagementAccount: ["arn:Here"] });
    expect(there.changes.every(({ workIn }) => workIn === management)).toBe(true);
    const { inManagementAccount: _, ...unknown } = state;
    expect(plan(block, unknown).changes.every(({ workIn }) => workIn === management)).toBe(true);
  });

  it("takes an account that became production over to its set, the new one first", () => {
    const block = {
      production: { accounts: ["Shop"] },
      sessionDuration: { default: "PT4H", production: "PT1H" },
      permissionSets: { Admin: {} },
      assignments: [{ groups: ["Admins"], permissionSets: ["Admin"], accounts: ["Shop"] }],
    };
    const made = plan(block, {
      ...empty,
      permissionSets: [{ ...set("Admin"), sessionDuration: "PT4H" }, set("Admin-Production")],
      ofPrincipals: { "GROUP g1": [assigned("arn:Admin", shop)] },
    });
    expect(made.changes).toMatchObject([
      { operation: "CreateAccountAssignment", after: { assigned: true } },
      { operation: "DeleteAccountAssignment", risk: "none" },
    ]);
    expect(made.changes[1]?.needs).toContain(made.changes[0]?.address);
    expect(made.foreign).toEqual([]);
  });

  it("leaves alone what the file does not own, and takes away what it does", () => {
    const state: IdentityCenterState = {
      ...empty,
      permissionSets: [
        { ...set("Admin"), managedPolicies: ["arn:other"], inlinePolicy: '{"a": 1}' },
        set("Stray"),
      ],
      names: { "GROUP g1": "Admins", "GROUP g2": "Others" },
      ofPrincipals: {},
      ofSets: { "arn:Admin": [assigned("arn:Admin", dev, "GROUP g2")] },
    };
    const kept = plan({ permissionSets: { Admin: {} } }, state);
    expect(kept.changes).toEqual([]);
    expect(kept.foreign.map(({ address }) => address).sort()).toEqual([
      "sso/assignment:Admin/group:Others@Dev",
      "sso/permissionSet:Admin/inlinePolicy",
      "sso/permissionSet:Admin/managedPolicy:arn:other",
      "sso/permissionSet:Stray",
    ]);
    const owned = { exclusivePolicies: true, exclusiveAssignments: true };
    const taken = plan({ permissionSets: { Admin: owned } }, state);
    expect(taken.changes).toMatchObject([
      { operation: "DetachManagedPolicyFromPermissionSet", risk: "lockout" },
      { operation: "DeleteInlinePolicyFromPermissionSet", before: { content: '{"a":1}' } },
      { operation: "ProvisionPermissionSet" },
      { operation: "DeleteAccountAssignment", risk: "lockout", account: dev },
    ]);
    expect(taken.foreign.map(({ address }) => address)).toEqual(["sso/permissionSet:Stray"]);
  });

  it("never takes unknown for absent", () => {
    const block = {
      permissionSets: { Admin: { managedPolicies: ["X"], exclusiveAssignments: true } },
      assignments: [{ groups: ["Admins"], permissionSets: ["Admin"], accounts: ["Dev"] }],
    };
    const { managedPolicies: _, ...unread } = set("Admin");
    const listed = { "arn:Admin": [assigned("arn:Admin", dev)] };
    for (const state of [
      { ...empty, permissionSets: [unread], ofPrincipals: {} },
      { ...empty, permissionSets: [unread], principals: {}, ofSets: listed },
    ]) {
      expect(plan(block, state).changes).toEqual([]);
    }
    const { permissionSets: __, ...noSets } = empty;
    expect(plan(block, noSets).changes).toEqual([]);
  });

  it("says which group there is not, once", () => {
    const assignment = { groups: ["Admins"], permissionSets: ["A"], accounts: ["Dev", "Shop"] };
    const made = plan(
      { permissionSets: { A: {} }, assignments: [assignment] },
      { ...empty, permissionSets: [set("A")], principals: { "GROUP Admins": null } },
    );
    expect(made.changes).toEqual([]);
    expect(made.issues.map(({ code }) => code)).toEqual(["ORGRAIL3180"]);
  });

  it("removes a set after its assignments, and never the trust of the organization", () => {
    const block = parse({ remove: true, permissionSets: { A: {} } });
    const made = plan(block, {
      ...empty,
      permissionSets: [set("A")],
      ofSets: { "arn:A": [assigned("arn:A", dev)] },
    });
    expect(made.changes).toMatchObject([
      { operation: "DeleteAccountAssignment", phase: "undo" },
      { operation: "DeletePermissionSet", phase: "undo", risk: "destructive" },
    ]);
    expect(made.changes[1]?.needs).toEqual([made.changes[0]?.address]);
    expect(identityCenterPlanner.needs(block).withdraw?.trustedAccess).toEqual([]);
  });
});

describe("a permission set that is removed", () => {
  const block = { permissionSets: { A: { remove: true } } };
  const removal = (withoutAssignments: IdentityCenterState["withoutAssignments"]) =>
    plan(block, {
      ...empty,
      permissionSets: [set("A"), set("B")],
      ofSets: { "arn:A": [assigned("arn:A", shop)] },
      ...(withoutAssignments === undefined ? {} : { withoutAssignments }),
    });

  it("says which accounts have it without an assignment, for which AWS refuses it", () => {
    const made = removal({ "arn:A": [shop, dev], "arn:B": [audit] });
    expect(made.issues).toMatchObject([
      {
        severity: "warning",
        code: "ORGRAIL3182",
        path: ["permissionSets", "A"],
        summary: expect.stringContaining("while Dev, Shop have it without any assignment"),
      },
    ]);
    expect(made.changes.map(({ operation }) => operation)).toContain("DeletePermissionSet");
  });

  it("says nothing where all accounts that have it have assignments", () => {
    expect(removal(undefined).issues).toEqual([]);
    expect(removal({ "arn:B": [audit] }).issues).toEqual([]);
  });
});

describe("the check of a block", () => {
  const context = {
    accounts: new Set(["Dev"]),
    closing: new Set<string>(),
    organizationalUnits: new Set(["Root", "Workloads"]),
    governedRegions: ["eu-west-1"],
    files: { "bad.json": '{"Statement": 1}' },
  };
  const base = { groups: ["G"], permissionSets: ["A"] };
  it.each([
    [
      "a duration without production",
      { permissionSets: { A: { sessionDuration: { default: "PT4H", production: "PT1H" } } } },
      "ORGRAIL1180",
    ],
    [
      "a session that is too long",
      { permissionSets: { A: { sessionDuration: "PT13H" } } },
      "ORGRAIL1181",
    ],
    [
      "a policy that is none",
      { permissionSets: { A: { inlinePolicy: "bad.json" } } },
      "ORGRAIL1183",
    ],
    [
      "a name that becomes too long",
      { production: { accounts: ["Dev"] }, permissionSets: { A123456789012345678901234567: {} } },
      "ORGRAIL1184",
    ],
    [
      "an unknown account",
      { permissionSets: { A: {} }, assignments: [{ ...base, accounts: ["Nobody"] }] },
      "ORGRAIL1051",
    ],
    [
      "an unknown unit",
      { permissionSets: { A: {} }, assignments: [{ ...base, organizationalUnits: ["X"] }] },
      "ORGRAIL1050",
    ],
    ["an assignment to nothing", { permissionSets: { A: {} }, assignments: [base] }, "ORGRAIL1186"],
    [
      "an assignment for nobody",
      { permissionSets: { A: {} }, assignments: [{ permissionSets: ["A"], accounts: ["Dev"] }] },
      "ORGRAIL1187",
    ],
    ["a set that is not there", { assignments: [{ ...base, accounts: ["Dev"] }] }, "ORGRAIL1188"],
  ])("finds %s", (_, block, code) => {
    const issues = checkIdentityCenter(parse(block), context);
    expect(new Set(issues.map((issue) => issue.code))).toEqual(new Set([code]));
  });
});
