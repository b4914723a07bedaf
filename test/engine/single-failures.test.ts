import { expect, it } from "vitest";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { openSandbox } from "../../src/services/open-sandbox.ts";
import { applyTo, original, read, scenarioPlan } from "./connect.ts";

const gains = /^(AttachPolicy|MoveAccount|(Create|Update)(Policy|OrganizationalUnit))$/;
const scp = "SERVICE_CONTROL_POLICY";

/** Names of the policies that reach each account of before, and how many each target has. */
function guards({ organization }: Snapshot) {
  const { organizationalUnits, accounts, policies = [], root } = organization;
  const parents = new Map(
    [...organizationalUnits, ...accounts].map((one) => [one.id, one.parentId]),
  );
  const reaching = (id: string): Set<string> => {
    const ids = new Set<string>();
    for (let at: string | undefined = id; at !== undefined; at = parents.get(at)) {
      for (const policy of policies) if (policy.targets?.includes(at)) ids.add(policy.id);
    }
    return ids;
  };
  const bare = [root, ...organizationalUnits, ...accounts].filter(
    ({ id }) => !policies.some(({ type, targets = [] }) => type === scp && targets.includes(id)),
  );
  return { reaching: new Map(accounts.map(({ id }) => [id, reaching(id)])), bare };
}

it("AWS denies one write, each in turn: nobody is guarded less, nothing is left bare", async () => {
  const start = openSandbox({ snapshot: original() });
  const plan = await scenarioPlan(start);
  const whole = start.copy();
  await applyTo(whole, plan);
  const before = guards(await read(start)).reaching;
  const after = guards(await read(whole)).reaching;
  const nth = new Map<string, number>();
  let skipped = 0;
  for (const change of plan.changes) {
    const { operation } = change;
    nth.set(operation, (nth.get(operation) ?? 0) + 1);
    // A loss that is not made guards nobody less: it is the gains that must not be missed.
    if (!gains.test(operation)) continue;
    const sandbox = start.copy();
    sandbox.faults.add({ name: "accessDenied", operation, nth: nth.get(operation) ?? 1 });
    const report = await applyTo(sandbox, plan);
    expect(report.counts.failed).toBeGreaterThan(0);
    expect(report.counts).toMatchObject({ refused: 0, pending: 0 });
    skipped += report.counts.skipped;
    const now = guards(await read(sandbox));
    expect({ denied: change.id, bare: now.bare }).toEqual({ denied: change.id, bare: [] });
    for (const [account, ids] of before) {
      const kept = [...ids].filter((id) => after.get(account)?.has(id));
      const lost = kept.filter((id) => !now.reaching.get(account)?.has(id));
      expect({ denied: change.id, account, lost }).toEqual({
        denied: change.id,
        account,
        lost: [],
      });
    }
  }
  expect(skipped).toBeGreaterThan(20);
}, 240_000);
