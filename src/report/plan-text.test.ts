import { describe, expect, it } from "vitest";
import type { Change, Plan } from "../core/plan.ts";
import { renderPlan } from "./plan-text.ts";

const change = (more: Partial<Change>): Change => ({
  id: "1",
  service: "organizations",
  operation: "MoveAccount",
  address: "account:App",
  action: "move",
  input: { SourceParentId: "ou-1", DestinationParentId: { $ref: "organizationalUnit:B" } },
  before: { parentId: "ou-1" },
  after: { parentId: { $ref: "organizationalUnit:B" } },
  reason: "the file says so",
  dependsOn: [],
  risk: "none",
  fingerprint: "",
  account: "200000000000",
  ...more,
});
const plan = (more: Partial<Plan>): Plan => ({
  schemaVersion: 1,
  organizationId: "o-abcdefghij",
  managementAccountId: "111111111111",
  configDigest: "",
  snapshotTakenAt: "2026-11-22T10:00:00.000Z",
  changes: [],
  ids: { "account:App": "200000000000", "organizationalUnit:A": "ou-1" },
  names: { "111111111111": "Management" },
  foreign: [],
  unchanged: 2,
  diagnostics: [],
  gaps: [],
  ...more,
});
const text = (more: Partial<Plan>, options: object = {}): string =>
  renderPlan(plan(more), { color: false, width: 100, ...options });

describe("renderPlan", () => {
  it("says when there is nothing to do", () => {
    expect(text({})).toBe("No changes. 2 things are as the file wants.\n");
    expect(text({}, { phrase: "drift" })).toBe("No drift. 2 things are as the file wants.\n");
  });

  it("does not claim what it could not read", () => {
    const gap = {
      ...{ kind: "access-denied" as const, operation: "organizations:ListPolicies" },
      ...{
        subject: "policies",
        message: "denied",
        missingPermission: "organizations:ListPolicies",
      },
    };
    const shown = text({ gaps: [gap] });
    expect(shown).toContain("No changes. 2 things are as the file wants, as far as could be read.");
    expect(shown).toContain("allow organizations:ListPolicies");
  });

  it("names an account by itself, not by what it administers", () => {
    const delegated = "delegatedAdministrator:guardduty.amazonaws.com/App";
    const shown = text({
      ids: { "account:App": "200000000000", [delegated]: "200000000000" },
      changes: [
        change({
          service: "guardduty",
          operation: "EnableOrganizationAdminAccount",
          address: "guardduty/administrator@us-east-1",
          input: {},
          before: null,
          after: { administrator: "200000000000", members: ["111111111111", "200000000000"] },
        }),
      ],
    });
    expect(shown).toContain("administrator = App (200000000000)");
    expect(shown).toContain("members = [Management (111111111111), App (200000000000)]");
  });

  it("shows names beside ids, and what is not there yet as new", () => {
    const shown = text({ changes: [change({})] });
    expect(shown).toContain("~ account App (200000000000)");
    expect(shown).toContain("~ parent = A (ou-1) -> B (new)");
    expect(shown.endsWith("Plan: 0 to add, 1 to change, 0 to destroy.\n")).toBe(true);
  });

  it("speaks of drift in its own words", () => {
    const shown = text({ changes: [change({})] }, { phrase: "drift" });
    expect(shown).toContain("Live AWS differs from the file.");
    expect(shown.endsWith("Drift: 0 missing, 1 different, 0 against the file.\n")).toBe(true);
  });

  it("counts risks and errors", () => {
    const diagnostic = { severity: "error" as const, code: "ORGRAIL3001", summary: "wrong" };
    const shown = text({ changes: [change({ risk: "lockout" })], diagnostics: [diagnostic] });
    expect(shown).toContain("# lockout: can shut people or orgrail out");
    expect(shown).toContain("Writes at risk: 1 lockout.");
    expect(shown).toContain("This plan has 1 error and cannot be applied.");
  });

  it("colours only when asked", () => {
    expect(text({ changes: [change({})] }, { color: true })).toContain("\u001b[33m");
    expect(text({ changes: [change({})] })).not.toContain("\u001b");
  });
});
