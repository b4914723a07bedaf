import { beforeEach, describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/core/json.ts";
import { loginOf, rootName } from "../../src/services/iam/sandbox/login-state.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { memoryStorage } from "../../src/store/journal-storage.ts";
import { applyTo, connect } from "../engine/connect.ts";
import { configure, contractSandbox, ids, planFor } from "./contract-world.ts";

const central: JsonObject = { credentialsManagement: true, sessions: true };
const removal: JsonObject = {
  centralizedRootAccess: central,
  rootCredentials: { remove: { accounts: ["Shop"], organizationalUnits: ["Workloads/Dev"] } },
};
let sandbox: Sandbox;

beforeEach(() => {
  sandbox = contractSandbox();
  const shop = loginOf(sandbox.world, ids.Shop ?? "", rootName);
  shop.mfaDevices.set("arn:aws:iam::1:mfa/root", 0);
  shop.certificates.set("CERT", { body: "", uploadedAt: 0 });
});

describe("removal of root credentials", () => {
  it("waits for root sessions, and says so", async () => {
    const plan = await planFor(sandbox, await configure("iam", { block: removal }));
    expect(plan.changes.filter(({ operation }) => operation.startsWith("Delete"))).toEqual([]);
    expect(plan.diagnostics.map(({ code }) => code)).toContain("ORGRAIL3170");
  });

  it("takes what is named, password first and MFA last, and nothing else", async () => {
    const configured = await configure("iam", { block: removal });
    await applyTo(sandbox, await planFor(sandbox, configured));
    const plan = await planFor(sandbox, configured);
    expect(plan.changes.map(({ operation, risk, account }) => [operation, risk, account])).toEqual([
      ["DeleteLoginProfile", "destructive", ids.Dev1],
      ["DeleteLoginProfile", "destructive", ids.Shop],
      ["DeleteSigningCertificate", "destructive", ids.Shop],
      ["DeactivateMFADevice", "destructive", ids.Shop],
    ]);
    const { outcomes } = await applyTo(sandbox, plan);
    expect(outcomes.map(({ status }) => status)).toEqual(["done", "done", "done", "done"]);
    expect(loginOf(sandbox.world, ids.Shop ?? "", rootName)).toMatchObject({ accessKeyIds: [] });
    expect(loginOf(sandbox.world, ids.Audit ?? "", rootName).passwordSetAt).toBeDefined();
    const entered = sandbox.calls.filter(({ operation }) => operation === "AssumeRoot");
    expect(entered.every(({ outcome }) => outcome === "ok")).toBe(true);
    expect((await planFor(sandbox, configured)).changes).toEqual([]);
  });

  it("is read anew before it is made: what is gone already is not taken twice", async () => {
    const configured = await configure("iam", { block: removal });
    await applyTo(sandbox, await planFor(sandbox, configured));
    const plan = await planFor(sandbox, configured);
    delete loginOf(sandbox.world, ids.Shop ?? "", rootName).passwordSetAt;
    const { outcomes } = await applyTo(sandbox, plan);
    const shop = outcomes.find(
      ({ change }) => change.operation === "DeleteLoginProfile" && change.account === ids.Shop,
    );
    expect(shop?.status).toBe("already");
  });

  it("goes on after a crash before or after any write, and ends the same", async () => {
    const configured = await configure("iam", { block: removal });
    await applyTo(sandbox, await planFor(sandbox, configured));
    const plan = await planFor(sandbox, configured);
    const whole = sandbox.copy();
    const before = whole.calls.length;
    await applyTo(whole, plan, { concurrency: 1 });
    // A crash beside a read leaves what one beside the write before it leaves.
    const isEvery = process.env.ORGRAIL_ALL_CRASHES !== undefined;
    const calls = whole.calls.slice(before).map(({ kind }, index) => ({ kind, nth: index + 1 }));
    const tried = calls.filter(({ kind }) => isEvery || kind === "write");
    expect(plan.changes).toHaveLength(4);
    expect(tried.length).toBeGreaterThanOrEqual(plan.changes.length);
    const end = rootUsers(whole);
    expect(end[ids.Shop ?? ""]).toEqual({ password: false, keys: [], mfa: 0, certificates: 0 });
    for (const { nth } of tried) {
      for (const when of ["before", "after"] as const) {
        const crashed = sandbox.copy();
        const storage = memoryStorage();
        crashed.faults.add({ name: "crash", nth, when });
        await Promise.race([applyTo(crashed, plan, { storage, concurrency: 1 }), crashed.crashed]);
        crashed.faults.clear();
        const { outcomes } = await applyTo(crashed, plan, {
          storage: memoryStorage(await storage.read()),
          aws: connect(crashed),
        });
        const bad = outcomes.filter(({ status }) => status !== "done" && status !== "already");
        expect({ nth, when, bad: bad.map(({ message }) => message) }).toEqual({
          nth,
          when,
          bad: [],
        });
        expect({ nth, when, end: rootUsers(crashed) }).toEqual({ nth, when, end });
      }
    }
    expect((await planFor(whole, configured)).changes).toEqual([]);
  });

  it("is not for the management account", async () => {
    const block: JsonObject = {
      centralizedRootAccess: central,
      rootCredentials: { remove: { accounts: [], organizationalUnits: ["Root"] } },
    };
    const configured = await configure("iam", { block });
    await applyTo(sandbox, await planFor(sandbox, configured));
    const plan = await planFor(sandbox, configured);
    expect(plan.diagnostics.map(({ code }) => code)).toContain("ORGRAIL3171");
    expect(plan.changes.filter(({ account }) => account === ids.Management)).toEqual([]);
    expect(plan.changes.length).toBeGreaterThan(3);
  });
});

/** What the root users of all accounts can sign in with. */
function rootUsers({ world }: Sandbox): Record<string, object> {
  return Object.fromEntries(
    Object.values(ids).map((id) => {
      const { passwordSetAt, accessKeyIds, mfaDevices, certificates } = loginOf(
        world,
        id,
        rootName,
      );
      const password = passwordSetAt !== undefined;
      const counts = { mfa: mfaDevices.size, certificates: certificates.size };
      return [id, { password, keys: [...accessKeyIds], ...counts }];
    }),
  );
}
