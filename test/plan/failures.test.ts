import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hasErrors } from "../../src/core/diagnostic.ts";
import type { Change, Plan } from "../../src/core/plan.ts";
import { plan } from "../../src/plan/plan.ts";
import { simulateSteps } from "../../src/plan/simulate.ts";
import type { SimulatedWorld } from "../../src/plan/simulated-world.ts";
import { chainIn } from "../../src/plan/simulated-world.ts";
import { situations } from "./arbitrary-organization.ts";
import { deny, snapshotOf, span } from "./builders.ts";
import { codes, planWith } from "./expect-plan.ts";

/** What reaches an account: `type policyId`, and the unit it is in. */
interface Guarded {
  readonly parentId: string;
  readonly by: ReadonlySet<string>;
}

function guarded(world: SimulatedWorld): Map<string, Guarded> {
  return new Map(
    [...world.accounts.values()].map(({ id, parentId }) => {
      const ids = chainIn(world, id).flatMap((level) => [...(world.attached.get(level) ?? [])]);
      const own = ids.flatMap((policy) => {
        const { type, awsManaged = true } = world.policies.get(policy) ?? {};
        return awsManaged ? [] : [`${type} ${policy}`];
      });
      return [id, { parentId, by: new Set(own) }];
    }),
  );
}

/** The plan as apply makes it when one change fails: what rests on that is skipped. */
function without(made: Plan, failing: Change): Plan {
  const gone = new Set([failing.id]);
  for (const { id, dependsOn } of made.changes)
    if (dependsOn.some((on) => gone.has(on))) gone.add(id);
  return { ...made, changes: made.changes.filter(({ id }) => !gone.has(id)) };
}

describe("after the failure of any one change, for random organizations and wishes", () => {
  it("no account is guarded by less than both before and after, and no guard goes in vain", () => {
    let failures = 0;
    let skipped = 0;
    fc.assert(
      fc.property(situations, ({ snapshot, desired }) => {
        const made = plan(desired, snapshot);
        const unavoidable = made.diagnostics.some(({ code }) =>
          ["ORGRAIL3043", "ORGRAIL3060"].includes(code),
        );
        if (hasErrors(made.diagnostics) || unavoidable) return;
        const whole = [...simulateSteps(snapshot, made)].at(-1);
        if (whole === undefined) return;
        const after = guarded(whole);
        for (const failing of made.changes) {
          const rest = without(made, failing);
          failures++;
          skipped += made.changes.length - rest.changes.length - 1;
          const moments: Map<string, Guarded>[] = [];
          let world: SimulatedWorld | undefined;
          for (world of simulateSteps(snapshot, rest)) moments.push(guarded(world));
          expect(world?.refused).toEqual([]);
          const [before, end] = [moments[0], moments.at(-1)];
          for (const [account, { by, parentId }] of before ?? []) {
            const wanted = after.get(account);
            const kept = [...by].filter((policy) => wanted?.by.has(policy));
            for (const moment of moments) {
              for (const policy of kept) expect(moment.get(account)?.by).toContain(policy);
            }
            // Where nobody moves: what is lost is lost for all of what comes in its place.
            if (wanted?.parentId !== parentId) continue;
            const has = end?.get(account)?.by ?? new Set();
            for (const lost of [...by].filter((policy) => !has.has(policy))) {
              const [type = ""] = lost.split(" ");
              const missing = [...wanted.by].filter(
                (policy) => policy.startsWith(type) && !has.has(policy),
              );
              const why = { failing: failing.id, account, lost };
              expect({ ...why, missing }).toEqual({ ...why, missing: [] });
            }
          }
        }
      }),
      { numRuns: 50 },
    );
    expect(failures).toBeGreaterThan(150);
    expect(skipped).toBeGreaterThan(30);
  }, 120_000);
});

