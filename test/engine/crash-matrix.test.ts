import { beforeAll, describe, expect, it } from "vitest";
import type { RequestHandler } from "../../src/aws/clients.ts";
import { canonicalJson } from "../../src/core/json.ts";
import type { Plan } from "../../src/core/plan.ts";
import { openSandbox, type Sandbox } from "../../src/services/open-sandbox.ts";
import { memoryStorage } from "../../src/store/journal-storage.ts";
import { applyTo, connect, original, read, scenarioPlan } from "./connect.ts";
import { planOf, wanted } from "./scenario.ts";
import { worldEssence } from "./world-essence.ts";

/** The world and the journal at the moment of a crash. */
interface Moment {
  readonly name: string;
  readonly sandbox: Sandbox;
  readonly journal: string;
  /** Equal moments need one resume only. */
  readonly key: string;
}

let start: Sandbox;
let plan: Plan;
let moments: Moment[];
let final: unknown;

beforeAll(async () => {
  start = openSandbox({ snapshot: original() });
  plan = await scenarioPlan(start);
  ({ moments, final } = await recordMoments());
});

/** Applies the plan once, undisturbed, and keeps the world as it is before and after every call. */
async function recordMoments(): Promise<{ moments: Moment[]; final: unknown }> {
  const sandbox = start.copy();
  const storage = memoryStorage();
  const found: Moment[] = [];
  const inner = sandbox.requestHandler();
  let writes = 0;
  const keep = async (name: string): Promise<void> => {
    const journal = (await storage.read()) ?? "";
    const key = canonicalJson([journal.length, writes, sandbox.clock.now()]);
    found.push({ name, sandbox: sandbox.copy(), journal, key });
  };
  const handler: RequestHandler = {
    handle: async (request, options) => {
      const number = sandbox.calls.length + 1;
      await keep(`before call ${number}`);
      const answer = await inner.handle(request, options);
      const call = sandbox.calls[number - 1];
      if (call?.kind === "write") writes++;
      await keep(`after call ${number}, ${call?.operation}`);
      return answer;
    },
  };
  const aws = connect(sandbox, {}, handler);
  const report = await applyTo(sandbox, plan, { aws, storage });
  expect(report.counts).toMatchObject({ done: plan.changes.length });
  return { moments: found, final: worldEssence(sandbox.world) };
}

/** Resumes from a crash and checks that all came out as without it. */
async function resume(sandbox: Sandbox, journal: string, name: string): Promise<void> {
  const storage = memoryStorage(journal);
  const report = await applyTo(sandbox, plan, { storage });
  const { done, already, failed, refused, skipped, pending } = report.counts;
  expect({ name, failed, refused, skipped, pending }).toEqual({
    ...{ name, failed: 0, refused: 0, skipped: 0, pending: 0 },
  });
  expect(done + already).toBe(plan.changes.length);
  expect({ name, world: worldEssence(sandbox.world) }).toEqual({ name, world: final });
}

describe("crash matrix", () => {
  it("is of a plan with at least 60 changes of all kinds", () => {
    expect(plan.changes.length).toBeGreaterThanOrEqual(60);
    expect([...new Set(plan.changes.map(({ operation }) => operation))].sort()).toEqual([
      "AttachPolicy",
      "CloseAccount",
      "CreateAccount",
      "CreateOrganizationalUnit",
      "CreatePolicy",
      "DeleteOrganizationalUnit",
      "DeletePolicy",
      "DeregisterDelegatedAdministrator",
      "DetachPolicy",
      "DisableAWSServiceAccess",
      "DisablePolicyType",
      "EnableAWSServiceAccess",
      "EnablePolicyType",
      "MoveAccount",
      "PutAlternateContact",
      "PutResourcePolicy",
      "RegisterDelegatedAdministrator",
      "TagResource",
      "UpdateOrganizationalUnit",
      "UpdatePolicy",
    ]);
  });

  it("ends in the same organization after a crash before and after every call", async () => {
    // A crash before the journal was begun leaves nothing to resume.
    const begun = moments.filter(({ journal }) => journal !== "");
    const distinct = new Map(begun.map((moment) => [moment.key, moment]));
    for (const { sandbox, journal, name } of distinct.values()) {
      await resume(sandbox, journal, name);
    }
    const calls = moments.length / 2;
    expect(calls).toBeGreaterThan(2 * plan.changes.length);
    console.log(
      `crash matrix: ${plan.changes.length} changes, ${calls} calls, a crash before and after each: ` +
        `${moments.length} crashes (${distinct.size} distinct), every resume ended in the same organization`,
    );
  }, 180_000);

  it("does so when the client really dies, and when it dies again while it resumes", async () => {
    const calls = moments.length / 2;
    let crashes = 0;
    for (let nth = 3; nth <= calls; nth += 14) {
      const sandbox = start.copy();
      const storage = memoryStorage();
      for (const when of ["before", "after"] as const) {
        const remove = sandbox.faults.add({
          name: "crash",
          nth: when === "before" ? nth : 7,
          when,
        });
        const handler = sandbox.requestHandler();
        const crashed = sandbox.crashed;
        const dead = applyTo(sandbox, plan, { storage, aws: connect(sandbox, {}, handler) });
        const ended = await Promise.race([crashed.then(() => "crashed"), dead.then(() => "ended")]);
        if (ended === "crashed") crashes++;
        remove();
      }
      await resume(sandbox, (await storage.read()) ?? "", `real crash at call ${nth}`);
    }
    expect(crashes).toBeGreaterThan(calls / 14);
  }, 120_000);

  it("leaves nothing to do, and a resume of a finished apply writes nothing", async () => {
    const sandbox = start.copy();
    const storage = memoryStorage();
    await applyTo(sandbox, plan, { storage });
    expect(planOf(wanted, await read(sandbox)).changes).toEqual([]);
    const writes = (): number => sandbox.calls.filter(({ kind }) => kind === "write").length;
    const soFar = writes();
    expect(soFar).toBe(plan.changes.length);
    const again = await applyTo(sandbox, plan, { storage });
    expect(again.outcomes.every(({ earlier }) => earlier)).toBe(true);
    // A new journal of the same plan: every thing is found as it shall be.
    const anew = await applyTo(sandbox, plan);
    expect(anew.counts).toMatchObject({ already: plan.changes.length });
    expect(writes()).toBe(soFar);
  });
});
