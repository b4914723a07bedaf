import { compileActions } from "../action-pattern.ts";
import type { Policy, Statement } from "../types.ts";
import { type Clause, clauseOf } from "./clause.ts";
import { type ClauseDifference, compareClauses } from "./compare-clauses.ts";

/** A difference in meaning, and the actions that it concerns. */
export interface PolicyDifference extends ClauseDifference {
  /** Known actions, as the list that was given writes them. */
  readonly actions: readonly string[];
  /** Patterns of the policies that name no known action, such as those of a dead service. */
  readonly unknownActions: readonly string[];
}

/** How two sets of policies differ in meaning. */
export interface PolicyDiff {
  readonly differences: readonly PolicyDifference[];
  /** How many known actions were compared. */
  readonly comparedActions: number;
  /** What the comparison takes for granted. */
  readonly assumptions: readonly string[];
}

interface Side {
  readonly clauses: readonly { readonly clause: Clause; matches(action: string): boolean }[];
  readonly hasAllow: boolean;
}

/**
 * Compares two sets of policies by meaning: which of the known actions become denied or allowed, on
 * which resources, for whom, under which conditions. The policies of one set stand at one place of
 * the tree: their statements count together. Order, spelling, splitting into statements and
 * documents, and what is said twice make no difference.
 *
 * @param actions all known actions, such as `s3:GetObject`.
 */
export function diffPolicies(
  before: readonly Policy[],
  after: readonly Policy[],
  actions: readonly string[],
): PolicyDiff {
  const old = sideOf(before);
  const now = sideOf(after);
  const listsDenialsOnly = !old.hasAllow && !now.hasAllow;
  const groups = new Map<string, { actions: string[]; unknown: string[]; sides: Sides }>();
  const add = (action: string, isKnown: boolean): void => {
    const sides = sidesFor(action.toLowerCase(), old, now, listsDenialsOnly);
    const id = `${ids(sides.before)}|${ids(sides.after)}`;
    const group = groups.get(id) ?? { actions: [], unknown: [], sides };
    (isKnown ? group.actions : group.unknown).push(action);
    groups.set(id, group);
  };
  for (const action of actions) add(action, true);
  for (const pattern of unknownPatterns([...before, ...after], actions)) add(pattern, false);
  const differences = [...groups.values()].flatMap(({ actions: known, unknown, sides }) =>
    compareClauses(sides.before, sides.after).map((difference) => ({
      ...difference,
      actions: known,
      unknownActions: unknown,
    })),
  );
  return {
    differences: merged(differences),
    comparedActions: actions.length,
    assumptions: listsDenialsOnly
      ? [
          "neither side allows anything: both are read as lists of denials beside a policy that allows all",
        ]
      : [],
  };
}

interface Sides {
  readonly before: readonly Clause[];
  readonly after: readonly Clause[];
}

function sideOf(policies: readonly Policy[]): Side {
  const clauses = policies.flatMap((policy) =>
    policy.statements.map((statement) => ({
      clause: clauseOf(policy, statement),
      matches: actionTest(statement),
    })),
  );
  return { clauses, hasAllow: clauses.some(({ clause }) => clause.effect === "Allow") };
}

function actionTest({ action, notAction }: Statement): (action: string) => boolean {
  const values = (action ?? notAction)?.values.map(({ value }) => value) ?? [];
  const test = compileActions(values);
  return action === undefined ? (name) => !test(name) : test;
}

/** The clauses that decide on an action; those that cannot change the outcome are left out. */
function sidesFor(action: string, old: Side, now: Side, listsDenialsOnly: boolean): Sides {
  const of = (side: Side): readonly Clause[] => {
    const found = side.clauses.filter(({ matches }) => matches(action)).map(({ clause }) => clause);
    const allows = found.some(({ effect }) => effect === "Allow");
    // Nothing that is not allowed can be denied further.
    return listsDenialsOnly || allows ? found : [];
  };
  const before = of(old);
  const after = of(now);
  const refuses = (clauses: readonly Clause[]): boolean =>
    isDenied(clauses) || (!listsDenialsOnly && clauses.length === 0);
  return refuses(before) && refuses(after) ? { before: [], after: [] } : { before, after };
}

/** Whether the clauses deny every request. */
function isDenied(clauses: readonly Clause[]): boolean {
  return clauses.some(
    ({ effect, resources, conditions, principals }) =>
      effect === "Deny" &&
      !resources.isNegated &&
      resources.patterns.includes("*") &&
      conditions.length === 0 &&
      (principals === "" || principals === "*"),
  );
}

/** Patterns that name no known action, so that no known action can speak for them. */
function unknownPatterns(policies: readonly Policy[], actions: readonly string[]): Set<string> {
  const known = actions.map((action) => action.toLowerCase());
  const patterns = policies.flatMap(({ statements }) =>
    statements.flatMap(({ action, notAction }) =>
      [...(action?.values ?? []), ...(notAction?.values ?? [])].map(({ value }) => value),
    ),
  );
  return new Set(
    [...new Set(patterns)].filter((pattern) => !known.some(compileActions([pattern]))),
  );
}

function ids(clauses: readonly Clause[]): string {
  return [...new Set(clauses.map(({ id }) => id))].sort().join("\n");
}

/** Joins the differences that say the same of different actions. */
function merged(differences: readonly PolicyDifference[]): readonly PolicyDifference[] {
  const byId = new Map<string, PolicyDifference>();
  for (const one of differences) {
    const id = JSON.stringify([one.before?.id, one.after?.id, one.approximations]);
    const earlier = byId.get(id);
    byId.set(
      id,
      earlier === undefined
        ? one
        : {
            ...earlier,
            actions: [...earlier.actions, ...one.actions].sort(),
            unknownActions: [...earlier.unknownActions, ...one.unknownActions].sort(),
          },
    );
  }
  return [...byId.values()];
}
