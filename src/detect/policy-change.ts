import type { ClauseDifference } from "../policy/diff/compare-clauses.ts";
import { diffPolicies, type PolicyDifference } from "../policy/diff/diff.ts";
import type { Policy } from "../policy/types.ts";

/** What a change of policies means for those whom they bind. */
export interface PolicyChange {
  /** In words, each thing that is refused less than before. */
  readonly loosened: readonly string[];
  /** How many things are refused more. */
  readonly tightened: number;
}

/** Compares policies by meaning, and says what they no longer refuse. */
export function policyChange(
  before: readonly Policy[],
  after: readonly Policy[],
  actions: readonly string[],
): PolicyChange {
  const { differences } = diffPolicies(before, after, actions);
  return {
    loosened: differences.filter(({ direction }) => direction !== "tightened").map(inWords),
    tightened: differences.filter(({ direction }) => direction === "tightened").length,
  };
}

/** The Deny statements of policies alone: what they refuse whatever else is allowed. */
export function denials(policies: readonly Policy[]): readonly Policy[] {
  return policies.map((policy) => ({
    ...policy,
    statements: policy.statements.filter(({ effect }) => effect === "Deny"),
  }));
}

const mostActions = 3;

function inWords(difference: PolicyDifference): string {
  const actions = [...difference.actions, ...difference.unknownActions];
  const shown = actions.slice(0, mostActions).join(", ");
  const others = (actions.length - mostActions).toLocaleString("en-US");
  const more = actions.length > mostActions ? ` and ${others} more` : "";
  const what = `${shown}${more}`;
  const { effect, before, after } = difference;
  if (effect === "Allow") return `allows more of ${what}`;
  if (before !== undefined && after === undefined) return `no longer denies ${what}`;
  const conditions = difference.conditions.map(conditionInWords);
  return conditions.length === 0
    ? `denies less of ${what}`
    : `denies less of ${what}: ${conditions.join(", ")}`;
}

function conditionInWords({
  operator,
  key,
  added,
  removed,
  change,
}: ClauseDifference["conditions"][number]): string {
  const name = `${operator} ${key}`;
  if (change === "added") return `only if ${name} ${added.join(", ")}`;
  if (change === "removed") return `without ${name} ${removed.join(", ")}`;
  return [
    ...(added.length === 0 ? [] : [`${name} now also has ${added.join(", ")}`]),
    ...(removed.length === 0 ? [] : [`${name} no longer has ${removed.join(", ")}`]),
  ].join(" and ");
}
