import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasErrors } from "../../src/core/diagnostic.ts";
import { canonicalJson } from "../../src/core/json.ts";
import { isOrganizationPolicyType } from "../../src/core/policy-type.ts";
import { organizationsQuotas } from "../../src/data/organizations-quotas.ts";
import { filterPlan } from "../../src/plan/filter-plan.ts";
import { plan } from "../../src/plan/plan.ts";
import { decodePlan, encodePlan } from "../../src/plan/plan-file.ts";
import { simulate, simulateSteps } from "../../src/plan/simulate.ts";
import type { SimulatedWorld } from "../../src/plan/simulated-world.ts";
import { attachedOfType, chainIn } from "../../src/plan/simulated-world.ts";
import { situations } from "./arbitrary-organization.ts";

const runs = { numRuns: 150 };

/** Ids of the customer-managed policies that reach each account. */
function reaching(world: SimulatedWorld): Map<string, Set<string>> {
  return new Map(
    [...world.accounts.keys()].map((id) => {
      const ids = chainIn(world, id).flatMap((level) => [...(world.attached.get(level) ?? [])]);
      return [id, new Set(ids.filter((policy) => !world.policies.get(policy)?.awsManaged))];
    }),
  );
}

describe("plan, for random organizations and wishes", { timeout: 120_000 }, () => {
  it("applied by AWS's rules leaves nothing to do", () => {
    let planned = 0;
    fc.assert(
      fc.property(situations, ({ snapshot, desired }) => {
        const made = plan(desired, snapshot);
        if (hasErrors(made.diagnostics)) return;
        planned++;
        const after = simulate(snapshot, made);
        expect(after.refused).toEqual([]);
        const again = plan(desired, after.snapshot);
        expect(again.changes).toEqual([]);
        expect(again.diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
      }),
      runs,
    );
    expect(planned).toBeGreaterThan(runs.numRuns / 3);
  });

  it("is the same every time, survives its file, and depends backwards only", () => {
    fc.assert(
      fc.property(situations, ({ snapshot, desired }) => {
        const made = plan(desired, snapshot);
        expect(canonicalJson(plan(desired, snapshot))).toBe(canonicalJson(made));
        expect(decodePlan(encodePlan(made)).plan).toEqual(JSON.parse(JSON.stringify(made)));
        const done = new Set<string>();
        for (const change of made.changes) {
          for (const id of change.dependsOn) expect(done).toContain(id);
          expect(done).not.toContain(change.id);
          expect(canonicalJson(change.before)).not.toBe(canonicalJson(change.after));
          done.add(change.id);
        }
      }),
      runs,
    );
  });

  it("keeps every account in its old or its new unit at every moment", () => {
    fc.assert(
      fc.property(situations, ({ snapshot, desired }) => {
        const made = plan(desired, snapshot);
        if (hasErrors(made.diagnostics)) return;
        const parents = (world: SimulatedWorld): Map<string, string> =>
          new Map([...world.accounts.values()].map(({ id, parentId }) => [id, parentId]));
        const seen: Map<string, string>[] = [];
        for (const world of simulateSteps(snapshot, made)) seen.push(parents(world));
        const [first, last] = [seen[0], seen.at(-1)];
        for (const moment of seen) {
          for (const [id, parent] of moment) {
            const born = snapshot.organization.root.id;
            expect([first?.get(id) ?? born, last?.get(id)]).toContain(parent);
          }
        }
      }),
      runs,
    );
  });

  it("keeps within AWS's numbers of policies at every target and moment", () => {
    fc.assert(
      fc.property(situations, ({ snapshot, desired }) => {
        const made = plan(desired, snapshot);
        if (hasErrors(made.diagnostics)) return;
        for (const world of simulateSteps(snapshot, made)) {
          for (const id of [world.rootId, ...world.units.keys(), ...world.accounts.keys()]) {
            for (const { type } of world.root.policyTypes) {
              if (!isOrganizationPolicyType(type)) continue;
              const quota = organizationsQuotas.policyTypes[type];
              const { length } = attachedOfType(world, id, type);
              const within = length >= quota.minimumPerTarget && length <= quota.maximumPerTarget;
              if (!within) expect.fail(`${id} has ${length} policies of type ${type}`);
            }
          }
        }
      }),
      runs,
    );
  });

  it("never lets an account go unguarded by a policy that guards it before and after", () => {
    let moved = 0;
    let checked = 0;
    fc.assert(
      fc.property(situations, ({ snapshot, desired }) => {
        const made = plan(desired, snapshot);
        const unavoidable = made.diagnostics.some(({ code }) =>
          ["ORGRAIL3043", "ORGRAIL3060"].includes(code),
        );
        if (hasErrors(made.diagnostics) || unavoidable) return;
        checked++;
        if (made.changes.some(({ operation }) => operation === "MoveAccount")) moved++;
        const moments: Map<string, Set<string>>[] = [];
        for (const world of simulateSteps(snapshot, made)) moments.push(reaching(world));
        const [first, last] = [moments[0], moments.at(-1)];
        for (const [account, before] of first ?? []) {
          const kept = [...before].filter((policy) => last?.get(account)?.has(policy));
          for (const moment of moments) {
            for (const policy of kept) expect(moment.get(account)).toContain(policy);
          }
        }
      }),
      runs,
    );
    expect(moved).toBeGreaterThan(5);
    expect(checked).toBeGreaterThan(runs.numRuns / 4);
  });

  it("keeps its promises for a target and what that depends on", () => {
    const picks = fc.tuple(situations, fc.nat());
    fc.assert(
      fc.property(picks, ([{ snapshot, desired }, pick]) => {
        const whole = plan(desired, snapshot);
        const target = whole.changes[pick % Math.max(1, whole.changes.length)]?.address;
        if (hasErrors(whole.diagnostics) || target === undefined) return;
        const made = filterPlan(whole, [target]);
        expect(made.changes.map(({ address }) => address)).toContain(target);
        expect(simulate(snapshot, made).refused).toEqual([]);
      }),
      runs,
    );
  });
});
