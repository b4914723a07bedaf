import { beforeAll, describe, expect, it } from "vitest";
import type { Plan } from "../../src/core/plan.ts";
import type { Fault } from "../../src/sandbox/faults.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { configureOrganizations } from "../../src/services/organizations/sandbox/state.ts";
import { memoryStorage } from "../../src/store/journal-storage.ts";
import { applyTo, connect, original, read, scenarioPlan } from "./connect.ts";
import { planOf, wanted } from "./scenario.ts";
import { worldEssence } from "./world-essence.ts";

let start: Sandbox;
let plan: Plan;
let final: Readonly<Record<string, unknown>>;

beforeAll(async () => {
  start = openSandbox({ snapshot: original() });
  plan = await scenarioPlan(start);
  const sandbox = start.copy();
  await applyTo(sandbox, plan);
  final = worldEssence(sandbox.world);
});

describe("apply ends in the same organization", () => {
  const operations = (): string[] => [...new Set(plan.changes.map(({ operation }) => operation))];

  it.each<[string, Omit<Fault, "operation">]>([
    [
      "the answer to the first write of each kind is lost",
      { name: "connectionReset", when: "after" },
    ],
    ["the first write of each kind does not arrive", { name: "connectionReset", when: "before" }],
    ["AWS fails at the first write of each kind", { name: "serverError", when: "before" }],
    ["AWS fails after the first write of each kind", { name: "serverError", when: "after" }],
    ["the first write of each kind takes too long", { name: "timeout", when: "after" }],
  ])("when %s", async (_, fault) => {
    const sandbox = start.copy();
    for (const operation of operations()) sandbox.faults.add({ ...fault, operation, nth: 1 });
    const report = await applyTo(sandbox, plan);
    expect(report.outcomes.filter(({ status }) => status !== "done")).toEqual([]);
    expect(worldEssence(sandbox.world)).toEqual(final);
  });

  it("when every fifth call is throttled and every tenth reset", async () => {
    const sandbox = start.copy();
    sandbox.faults.add({ name: "throttle", probability: 0.2 });
    sandbox.faults.add({ name: "connectionReset", probability: 0.05, when: "before" });
    sandbox.faults.add({ name: "connectionReset", probability: 0.05, when: "after" });
    const report = await applyTo(sandbox, plan);
    expect(report.counts).toMatchObject({ failed: 0, refused: 0, skipped: 0, pending: 0 });
    expect(worldEssence(sandbox.world)).toEqual(final);
  });

  it("when reads show the world as it was ten seconds ago", async () => {
    const sandbox = start.copy();
    sandbox.faults.add({ name: "delayedVisibility", delayMs: 10_000 });
    const report = await applyTo(sandbox, plan);
    expect(report.outcomes.filter(({ status }) => status !== "done")).toEqual([]);
    expect(worldEssence(sandbox.world)).toEqual(final);
  });

  it("when reads lag and answers are lost", async () => {
    const sandbox = start.copy();
    sandbox.faults.add({ name: "delayedVisibility", delayMs: 10_000 });
    for (const operation of operations()) {
      sandbox.faults.add({ name: "connectionReset", when: "after", operation, nth: 1 });
    }
    const report = await applyTo(sandbox, plan);
    expect(report.counts).toMatchObject({ failed: 0, refused: 0, skipped: 0, pending: 0 });
    // AWS refused a second request for an account whose first it did not show yet: no second account.
    const { creations: _, ...rest } = final;
    expect(worldEssence(sandbox.world)).toMatchObject(rest);
  });

  it("when AWS takes its time with policy types, and its published rates hold", async () => {
    const sandbox = openSandbox({ snapshot: original(), rates: "published" });
    configureOrganizations(sandbox.world, { policyTypeChangeMs: 15_000 });
    const throttled: string[] = [];
    const aws = connect(sandbox, {
      rates: (await import("../../src/data/request-rates.ts")).requestRates,
      onCall: ({ operation, outcome }) => {
        if (outcome === "throttled") throttled.push(operation);
      },
    });
    const report = await applyTo(sandbox, await scenarioPlan(sandbox), { aws });
    expect(report.counts).toMatchObject({ failed: 0, refused: 0, skipped: 0, pending: 0 });
    // The plan was read by another client, whose calls count in the same buckets.
    expect(throttled.length).toBeLessThan(6);
  });
});

