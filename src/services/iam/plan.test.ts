import { describe, expect, it } from "vitest";
import type { OrganizationFacts, PlannedAccount, ServicePlan } from "../../core/service-plan.ts";
import { iamFacts } from "../../data/iam-facts.ts";
import { isProvenByRule } from "./password-rules.ts";
import { iamPlanner } from "./plan.ts";
import { iamSchema } from "./schema.ts";
import type { IamState, PasswordPolicyState } from "./state.ts";

const account = (name: string, id: string, more: Partial<PlannedAccount> = {}): PlannedAccount => ({
  name,
  id,
  exists: true,
  state: "ACTIVE",
  isManagement: name === "Management",
  path: ["Workloads"],
  ...more,
});

const facts: OrganizationFacts = {
  organizationId: "o-exampleorgid",
  managementAccountId: "111111111111",
  partition: "aws",
  homeRegion: "eu-west-1",
  governedRegions: ["eu-west-1"],
  units: [],
  accounts: [
    account("Audit", "222222222222"),
    account("Gone", "444444444444", { state: "SUSPENDED" }),
    account("Management", "111111111111", { path: [] }),
    account("New", "", { exists: false, id: { $ref: "account:New" } }),
    account("Shop", "333333333333"),
  ],
};

const defaults = iamFacts.passwordPolicyDefaults as PasswordPolicyState;
const good = { ...defaults, MinimumPasswordLength: 14 };
const rules = { passwordPolicy: { minimumLength: 14 } };

const planOf = (block: object, state: IamState): ServicePlan =>
  iamPlanner.plan({ block: iamSchema.parse(block), state, facts, files: {} });
const policies = (shop: PasswordPolicyState | null): IamState => ({
  features: [],
  passwordPolicies: { "111111111111": good, "222222222222": good, "333333333333": shop },
});
const brief = (plan: ServicePlan): readonly (readonly string[])[] =>
  plan.changes.map(({ operation, address }) => [operation, address]);
const fresh = ["UpdateAccountPasswordPolicy", "iam/passwordPolicy@New"];

describe("IAM's plan", () => {
  it("gives every active account the rules, those still to be made too", () => {
    expect(brief(planOf(rules, policies(good)))).toEqual([fresh]);
    const plan = planOf(rules, policies(null));
    expect(brief(plan)).toEqual([
      fresh,
      ["UpdateAccountPasswordPolicy", "iam/passwordPolicy@Shop"],
    ]);
    expect(plan.changes[0]?.workIn).toEqual({ $ref: "account:New" });
  });

  it("keeps rules that the file does not name", () => {
    const found = { ...defaults, RequireSymbols: true, MaxPasswordAge: 90 };
    const [, change] = planOf(rules, policies(found)).changes;
    expect(change?.after).toEqual({ ...found, MinimumPasswordLength: 14 });
    expect(change?.input).toMatchObject({ RequireSymbols: true, MaxPasswordAge: 90 });
    // 0 is no age of a password: the operation knows no rule by leaving it out.
    expect(change?.input).not.toHaveProperty("PasswordReusePrevention");
  });

  it("never makes a number less strict, and expiry never later", () => {
    const strict = { ...defaults, MinimumPasswordLength: 20, MaxPasswordAge: 30 };
    const block = { passwordPolicy: { minimumLength: 14, maximumAgeDays: 90 } };
    const state = { passwordPolicies: { "333333333333": strict } };
    expect(brief(planOf({ ...block, excludeAccounts: ["New"] }, state))).toEqual([]);
    const never = { passwordPolicies: { "333333333333": { ...strict, MaxPasswordAge: 0 } } };
    const [change] = planOf({ ...block, excludeAccounts: ["New"] }, never).changes;
    expect(change?.after).toMatchObject({ MinimumPasswordLength: 20, MaxPasswordAge: 90 });
  });

  const rulesOfConfig: readonly (readonly [object, boolean])[] = [
    [{ minimumLength: 14, requireSymbols: true, preventReuse: 24, maximumAgeDays: 90 }, true],
    [{ minimumLength: 15 }, false],
    [{ maximumAgeDays: 60 }, false],
    [{ maximumAgeDays: 0 }, false],
    [{ requireNumbers: false }, false],
    [{ hardExpiry: true }, false],
  ];
  it.each(rulesOfConfig)("takes Config's word for %j: %s", (given, expected) => {
    expect(isProvenByRule(given)).toBe(expected);
  });

  it("compares accounts that Config proves without having read them", () => {
    const plan = planOf(
      { ...rules, excludeAccounts: ["New"] },
      {
        provenPasswordPolicies: ["333333333333"],
        passwordPolicies: {},
      },
    );
    expect(plan.changes).toEqual([]);
    expect(plan.compared).toContain("iam/passwordPolicy@Shop");
  });

  it("plans nothing for accounts that were not read, excluded or are suspended", () => {
    const plan = planOf({ ...rules, excludeAccounts: ["New"] }, { passwordPolicies: {} });
    expect(brief(plan)).toEqual([]);
  });

  it("switches root access on and off, and needs trusted access for it", () => {
    const block = { centralizedRootAccess: { credentialsManagement: true, sessions: false } };
    const plan = planOf(block, { features: ["RootSessions"] });
    expect(plan.changes).toMatchObject([
      { operation: "EnableOrganizationsRootCredentialsManagement" },
      { operation: "DisableOrganizationsRootSessions", risk: "protection", phase: "undo" },
    ]);
    const { needs } = iamPlanner;
    expect(needs(iamSchema.parse(block)).trustedAccess).toEqual(["iam.amazonaws.com"]);
    expect(needs(iamSchema.parse(rules)).trustedAccess).toEqual([]);
  });

  it("says what is lost while another account becomes the administrator", () => {
    const block = { delegatedAdministrator: "Shop", centralizedRootAccess: { sessions: true } };
    const state = { features: ["RootSessions"], administrators: ["222222222222"] };
    expect(planOf(block, state).issues).toMatchObject([
      { code: "ORGRAIL3172", severity: "warning", path: ["delegatedAdministrator"] },
    ]);
  });

  it("takes back only password policies that are as the block made them", () => {
    const plan = planOf(
      { ...rules, remove: true },
      {
        passwordPolicies: { "222222222222": good, "333333333333": { ...good, HardExpiry: true } },
      },
    );
    expect(brief(plan)).toEqual([["DeleteAccountPasswordPolicy", "iam/passwordPolicy@Audit"]]);
  });
});
