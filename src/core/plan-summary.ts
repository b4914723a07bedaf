import type { Address, Change, ChangeAction, Plan, Risk } from "./plan.ts";
import { risks } from "./plan.ts";

/**
 * What happens to the thing of an address, all its changes taken together. `replace`: it is made
 * anew, with a new id, and the old one is deleted.
 */
export type Effect = "create" | "update" | "replace" | "delete";

/** All changes of one address, in the plan's order. */
export interface ChangeGroup {
  readonly address: Address;
  readonly effect: Effect;
  readonly changes: readonly Change[];
  /** The gravest risk among the changes. */
  readonly risk: Risk;
}

/** How many things a plan adds, changes and destroys; a replaced one is added and destroyed. */
export interface PlanSummary {
  readonly add: number;
  readonly change: number;
  readonly destroy: number;
  readonly replace: number;
  /** Writes to AWS. */
  readonly writes: number;
  /** Changes by risk. */
  readonly risks: Readonly<Record<Risk, number>>;
}

const making: ReadonlySet<ChangeAction> = new Set(["create", "attach", "enable", "register"]);
const unmaking: ReadonlySet<ChangeAction> = new Set([
  "delete",
  "detach",
  "disable",
  "deregister",
  "close",
]);

/** Groups a plan's changes by address, in the order in which the addresses come up. */
export function groupChanges(changes: readonly Change[]): ChangeGroup[] {
  const groups = new Map<Address, Change[]>();
  for (const change of changes) {
    const group = groups.get(change.address);
    if (group === undefined) groups.set(change.address, [change]);
    else group.push(change);
  }
  return [...groups].map(([address, members]) => ({
    address,
    effect: effectOf(members),
    changes: members,
    risk: gravest(members),
  }));
}

/** Counts what a plan does, by address. */
export function summarizePlan(plan: Pick<Plan, "changes">): PlanSummary {
  const groups = groupChanges(plan.changes);
  const count = (effect: Effect): number =>
    groups.filter((group) => group.effect === effect).length;
  const byRisk = { none: 0, protection: 0, lockout: 0, destructive: 0 };
  for (const { risk } of plan.changes) byRisk[risk]++;
  const replace = count("replace");
  return {
    add: count("create") + replace,
    change: count("update"),
    destroy: count("delete") + replace,
    replace,
    writes: plan.changes.length,
    risks: byRisk,
  };
}

function effectOf(changes: readonly Change[]): Effect {
  const makes = changes.some(({ action }) => making.has(action));
  const unmakes = changes.some(({ action }) => unmaking.has(action));
  if (makes) return unmakes ? "replace" : "create";
  return unmakes ? "delete" : "update";
}

function gravest(changes: readonly Change[]): Risk {
  const grades = changes.map(({ risk }) => risks.indexOf(risk));
  return risks[Math.max(...grades)] ?? "none";
}