describe("after a failure, apply does not make", () => {
  /** Ids of what is still made when a change fails. */
  const stillMade = (made: Plan, failing: string): string[] => {
    const change = made.changes.find(({ id }) => id === failing);
    if (change === undefined)
      throw new Error(`no ${failing} in ${made.changes.map(({ id }) => id)}`);
    return without(made, change).changes.map(({ id }) => id);
  };
  const scp = "SERVICE_CONTROL_POLICY" as const;
  const at = (name: string, path: readonly string[], present = true) =>
    ({
      policy: { name, type: scp },
      target:
        path.length === 0
          ? { kind: "root" as const }
          : { kind: "organizationalUnit" as const, path },
      present,
      span,
    }) as const;
  const policy = (name: string, content: string) =>
    ({ name, type: scp, description: "", content, remove: false, span }) as const;

  it("the detachment that was to make room for a policy that could not be made", () => {
    const names = Array.from({ length: 9 }, (_, i) => `Full${i}`);
    const snapshot = snapshotOf({
      units: ["A"],
      policies: names.map((name) => ({ name, content: deny(`${name}:*`), at: ["A"] })),
    });
    const made = planWith(snapshot, (mirror) => ({
      policies: [...mirror.policies, policy("New", deny("ec2:*"))],
      attachments: [
        ...mirror.attachments.filter(({ policy: { name } }) => name !== "Full3"),
        at("Full3", ["A"], false),
        at("New", ["A"]),
      ],
    }));
    expect(codes(made, "warning")).toContain("ORGRAIL3043");
    expect(made.changes.map(({ operation }) => operation)).toContain("DetachPolicy");
    expect(stillMade(made, `policy:${scp}/New#CreatePolicy`)).toEqual([]);
  });

  it("two exchanges at AWS's limit before the first is whole", () => {
    const names = Array.from({ length: 9 }, (_, i) => `Full${i}`);
    const snapshot = snapshotOf({
      units: ["A"],
      policies: [
        ...names.map((name) => ({ name, content: deny(`${name}:*`), at: ["A"] })),
        { name: "New1" },
        { name: "New2" },
      ],
    });
    const made = planWith(snapshot, (mirror) => ({
      attachments: [
        ...mirror.attachments.filter(({ policy: { name } }) => !/[34]$/.test(name)),
        at("Full3", ["A"], false),
        at("Full4", ["A"], false),
        at("New1", ["A"]),
        at("New2", ["A"]),
      ],
    }));
    expect(made.changes.map(({ operation }) => operation)).toEqual([
      ...["DetachPolicy", "AttachPolicy", "DetachPolicy", "AttachPolicy"],
    ]);
  });

  it("the narrowing of a policy whose statement another was to take over", () => {
    const both = JSON.stringify({
      Version: "2012-10-17",
      Statement: ["s3:*", "ec2:*"].map((Action) => ({ Effect: "Deny", Action, Resource: "*" })),
    });
    const snapshot = snapshotOf({
      units: ["A"],
      policies: [
        { name: "Giver", content: both, at: ["A"] },
        { name: "Taker", content: deny("s3:*"), at: [""] },
      ],
    });
    const made = planWith(snapshot, {
      policies: [policy("Giver", deny("s3:*")), policy("Taker", both)],
    });
    expect(made.changes).toHaveLength(2);
    expect(stillMade(made, `policy:${scp}/Taker#UpdatePolicy`)).toEqual([]);
  });

  it("the detachment of a guard, when its successor is attached once it is narrowed", () => {
    const snapshot = snapshotOf({
      units: ["A"],
      policies: [
        { name: "Old", at: [""] },
        { name: "New", content: deny("s3:Get*"), at: ["A"] },
      ],
    });
    const made = planWith(snapshot, (mirror) => ({
      policies: mirror.policies.map((one) =>
        one.name === "New" ? policy("New", deny("ec2:*")) : one,
      ),
      attachments: [at("New", ["A"]), at("New", []), at("Old", [], false)],
    }));
    expect(made.changes.map(({ operation }) => operation)).toEqual([
      ...["UpdatePolicy", "AttachPolicy", "DetachPolicy"],
    ]);
    expect(stillMade(made, `policy:${scp}/New#UpdatePolicy`)).toEqual([]);
  });

  it("the move of an account that leaves its guard, when the root's new one is missing", () => {
    const snapshot = snapshotOf({
      units: ["A", "B"],
      accounts: [{ name: "Shop", in: "A" }],
      policies: [{ name: "Old", at: ["A"] }, { name: "New" }],
    });
    const made = planWith(snapshot, (mirror) => ({
      accounts: mirror.accounts.map((one) =>
        one.name === "Shop" ? { ...one, parent: ["B"] } : one,
      ),
      attachments: [at("Old", ["A"], false), at("New", [])],
    }));
    expect(made.changes.map(({ operation }) => operation)).toEqual([
      ...["AttachPolicy", "MoveAccount", "DetachPolicy"],
    ]);
    expect(stillMade(made, `attachment:${scp}/New@root#AttachPolicy`)).toEqual([]);
    // And the guard stays while the account does.
    expect(stillMade(made, "account:Shop#MoveAccount")).toEqual([
      `attachment:${scp}/New@root#AttachPolicy`,
    ]);
  });

  it("a delegated administrator's dismissal before its successor's account is there", () => {
    const snapshot = snapshotOf({
      accounts: [{ name: "Old" }],
      trustedAccess: ["guardduty.amazonaws.com"],
      delegated: { Old: ["guardduty.amazonaws.com"] },
    });
    const made = planWith(snapshot, (mirror) => ({
      accounts: [
        ...mirror.accounts,
        { name: "New", email: "new@example.com", parent: [], close: false, span },
      ],
      delegatedAdministrators: [
        { servicePrincipal: "guardduty.amazonaws.com", account: "New", present: true, span },
      ],
    }));
    expect(made.changes.map(({ operation }) => operation)).toEqual([
      ...["CreateAccount", "DeregisterDelegatedAdministrator", "RegisterDelegatedAdministrator"],
    ]);
    expect(stillMade(made, "account:New#CreateAccount")).toEqual([]);
  });

  it("nor is a policy type disabled without being asked: its attachments are lost", () => {
    const made = planWith(snapshotOf({ types: ["TAG_POLICY"] }), {
      policyTypes: [{ type: "TAG_POLICY", enabled: false, span }],
    });
    expect(made.changes).toMatchObject([{ operation: "DisablePolicyType", risk: "destructive" }]);
  });
});
