import { globCovers, globsOverlap } from "../lint/glob.ts";
import type { Clause, ClauseCondition } from "./clause.ts";

/**
 * Whether a clause holds for every request for which another holds. Never says yes wrongly; says
 * no where it would take more than comparing lists and patterns to see it.
 */
export function clauseCovers(wide: Clause, narrow: Clause): boolean {
  return (
    wide.effect === narrow.effect &&
    (wide.principals === narrow.principals || wide.principals === "*") &&
    resourcesCover(wide, narrow) &&
    wide.conditions.every((condition) =>
      narrow.conditions.some((other) => conditionImplies(other, condition)),
    )
  );
}

/** Whether some request may hold for both clauses, as far as resources tell. */
export function clausesMayOverlap(a: Clause, b: Clause): boolean {
  if (a.resources.isNegated || b.resources.isNegated) return true;
  return a.resources.patterns.some((one) =>
    b.resources.patterns.some((other) => globsOverlap(one, other)),
  );
}

function resourcesCover({ resources: wide }: Clause, { resources: narrow }: Clause): boolean {
  const { patterns } = wide;
  if (!wide.isNegated) {
    if (patterns.includes("*")) return true;
    return (
      !narrow.isNegated &&
      narrow.patterns.every((one) => patterns.some((pattern) => globCovers(pattern, one)))
    );
  }
  return narrow.isNegated
    ? patterns.every((pattern) => narrow.patterns.some((one) => globCovers(one, pattern)))
    : !narrow.patterns.some((one) => patterns.some((pattern) => globsOverlap(pattern, one)));
}

/** Whether a condition holds only where another holds too. */
export function conditionImplies(narrow: ClauseCondition, wide: ClauseCondition): boolean {
  if (narrow.key.toLowerCase() !== wide.key.toLowerCase()) return false;
  const { operator: n } = narrow;
  const { operator: w } = wide;
  if (n === undefined || w === undefined) {
    return narrow.name === wide.name && sameValues(narrow.values, wide.values);
  }
  const sameOperator =
    n.base === w.base &&
    n.qualifier === w.qualifier &&
    (n.isIfExists === w.isIfExists || w.isIfExists);
  if (!sameOperator) return false;
  if (sameValues(narrow.values, wide.values)) return true;
  if (n.family === "String" || n.family === "Arn") {
    const inside = (some: readonly string[], all: readonly string[]): boolean =>
      some.every((value) =>
        all.some((pattern) =>
          // The parts of an ARN are matched one by one, so only equal patterns are sure.
          n.base === "StringLike" || n.base === "StringNotLike"
            ? globCovers(pattern, value)
            : pattern === value,
        ),
      );
    return n.isNegated ? inside(wide.values, narrow.values) : inside(narrow.values, wide.values);
  }
  return false;
}

function sameValues(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
