import { beforeAll, describe, expect, it } from "vitest";
import type { JsonObject } from "../../src/core/json.ts";
import type { Plan } from "../../src/core/plan.ts";
import type { CallRecord } from "../../src/sandbox/call-log.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { services } from "../../src/services/registry.ts";
import { memoryStorage } from "../../src/store/journal-storage.ts";
import { applyTo, connect } from "../engine/connect.ts";
import {
  addAccount,
  type Configured,
  configure,
  contractSandbox,
  disabledRegion,
  type Fixture,
  ids,
  planFor,
} from "./contract-world.ts";

const isEveryCrash = process.env.ORGRAIL_ALL_CRASHES !== undefined;
/** How many crashes are tried; every one with `ORGRAIL_ALL_CRASHES`, which takes minutes. */
const crashes = isEveryCrash ? Number.POSITIVE_INFINITY : 6;
const crashTimeoutMs = isEveryCrash ? 3_600_000 : 60_000;

/** Accounts that take three pages of most lists of members. */
const manyAccounts = 110;

/**
 * What every service as code must keep, whatever it is: tried on a sandbox in which it is off.
 *
 * A fixture is the block that shows most of what the service's block can say.
 */
export function serviceContract(id: string, fixture: Fixture): void {
  describe(`${id}, as every service`, () => {
    let configured: Configured;
    let first: Plan;
    let on: Sandbox;
    const calls: CallRecord[] = [];

    beforeAll(async () => {
      configured = await configure(id, fixture);
      on = contractSandbox(fixture);
      first = await planFor(on, configured);
      const { outcomes } = await applyTo(on, first);
      const bad = outcomes.filter(({ status }) => status !== "done" && status !== "already");
      expect(bad.map(({ change, status, message }) => [change.id, status, message])).toEqual([]);
    });

    const changesOf = (plan: Plan): readonly string[] =>
      plan.changes.map(
        (change) =>
          `${change.id}: ${JSON.stringify(change.before)} -> ${JSON.stringify(change.after)}`,
      );
    const errorsOf = (plan: Plan): readonly string[] =>
      plan.diagnostics.filter(({ severity }) => severity === "error").map(({ summary }) => summary);

    it("is planned from nothing, without gaps and errors", () => {
      expect(errorsOf(first)).toEqual([]);
      expect(first.gaps).toEqual([]);
      expect(first.changes.length).toBeGreaterThan(0);
      const own = fixture.isOrganizationAlone === true ? "organizations" : id;
      expect(first.changes.some(({ service }) => service === own)).toBe(true);
    });

    it("has nothing left to do once it is applied", async () => {
      const sandbox = on.copy();
      await sandbox.clock.sleep(3_600_000);
      const again = await planFor(sandbox, configured);
      expect(changesOf(again)).toEqual([]);
      expect(errorsOf(again)).toEqual([]);
      expect(again.gaps).toEqual([]);
      calls.push(...sandbox.calls);
    });

    it("writes nothing when the plan is applied a second time", async () => {
      const sandbox = on.copy();
      const { outcomes } = await applyTo(sandbox, first);
      const writes = sandbox.calls.filter(
        ({ kind, service }) => kind === "write" && service !== "sts",
      );
      expect(
        outcomes.filter(({ status }) => status === "failed").map(({ message }) => message),
      ).toEqual([]);
      expect(writes.map(({ operation }) => operation)).toEqual([]);
    });

    it("takes a denied read for a gap, never for absence", async () => {
      const quiet = on.copy();
      await planFor(quiet, configured);
      const reads = new Map(
        quiet.calls
          .filter(({ service }) => !["organizations", "sts", "account"].includes(service))
          .map((call) => [`${call.service}:${call.operation}`, call]),
      );
      for (const [name, { service, operation }] of reads) {
        const sandbox = on.copy();
        sandbox.faults.add({ name: "accessDenied", service, operation });
        const denied = await planFor(sandbox, configured);
        expect({ name, changes: changesOf(denied) }).toEqual({ name, changes: [] });
        expect({ name, gaps: denied.gaps.length > 0 }).toEqual({ name, gaps: true });
      }
    });

    it("leaves alone Regions that are not enabled and accounts that are suspended", () => {
      expect(on.calls.filter(({ region }) => region === disabledRegion)).toEqual([]);
      const gone = ids.Gone ?? "";
      expect(on.calls.filter(({ account }) => account === gone)).toEqual([]);
      expect(first.changes.filter((change) => JSON.stringify(change).includes(gone))).toEqual([]);
    });

    it("covers an account that joins later, by itself or by one more apply", async () => {
      const sandbox = on.copy();
      await addAccount(sandbox, "Newcomer");
      await sandbox.clock.sleep(3_600_000);
      const { outcomes } = await applyTo(sandbox, await planFor(sandbox, configured));
      expect(
        outcomes.filter(({ status }) => status !== "done").map(({ message }) => message),
      ).toEqual([]);
      await sandbox.clock.sleep(3_600_000);
      expect(changesOf(await planFor(sandbox, configured))).toEqual([]);
      calls.push(...sandbox.calls);
    });

    it("sees all of an organization whose lists take many pages", async () => {
      const sandbox = contractSandbox(fixture, manyAccounts);
      const plan = await planFor(sandbox, configured);
      const { outcomes } = await applyTo(sandbox, plan);
      const bad = outcomes.filter(({ status }) => status !== "done" && status !== "already");
      expect(bad.map(({ change, message }) => [change.id, message])).toEqual([]);
      await sandbox.clock.sleep(3_600_000);
      expect(changesOf(await planFor(sandbox, configured))).toEqual([]);
    });

    it("is taken down by `remove: true`, and then nothing is left to do", async () => {
      const sandbox = on.copy();
      const off = await configure(id, fixture, { ...fixture.block, remove: true } as JsonObject);
      const removal = await planFor(sandbox, off);
      expect(errorsOf(removal)).toEqual([]);
      expect(removal.changes.length).toBeGreaterThan(0);
      const { outcomes } = await applyTo(sandbox, removal);
      expect(
        outcomes
          .filter(({ status }) => status !== "done")
          .map(({ change, message }) => [change.id, message]),
      ).toEqual([]);
      await sandbox.clock.sleep(3_600_000);
      expect(changesOf(await planFor(sandbox, off))).toEqual([]);
      calls.push(...sandbox.calls);
    });

    it(
      "goes on after a crash at any call, and ends the same",
      async () => {
        const whole = contractSandbox(fixture);
        await applyTo(whole, first, { concurrency: 1 });
        const total = whole.calls.length;
        const step = Math.max(1, Math.floor((2 * total) / crashes));
        for (let half = 0; half < 2 * total; half += step) {
          const sandbox = contractSandbox(fixture);
          const storage = memoryStorage();
          const nth = Math.floor(half / 2) + 1;
          sandbox.faults.add({ name: "crash", nth, when: half % 2 === 0 ? "before" : "after" });
          await Promise.race([
            applyTo(sandbox, first, { storage, concurrency: 1 }),
            sandbox.crashed,
          ]);
          sandbox.faults.clear();
          const { outcomes } = await applyTo(sandbox, first, {
            storage: memoryStorage(await storage.read()),
            aws: connect(sandbox),
          });
          const bad = outcomes.filter(({ status }) => status !== "done" && status !== "already");
          expect({ nth, bad: bad.map(({ change, message }) => [change.id, message]) }).toEqual({
            nth,
            bad: [],
          });
          await sandbox.clock.sleep(3_600_000);
          expect({ nth, left: changesOf(await planFor(sandbox, configured)) }).toEqual({
            nth,
            left: [],
          });
        }
      },
      crashTimeoutMs,
    );

    it("calls nothing but what its description says", async () => {
      calls.push(...on.calls);
      const declared = new Set<string>(["organizations:DescribeOrganization"]);
      for (const name of ["organizations", "account", id, ...Object.keys(fixture.others ?? {})]) {
        const permissions = (await services[name]?.())?.permissions;
        for (const action of [...(permissions?.read ?? []), ...(permissions?.write ?? [])]) {
          declared.add(action);
        }
      }
      const undeclared = calls
        .filter(({ service }) => service !== "sts")
        .flatMap(({ actions = [] }) => actions)
        .filter((action) => !declared.has(action) && !action.startsWith("sts:"));
      // The test itself made the newcomer.
      expect(
        [...new Set(undeclared)].filter((action) => action !== "organizations:CreateAccount"),
      ).toEqual([]);
    });
  });
}
