import { distance } from "fastest-levenshtein";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { Address, Change, Plan } from "../core/plan.ts";

/**
 * Keeps the changes of some addresses and all that those depend on. A target is an address, in
 * which `*` stands for any text. A target that names nothing known is an error of the plan.
 */
export function filterPlan(plan: Plan, targets: readonly string[]): Plan {
  if (targets.length === 0) return plan;
  const byId = new Map(plan.changes.map((change) => [change.id, change]));
  const kept = new Set<Change>();
  const keep = (first: Change): void => {
    const stack = [first];
    for (let change = stack.pop(); change !== undefined; change = stack.pop()) {
      if (kept.has(change)) continue;
      kept.add(change);
      for (const id of change.dependsOn) {
        const other = byId.get(id);
        if (other !== undefined) stack.push(other);
      }
    }
  };
  const known = addressesOf(plan);
  const diagnostics: Diagnostic[] = [];
  for (const target of targets) {
    const matches = matcher(target);
    for (const change of plan.changes) if (matches(change.address)) keep(change);
    if (known.some(matches)) continue;
    const nearest = nearestTo(target, known);
    diagnostics.push({
      severity: "error",
      code: "ORGRAIL3090",
      summary: `there is nothing at the address \`${target}\``,
      help:
        nearest === undefined
          ? "addresses look like `account:NAME` or `organizationalUnit:PATH`"
          : `did you mean \`${nearest}\`?`,
    });
  }
  return {
    ...plan,
    changes: plan.changes.filter((change) => kept.has(change)),
    diagnostics: [...plan.diagnostics, ...diagnostics],
  };
}

function addressesOf(plan: Plan): Address[] {
  return [
    ...new Set([
      ...plan.changes.map(({ address }) => address),
      ...Object.keys(plan.ids),
      ...plan.foreign.map(({ address }) => address),
    ]),
  ];
}

function matcher(target: string): (address: Address) => boolean {
  if (!target.includes("*")) return (address) => address === target;
  const parts = target.split("*");
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  return (address) => {
    if (!address.startsWith(first)) return false;
    let at = first.length;
    for (const part of parts.slice(1, -1)) {
      const found = address.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return address.length - at >= last.length && address.endsWith(last);
  };
}

function nearestTo(target: string, known: readonly Address[]): Address | undefined {
  let best: { address: Address; far: number } | undefined;
  for (const address of known) {
    const far = distance(target, address);
    if (best === undefined || far < best.far) best = { address, far };
  }
  return best !== undefined && best.far <= Math.max(3, target.length / 3)
    ? best.address
    : undefined;
}
