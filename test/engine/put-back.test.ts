import { describe, expect, it } from "vitest";
import type { Desired } from "../../src/core/desired.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { plan } from "../../src/plan/plan.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { memoryStorage } from "../../src/store/journal-storage.ts";
import { deny, mirrorOf, snapshotOf, span, unitId } from "../plan/builders.ts";
import { applyTo, read } from "./connect.ts";

const scp = "SERVICE_CONTROL_POLICY" as const;

function attachment(name: string, path: string, present = true): Desired["attachments"][number] {
  return {
    policy: { name, type: scp },
    target: { kind: "organizationalUnit", path: path.split("/") },
    present,
    span,
  };
}

/** A unit as full as AWS allows, in which one policy is exchanged for another. */
function fullUnit(): { snapshot: Snapshot; made: Plan; desired: Desired } {
  const names = Array.from({ length: 9 }, (_, i) => `Full${i}`);
  const snapshot = snapshotOf({
    units: ["A"],
    accounts: [{ name: "Shop", in: "A" }],
    policies: [
      ...names.map((name) => ({ name, content: deny(`${name}:*`), at: ["A"] })),
      { name: "New" },
    ],
  });
  const mirror = mirrorOf(snapshot);
  const desired = {
    ...mirror,
    policies: mirror.policies.map((one) => (one.name === "Full3" ? { ...one, remove: true } : one)),
    attachments: [
      ...mirror.attachments.filter(({ policy: { name } }) => name !== "Full3"),
      attachment("New", "A"),
    ],
  };
  return { snapshot, desired, made: plan(desired, snapshot) };
}

async function attachedTo(sandbox: Sandbox, id: string): Promise<string[]> {
  const { organization } = await read(sandbox);
  return (organization.policies ?? [])
    .filter(({ targets = [] }) => targets.includes(id))
    .map(({ name }) => name)
    .sort();
}

describe("what made room for a change that was not made", () => {
  it("is put back, and what rests on it is skipped; the next apply does it all", async () => {
    const { snapshot, made, desired } = fullUnit();
    expect(made.changes.map(({ operation }) => operation)).toEqual([
      ...["DetachPolicy", "AttachPolicy", "DeletePolicy"],
    ]);
    const sandbox = openSandbox({ snapshot });
    const before = await attachedTo(sandbox, unitId("A"));
    const remove = sandbox.faults.add({ name: "accessDenied", operation: "AttachPolicy", nth: 1 });
    const storage = memoryStorage();
    const report = await applyTo(sandbox, made, { storage });
    remove();
    expect(report.outcomes.map(({ status }) => status)).toEqual(["failed", "failed", "skipped"]);
    expect(report.outcomes[0]).toMatchObject({
      code: "ORGRAIL4111",
      message: expect.stringContaining("put back"),
    });
    expect(await attachedTo(sandbox, unitId("A"))).toEqual(before);

    const resumed = await applyTo(sandbox, made, { storage });
    expect(resumed.counts).toMatchObject({ done: 3 });
    expect(plan(desired, await read(sandbox)).changes).toEqual([]);
  });

  it("is said when it cannot be put back", async () => {
    const { snapshot, made } = fullUnit();
    const sandbox = openSandbox({ snapshot });
    sandbox.faults.add({ name: "accessDenied", operation: "AttachPolicy" });
    const report = await applyTo(sandbox, made);
    expect(report.outcomes[0]).toMatchObject({
      status: "done",
      message: expect.stringContaining("could not be put back"),
    });
    expect(report.outcomes[1]).toMatchObject({ status: "failed" });
  });

  it("is a delegated administrator too", async () => {
    const snapshot = snapshotOf({
      accounts: [{ name: "Old" }, { name: "New" }],
      trustedAccess: ["guardduty.amazonaws.com"],
      delegated: { Old: ["guardduty.amazonaws.com"] },
    });
    const desired: Desired = {
      ...mirrorOf(snapshot),
      delegatedAdministrators: [
        { servicePrincipal: "guardduty.amazonaws.com", account: "New", present: true, span },
      ],
    };
    const sandbox = openSandbox({ snapshot });
    sandbox.faults.add({
      ...{ name: "accessDenied", operation: "RegisterDelegatedAdministrator", nth: 1 },
    });
    await applyTo(sandbox, plan(desired, snapshot));
    const { organization } = await read(sandbox);
    expect(organization.delegatedAdministrators).toEqual(
      snapshot.organization.delegatedAdministrators,
    );
  });
});

describe("a resumed apply", () => {
  it("looks again whether the new guard is there before it takes the old one away", async () => {
    const snapshot = snapshotOf({
      units: ["A"],
      accounts: [{ name: "Shop", in: "A" }],
      policies: [{ name: "Old", at: ["A"] }, { name: "New" }],
    });
    const desired = {
      ...mirrorOf(snapshot),
      attachments: [attachment("New", "A"), attachment("Old", "A", false)],
    };
    const made = plan(desired, snapshot);
    const sandbox = openSandbox({ snapshot });
    const storage = memoryStorage();
    const deniedAt = sandbox.faults.add({ name: "throttle", operation: "DetachPolicy" });
    expect((await applyTo(sandbox, made, { storage })).counts).toMatchObject({
      done: 1,
      pending: 1,
    });
    deniedAt();
    // Somebody takes the new guard away, and resuming may not even put it back.
    const other = sandbox.copy();
    const { connect } = await import("./connect.ts");
    for (const world of [sandbox, other]) {
      const input = { PolicyId: String(made.ids[`policy:${scp}/New`]), TargetId: unitId("A") };
      await connect(world).call("organizations", "DetachPolicy", input, { idempotent: true });
    }
    const text = (await storage.read()) ?? "";
    other.faults.add({ name: "accessDenied", operation: "AttachPolicy" });
    const denied = await applyTo(other, made, { storage: memoryStorage(text) });
    expect(denied.outcomes.map(({ status }) => status)).toEqual(["failed", "skipped"]);
    expect(await attachedTo(other, unitId("A"))).toEqual(["FullAWSAccess", "Old"]);

    const resumed = await applyTo(sandbox, made, { storage });
    expect(resumed.counts).toMatchObject({ done: 2 });
    expect(await attachedTo(sandbox, unitId("A"))).toEqual(["FullAWSAccess", "New"]);
  });
});

describe("accounts are created", () => {
  it("as many at a time as AWS allows, none twice, in the time of the slowest few", async () => {
    const snapshot = snapshotOf({ units: ["A"] });
    const mirror = mirrorOf(snapshot);
    const accounts = Array.from({ length: 12 }, (_, i) => ({
      ...{ name: `New${i}`, email: `new${i}@example.com`, parent: ["A"], close: false, span },
    }));
    const desired = { ...mirror, accounts: [...mirror.accounts, ...accounts] };
    const sandbox = openSandbox({ snapshot });
    const { configureOrganizations } = await import(
      "../../src/services/organizations/sandbox/state.ts"
    );
    configureOrganizations(sandbox.world, { accountCreationMs: 120_000 });
    const startedAtMs = sandbox.clock.now();
    const report = await applyTo(sandbox, plan(desired, snapshot));
    expect(report.counts).toMatchObject({ done: 24, failed: 0 });
    const made = sandbox.calls.filter(({ operation }) => operation === "CreateAccount");
    expect(made).toHaveLength(12);
    // One after the other it would be 24 minutes.
    expect(sandbox.clock.now() - startedAtMs).toBeLessThan(8 * 60_000);
  });
});
