import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../core/json.ts";
import { administers, worksIn } from "./scope.ts";

const units = new Set(["r-root", "ou-dev"]);
const scope = (AccountScope: JsonObject, OrganizationalUnitScope: JsonObject): JsonObject => ({
  AccountScope,
  OrganizationalUnitScope,
});
const all = { AllAccountsEnabled: true };
const allUnits = { AllOrganizationalUnitsEnabled: true };
const only = (...Accounts: string[]): JsonObject => ({ Accounts });
const below = (...OrganizationalUnits: string[]): JsonObject => ({ OrganizationalUnits });
const without = (...Accounts: string[]): JsonObject => ({
  Accounts,
  ExcludeSpecifiedAccounts: true,
});
const notBelow = (...OrganizationalUnits: string[]): JsonObject => ({
  OrganizationalUnits,
  ExcludeSpecifiedOrganizationalUnits: true,
});

describe("the scope of an administrator", () => {
  it.each<[boolean, JsonObject, JsonObject]>([
    [true, all, allUnits],
    [true, all, below("ou-dev")],
    [true, all, below("r-root")],
    [false, all, below("ou-prod")],
    [true, only("1"), allUnits],
    [false, only("2"), allUnits],
    [true, only("1"), below("ou-prod")],
    [true, only("2"), below("ou-dev")],
    [false, only("2"), below("ou-prod")],
    [true, only("1"), {}],
    [false, only("2"), {}],
    [true, {}, below("ou-dev")],
    [true, without("2"), allUnits],
    [false, without("1"), allUnits],
    [true, without("2"), {}],
    [false, all, notBelow("ou-dev")],
    [true, all, notBelow("ou-prod")],
    [false, only("1"), notBelow("ou-dev")],
    [false, without("1"), below("ou-dev")],
    [false, {}, {}],
  ])("%s: accounts %o, units %o", (wanted, accounts, organizationalUnits) => {
    expect(administers(scope(accounts, organizationalUnits), "1", units)).toBe(wanted);
  });

  it("names Regions, or takes all", () => {
    expect(worksIn({ RegionScope: { AllRegionsEnabled: true } }, "eu-west-1")).toBe(true);
    expect(worksIn({ RegionScope: { Regions: ["eu-west-1"] } }, "eu-west-1")).toBe(true);
    expect(worksIn({ RegionScope: { Regions: ["us-east-1"] } }, "eu-west-1")).toBe(false);
    expect(worksIn({}, "eu-west-1")).toBe(false);
  });
});