describe("apply beside others", () => {
  it("waits while another change of the organization is under way", async () => {
    const sandbox = start.copy();
    configureOrganizations(sandbox.world, { writeMs: 3_000 });
    const other = connect(sandbox);
    let busy = 0;
    const disturb = async (): Promise<void> => {
      for (let i = 0; i < 12; i++) {
        const input = { ResourceId: "r-abcd", Tags: [{ Key: `Other${i}`, Value: "x" }] };
        // It may give up when it never finds a gap: only apply's calls are looked at here.
        await other
          .call("organizations", "TagResource", input, { idempotent: true })
          .catch((error: unknown) => expect(error).toMatchObject({ kind: "conflict" }));
        await sandbox.clock.sleep(1_000);
      }
    };
    const aws = connect(sandbox, {
      onCall: ({ outcome }) => {
        if (outcome === "conflict") busy++;
      },
    });
    const [report] = await Promise.all([applyTo(sandbox, plan, { aws }), disturb()]);
    expect(report.counts).toMatchObject({ failed: 0, refused: 0, skipped: 0, pending: 0 });
    expect(busy).toBeGreaterThan(0);
  });

  it("refuses change by change what somebody else has changed since the plan", async () => {
    const sandbox = start.copy();
    const other = connect(sandbox);
    const { organization } = await read(sandbox);
    const idOf = (name: string): string =>
      [
        ...organization.organizationalUnits,
        ...organization.accounts,
        ...(organization.policies ?? []),
      ].find((thing) => thing.name === name)?.id ?? "";
    const move = { AccountId: idOf("Shop"), SourceParentId: idOf("Legacy") };
    await other.call("organizations", "MoveAccount", { ...move, DestinationParentId: "r-abcd" });
    await other.call("organizations", "UpdatePolicy", {
      PolicyId: idOf("DenyLeave"),
      Description: "mine",
    });
    await other.call("organizations", "UpdateOrganizationalUnit", {
      OrganizationalUnitId: idOf("Prod"),
      Name: "Live",
    });
    await other.call("organizations", "CreatePolicy", {
      Name: "Freeze",
      Type: "SERVICE_CONTROL_POLICY",
      Description: "",
      Content:
        '{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"rds:*","Resource":"*"}]}',
    });
    const report = await applyTo(sandbox, plan);
    const refused = report.outcomes.filter(({ status }) => status === "refused");
    const messages = Object.fromEntries(
      refused.map(({ change, message }) => [change.id.split("#")[0], message]),
    );
    expect(Object.keys(messages).sort()).toEqual([
      "account:Shop",
      "organizationalUnit:Workloads/Production",
      "policy:SERVICE_CONTROL_POLICY/DenyLeave",
      "policy:SERVICE_CONTROL_POLICY/Freeze",
    ]);
    expect(messages["account:Shop"]).toContain("parentId is `r-abcd`");
    expect(messages["account:Shop"]).toContain("(Legacy)");
    expect(messages["policy:SERVICE_CONTROL_POLICY/DenyLeave"]).toContain(
      "description is `mine`, was ``",
    );
    expect(messages["policy:SERVICE_CONTROL_POLICY/Freeze"]).toContain("it exists now");
    const skipped = report.outcomes.filter(({ status }) => status === "skipped");
    expect(skipped.length).toBeGreaterThan(0);
    for (const { because } of skipped) {
      const cause = report.outcomes.find(({ change }) => change.id === because);
      expect(["refused", "skipped"]).toContain(cause?.status);
    }
    expect(report.counts.done).toBe(plan.changes.length - refused.length - skipped.length);
    expect(report.counts).toMatchObject({ failed: 0, pending: 0 });
    // A new plan sees the world as it is now, and closes the rest.
    const again = await applyTo(sandbox, planOf(wanted, await read(sandbox)));
    expect(again.counts).toMatchObject({ failed: 0, refused: 0, skipped: 0, pending: 0 });
    expect(planOf(wanted, await read(sandbox)).changes).toEqual([]);
  });

  it("finds done what somebody else has done in its place", async () => {
    const sandbox = start.copy();
    const other = connect(sandbox);
    const { OrganizationalUnit: unit } = await other.call(
      "organizations",
      "CreateOrganizationalUnit",
      { ParentId: "r-abcd", Name: "Infrastructure" },
    );
    const report = await applyTo(sandbox, plan);
    const outcome = report.outcomes.find(
      ({ change }) => change.address === "organizationalUnit:Infrastructure",
    );
    expect(outcome).toMatchObject({ status: "already", id: unit?.Id });
    expect(worldEssence(sandbox.world)).toEqual(final);
  });
});

