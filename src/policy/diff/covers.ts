import { globCovers } from "../lint/glob.ts";
import {
  hasVariable,
  isEverything,
  resourceCovers,
  resourcesOverlap,
} from "../resource-patterns.ts";
import type { Clause, ClauseCondition } from "./clause.ts";

/**
 * Whether a clause holds for every request for which another holds. Never says yes wrongly; says
 * no where it would take more than comparing lists and patterns to see it.
 */
export function clauseCovers(wide: Clause, narrow: Clause): boolean {
  return (
    wide.effect === narrow.effect &&
    // Only one version of the policy language has variables, so the same text may differ.
    wide.language === narrow.language &&
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
    b.resources.patterns.some((other) => resourcesOverlap(one, other)),
  );
}

function resourcesCover({ resources: wide }: Clause, { resources: narrow }: Clause): boolean {
  const { patterns } = wide;
  if (!wide.isNegated) {
    if (patterns.some(isEverything)) return true;
    return (
      !narrow.isNegated &&
      narrow.patterns.every((one) => patterns.some((pattern) => resourceCovers(pattern, one)))
    );
  }
  return narrow.isNegated
    ? patterns.every((pattern) => narrow.patterns.some((one) => resourceCovers(one, pattern)))
    : !narrow.patterns.some((one) => patterns.some((pattern) => resourcesOverlap(pattern, one)));
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
            ? valueCovers(pattern, value)
            : pattern === value,
        ),
      );
    return n.isNegated ? inside(wide.values, narrow.values) : inside(narrow.values, wide.values);
  }
  return false;
}

/** Whether a pattern of `StringLike` matches all that another matches. */
function valueCovers(wide: string, narrow: string): boolean {
  if (wide === narrow || isEverything(wide)) return true;
  return !hasVariable(wide) && !hasVariable(narrow) && globCovers(wide, narrow);
}

function sameValues(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((value, index) => value === b[index]);
}
