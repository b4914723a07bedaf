import type { Clause, ClauseCondition } from "./clause.ts";
import { clauseCovers, clausesMayOverlap } from "./covers.ts";

/** What has changed in a condition that both sides have, or that one side has. */
export interface ConditionChange {
  readonly operator: string;
  readonly key: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  /** `added` or `removed`: the condition as a whole. */
  readonly change: "added" | "removed" | "values";
}

/** One difference between two sets of clauses. */
export interface ClauseDifference {
  readonly effect: "Allow" | "Deny";
  /** Absent: there was none. */
  readonly before?: Clause;
  /** Absent: there is none. */
  readonly after?: Clause;
  /**
   * `tightened`: more is refused; `loosened`: less is; `changed`: some requests the one, some the
   * other way.
   */
  readonly direction: "tightened" | "loosened" | "changed";
  readonly conditions: readonly ConditionChange[];
  /** Why this may say more than there is; empty when it is exact. */
  readonly approximations: readonly string[];
}

/** The differences in meaning between the clauses that concern the same actions. */
export function compareClauses(
  before: readonly Clause[],
  after: readonly Clause[],
): readonly ClauseDifference[] {
  const lost = before.filter((clause) => !after.some((other) => clauseCovers(other, clause)));
  const won = after.filter((clause) => !before.some((other) => clauseCovers(other, clause)));
  const differences: ClauseDifference[] = [];
  const unpaired = new Set(won);
  for (const clause of lost) {
    const partner =
      // A clause of the other side that says more, or less, or the same of other resources.
      [...unpaired].find((other) => isRelative(clause, other)) ??
      after.find((other) => clauseCovers(clause, other));
    if (partner !== undefined) unpaired.delete(partner);
    differences.push(difference(clause, partner, [...before, ...after]));
  }
  for (const clause of unpaired) {
    const partner = before.find((other) => clauseCovers(clause, other));
    differences.push(difference(partner, clause, [...before, ...after]));
  }
  return differences;
}

function isRelative(a: Clause, b: Clause): boolean {
  if (a.effect !== b.effect || a.principals !== b.principals) return false;
  const sameResources = JSON.stringify(a.resources) === JSON.stringify(b.resources);
  const names = (clause: Clause): string =>
    JSON.stringify(clause.conditions.map(({ name, key }) => [name, key.toLowerCase()]));
  return sameResources || names(a) === names(b);
}

function difference(
  before: Clause | undefined,
  after: Clause | undefined,
  all: readonly Clause[],
): ClauseDifference {
  const one = (after ?? before) as Clause;
  const more = one.effect === "Deny" ? "tightened" : "loosened";
  const less = one.effect === "Deny" ? "loosened" : "tightened";
  const direction =
    before === undefined
      ? more
      : after === undefined
        ? less
        : clauseCovers(after, before)
          ? more
          : clauseCovers(before, after)
            ? less
            : "changed";
  const approximations: string[] = [];
  const others = all.filter(
    (other) => other !== before && other !== after && other.effect === one.effect,
  );
  const sides = [before, after].filter((clause) => clause !== undefined);
  if (others.some((other) => sides.some((clause) => clausesMayOverlap(other, clause)))) {
    approximations.push("another statement holds for some of the same requests");
  }
  if (before?.hasVariables === true || after?.hasVariables === true) {
    approximations.push("a policy variable decides in the request");
  }
  return {
    effect: one.effect,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    direction,
    conditions: before === undefined || after === undefined ? [] : conditionChanges(before, after),
    approximations,
  };
}

function conditionChanges(before: Clause, after: Clause): readonly ConditionChange[] {
  const id = ({ name, key }: ClauseCondition): string => `${name} ${key.toLowerCase()}`;
  const old = new Map(before.conditions.map((condition) => [id(condition), condition]));
  const now = new Map(after.conditions.map((condition) => [id(condition), condition]));
  const changes: ConditionChange[] = [];
  for (const [name, condition] of now) {
    const earlier = old.get(name);
    const added = condition.values.filter((value) => !earlier?.values.includes(value));
    const removed = earlier?.values.filter((value) => !condition.values.includes(value)) ?? [];
    if (added.length + removed.length === 0) continue;
    changes.push({
      operator: condition.name,
      key: condition.key,
      added,
      removed,
      change: earlier === undefined ? "added" : "values",
    });
  }
  for (const [name, condition] of old) {
    if (now.has(name)) continue;
    const { name: operator, key, values } = condition;
    changes.push({ operator, key, added: [], removed: values, change: "removed" });
  }
  return changes;
}