describe("apply that cannot go on", () => {
  it("stops after minutes of throttling, says so, and can be resumed", async () => {
    const sandbox = start.copy();
    const storage = memoryStorage();
    const remove = sandbox.faults.add({ name: "throttle", operation: "AttachPolicy" });
    const startedAtMs = sandbox.clock.now();
    const report = await applyTo(sandbox, plan, { storage });
    expect(report.stoppedBy).toMatchObject({ code: "ORGRAIL4006" });
    expect(report.counts.pending).toBeGreaterThan(0);
    expect(report.counts.done).toBeGreaterThan(0);
    expect(sandbox.clock.now() - startedAtMs).toBeLessThan(15 * 60_000);
    remove();
    const resumed = await applyTo(sandbox, plan, { storage });
    expect(resumed.counts).toMatchObject({ pending: 0, failed: 0, refused: 0, skipped: 0 });
    expect(worldEssence(sandbox.world)).toEqual(final);
  });

  it("names what is denied, skips what rests on it, and does the rest", async () => {
    const sandbox = start.copy();
    sandbox.faults.add({ name: "accessDenied", operation: "CreatePolicy" });
    const report = await applyTo(sandbox, plan);
    const failed = report.outcomes.filter(({ status }) => status === "failed");
    expect(failed.map(({ change }) => change.operation)).toEqual(failed.map(() => "CreatePolicy"));
    expect(failed[0]).toMatchObject({
      code: "ORGRAIL4004",
      hint: expect.stringContaining("organizations:CreatePolicy"),
    });
    expect(report.counts.skipped).toBeGreaterThan(0);
    expect(report.counts.pending).toBe(0);
    expect(report.counts.done + failed.length + report.counts.skipped).toBe(plan.changes.length);
  });

  it("says why AWS could not create an account, and what to do", async () => {
    const sandbox = start.copy();
    configureOrganizations(sandbox.world, {
      failingCreations: {
        "network@example.com": "ACCOUNT_LIMIT_EXCEEDED",
        "play@example.com": "EMAIL_ALREADY_EXISTS",
      },
    });
    const report = await applyTo(sandbox, plan);
    const failed = report.outcomes.filter(({ status }) => status === "failed");
    expect(failed.map(({ change }) => change.address)).toEqual(["account:Network", "account:Play"]);
    expect(failed[0]).toMatchObject({
      code: "ORGRAIL4108",
      message: expect.stringContaining("may have no more accounts (ACCOUNT_LIMIT_EXCEEDED"),
      hint: expect.stringContaining("Service Quotas"),
    });
    expect(failed[1]?.message).toContain("an account outside this organization has the e-mail");
    expect(report.counts.skipped).toBeGreaterThan(0);
    configureOrganizations(sandbox.world, { failingCreations: {} });
    await applyTo(sandbox, planOf(wanted, await read(sandbox)));
    expect(planOf(wanted, await read(sandbox)).changes).toEqual([]);
  });

  it("stops cleanly when interrupted, in the midst of creating an account too", async () => {
    for (const at of ["CreateAccount", "DescribeCreateAccountStatus", "AttachPolicy"]) {
      const sandbox = start.copy();
      const storage = memoryStorage();
      const controller = new AbortController();
      const aws = connect(sandbox, {
        onCall: ({ operation }) => {
          if (operation === at) controller.abort(new Error("Ctrl-C"));
        },
      });
      const report = await applyTo(sandbox, plan, { aws, storage, signal: controller.signal });
      expect(report.interrupted).toBe(true);
      expect(report.stoppedBy).toBeUndefined();
      expect(report.counts.pending).toBeGreaterThan(0);
      expect(report.counts.done + report.counts.pending).toBe(plan.changes.length);
      const done = report.outcomes.filter(({ status }) => status === "done").length;
      const writes = sandbox.calls.filter(({ kind }) => kind === "write").length;
      // The requests that were sent are known of: done, or (creations under way) by their ids.
      const underWay = { CreateAccount: 1, DescribeCreateAccountStatus: 3, AttachPolicy: 0 }[at];
      expect(writes - done).toBe(underWay);
      const resumed = await applyTo(sandbox, plan, { storage });
      expect(resumed.counts).toMatchObject({ pending: 0, failed: 0, refused: 0, skipped: 0 });
      expect(worldEssence(sandbox.world)).toEqual(final);
    }
  });

  it("asks before what cannot be taken back, and heeds a no", async () => {
    const sandbox = start.copy();
    const asked: string[] = [];
    const report = await applyTo(sandbox, plan, {
      confirm: async ({ id, risk }) => {
        asked.push(`${id} ${risk}`);
        return false;
      },
    });
    expect(asked).toContain("account:Old#CloseAccount destructive");
    const outcome = report.outcomes.find(({ change }) => change.operation === "CloseAccount");
    expect(outcome).toMatchObject({ status: "skipped", message: "not confirmed" });
    expect(sandbox.calls.some(({ operation }) => operation === "CloseAccount")).toBe(false);
  });
});
