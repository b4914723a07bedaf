import { beforeAll, describe, expect, it } from "vitest";
import { digest } from "../../src/core/digest.ts";
import type { Change, Plan } from "../../src/core/plan.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { createJournal } from "../../src/store/journal.ts";
import { memoryStorage } from "../../src/store/journal-storage.ts";
import { applyTo, original, scenarioPlan } from "./connect.ts";

let sandbox: Sandbox;
let plan: Plan;

beforeAll(async () => {
  sandbox = openSandbox({ snapshot: original() });
  plan = await scenarioPlan(sandbox);
});

/** The plan with its first change altered. */
function altered(change: Partial<Change>): Plan {
  const [first, ...rest] = plan.changes;
  if (first === undefined) throw new Error("an empty plan");
  return { ...plan, changes: [{ ...first, ...change }, ...rest] };
}

describe("applyPlan refuses, before it writes anything,", () => {
  it.each<[string, () => Plan, string, string]>([
    [
      "a plan of another organization",
      () => ({ ...plan, organizationId: "o-zzzzzzzzzz" }),
      "ORGRAIL4109",
      "o-zzzzzzzzzz",
    ],
    [
      "a plan of a later format",
      () => ({ ...plan, schemaVersion: 2 as 1 }),
      "ORGRAIL4104",
      "format is 2",
    ],
    [
      "a plan without changes' list",
      () => ({ ...plan, changes: {} as never }),
      "ORGRAIL4104",
      "damaged",
    ],
    [
      "a changed `before`",
      () => altered({ before: { enabled: false } }),
      "ORGRAIL4104",
      "fingerprint",
    ],
    [
      "a change that rests on nothing",
      () => altered({ dependsOn: ["nowhere"] }),
      "ORGRAIL4104",
      "nowhere",
    ],
    [
      "a change twice",
      () => ({ ...plan, changes: [...plan.changes, ...plan.changes] }),
      "ORGRAIL4104",
      "twice",
    ],
    [
      "an unknown operation",
      () => altered({ operation: "LeaveOrganization" }),
      "ORGRAIL4105",
      "organizations:LeaveOrganization",
    ],
    ["an unknown service", () => altered({ service: "billing" }), "ORGRAIL4105", "billing"],
    [
      "a service by a name of JavaScript's",
      () => altered({ service: "constructor" }),
      "ORGRAIL4105",
      "constructor",
    ],
    [
      "a plan with errors",
      () => ({ ...plan, diagnostics: [{ severity: "error", code: "X", summary: "x" }] }),
      "ORGRAIL4103",
      "errors",
    ],
  ])("%s", async (_, make, code, message) => {
    const copy = sandbox.copy();
    await expect(applyTo(copy, make())).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
    expect(copy.calls.filter(({ kind }) => kind === "write")).toEqual([]);
  });

  it("the journal of another plan", async () => {
    const storage = memoryStorage();
    const other = { ...plan, configDigest: digest("other") };
    await createJournal(storage, other, "2026-11-01T00:00:00.000Z");
    await expect(applyTo(sandbox.copy(), plan, { storage })).rejects.toMatchObject({
      code: "ORGRAIL4110",
    });
  });

  it("a journal that is damaged", async () => {
    const storage = memoryStorage("{}\n{}\n");
    const copy = sandbox.copy();
    await expect(applyTo(copy, plan, { storage })).rejects.toMatchObject({ code: "ORGRAIL4207" });
    expect(copy.calls).toEqual([]);
  });

  it("a reference that nothing makes, as a failed change", async () => {
    const input = { RootId: { $ref: "organizationalUnit:Nowhere" }, PolicyType: "TAG_POLICY" };
    const copy = sandbox.copy();
    const report = await applyTo(copy, altered({ input }));
    expect(report.outcomes[0]).toMatchObject({
      status: "failed",
      code: "ORGRAIL4104",
      message: expect.stringContaining("organizationalUnit:Nowhere"),
    });
  });
});
