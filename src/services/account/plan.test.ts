import { expect, test } from "vitest";
import type { OrganizationFacts, PlannedAccount, ServicePlan } from "../../core/service-plan.ts";
import type { AccountBlockState } from "./block-state.ts";
import { checkAccountBlock } from "./check.ts";
import { accountPlanner } from "./plan.ts";
import type { AccountBlock } from "./schema.ts";

const contact = {
  name: "Security",
  title: "Team",
  emailAddress: "security@example.com",
  phoneNumber: "+1 206 555 0100",
};
const account = (name: string, id: string, more: Partial<PlannedAccount> = {}): PlannedAccount => ({
  name,
  id,
  exists: true,
  state: "ACTIVE",
  isManagement: false,
  path: [],
  ...more,
});
const facts: OrganizationFacts = {
  organizationId: "o-example0000",
  managementAccountId: "100000000000",
  partition: "aws",
  homeRegion: "eu-west-1",
  governedRegions: ["eu-west-1"],
  units: [{ path: [], id: "r-root" }],
  accounts: [
    account("Gone", "400000000000", { state: "SUSPENDED" }),
    account("Management", "100000000000", { isManagement: true }),
    account("New", "", { exists: false, id: { $ref: "account:New" } }),
    account("Own", "200000000000", { ownContacts: ["SECURITY"] }),
    account("Shop", "300000000000"),
  ],
};

function planned(block: AccountBlock, state: AccountBlockState): ServicePlan {
  return accountPlanner.plan({ block, state, facts, files: {} });
}

test("contacts reach all accounts but those of which the file says something itself", () => {
  const { changes, compared } = planned(
    { alternateContacts: { security: contact } },
    {
      contacts: {
        "100000000000": { SECURITY: null },
        "200000000000": { SECURITY: null },
        "300000000000": { SECURITY: { ...contact, title: "Old" } },
      },
      regions: {},
    },
  );
  expect(changes.map(({ address, action }) => [address, action])).toEqual([
    ["account/alternateContact:SECURITY@Management", "create"],
    ["account/alternateContact:SECURITY@New", "create"],
    ["account/alternateContact:SECURITY@Shop", "update"],
  ]);
  expect(changes[0]?.input.AccountId).toBeUndefined();
  expect(changes[1]?.input.AccountId).toEqual({ $ref: "account:New" });
  expect(changes[2]).toMatchObject({
    before: { ...contact, title: "Old" },
    after: contact,
    needs: ["trustedAccess:account.amazonaws.com", "account:Shop"],
  });
  expect(compared).toHaveLength(3);
});

test("what was not read is not planned", () => {
  const block = { alternateContacts: { security: contact }, enableRegions: ["eu-south-1"] };
  const { changes } = planned(block, { contacts: {}, regions: {} });
  expect(changes.map(({ address }) => address)).toEqual([
    "account/alternateContact:SECURITY@New",
    "account/region:eu-south-1@New",
  ]);
});

test("a Region that is on its way is there; one that is disabled shuts people out", () => {
  const { changes } = planned(
    { enableRegions: ["eu-south-1"], disableRegions: ["me-south-1"], excludeAccounts: ["New"] },
    {
      contacts: {},
      regions: {
        "200000000000": [{ name: "eu-south-1", status: "ENABLING" }],
        "300000000000": [{ name: "me-south-1", status: "ENABLED" }],
      },
    },
  );
  expect(changes.map(({ operation, address, risk }) => [operation, address, risk])).toEqual([
    ["EnableRegion", "account/region:eu-south-1@Shop", undefined],
    ["DisableRegion", "account/region:me-south-1@Shop", "lockout"],
  ]);
});

test("`remove` ends the administration and writes nothing", () => {
  const block = { delegatedAdministrator: "Own", enableRegions: ["eu-south-1"], remove: true };
  expect(planned(block, { contacts: {}, regions: { "300000000000": [] } }).changes).toEqual([]);
  const { trustedAccess, withdraw } = accountPlanner.needs(block);
  expect(trustedAccess).toEqual([]);
  expect(withdraw?.trustedAccess).toEqual(["account.amazonaws.com"]);
});

test("only opt-in Regions can be named, and not the governed ones to be disabled", () => {
  const issues = checkAccountBlock(
    { enableRegions: ["us-east-1", "eu-south-1"], disableRegions: ["eu-south-1", "me-south-1"] },
    {
      accounts: new Set(),
      closing: new Set(),
      organizationalUnits: new Set(),
      governedRegions: ["me-south-1"],
      files: {},
    },
  );
  expect(issues.map(({ code, path }) => [code, ...path])).toEqual([
    ["ORGRAIL1092", "enableRegions", 0],
    ["ORGRAIL1093", "disableRegions", 0],
    ["ORGRAIL1093", "disableRegions", 1],
  ]);
});
