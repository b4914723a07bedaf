import { type ConditionOperator, conditionOperator } from "../lint/condition-operator.ts";
import { hasVariable } from "../resource-patterns.ts";
import type { Policy, Principals, Statement } from "../types.ts";

/** A condition of a clause: values sorted, without repetition. */
export interface ClauseCondition {
  /** As AWS spells it; as written where there is no such operator. */
  readonly name: string;
  /** Absent where there is no such operator: such a condition is only compared as text. */
  readonly operator?: ConditionOperator;
  readonly key: string;
  readonly values: readonly string[];
}

/** What a statement says beside its actions, in one form for all ways of writing it. */
export interface Clause {
  readonly effect: "Allow" | "Deny";
  /** Canonical text; empty for a policy without principals. */
  readonly principals: string;
  readonly resources: { readonly isNegated: boolean; readonly patterns: readonly string[] };
  readonly conditions: readonly ClauseCondition[];
  /** Equal for clauses that say the same. */
  readonly id: string;
  readonly hasVariables: boolean;
  /** `plain` where no text could hold a variable, else the version, which decides whether it does. */
  readonly language: "plain" | Policy["version"];
  readonly statement: Statement;
  readonly policy: Policy;
}

/** Reads the clause of a statement. */
export function clauseOf(policy: Policy, statement: Statement): Clause {
  const listed = statement.resource ?? statement.notResource;
  const resources = {
    isNegated: statement.resource === undefined && statement.notResource !== undefined,
    patterns: sortedSet(listed?.values.map(({ value }) => value) ?? ["*"]),
  };
  const conditions = statement.conditions
    .map(({ operator, key, values }) => {
      const known = conditionOperator(operator.value);
      const texts = values.values.map(({ value }) =>
        known?.family === "Bool" || known?.family === "Null" || known?.base.endsWith("IgnoreCase")
          ? value.toLowerCase()
          : value,
      );
      return {
        name: known?.canonical ?? operator.value,
        ...(known === undefined ? {} : { operator: known }),
        key: key.value,
        values: sortedSet(texts),
      };
    })
    .sort((a, b) => compare(conditionId(a), conditionId(b)));
  const principals = principalText(statement);
  const texts = [...resources.patterns, ...conditions.flatMap(({ values }) => values)];
  const language = texts.some(hasVariable) ? policy.version : "plain";
  return {
    effect: statement.effect,
    principals,
    resources,
    conditions,
    id: JSON.stringify([
      statement.effect,
      principals,
      resources,
      conditions.map(conditionId),
      language,
    ]),
    hasVariables: language === "2012-10-17",
    language,
    statement,
    policy,
  };
}

/** Text that is equal for conditions that say the same; names of keys have no case. */
function conditionId({ name, key, values }: ClauseCondition): string {
  return JSON.stringify([name, key.toLowerCase(), values]);
}

function principalText(statement: Statement): string {
  const written = statement.principal ?? statement.notPrincipal;
  if (written === undefined) return "";
  return `${statement.principal === undefined ? "not " : ""}${listText(written)}`;
}

function listText({ any, byType }: Principals): string {
  if (any) return "*";
  const lists = byType.map(
    ({ type, values }) => `${type.value}: ${sortedSet(values.values.map(({ value }) => value))}`,
  );
  return sortedSet(lists).join("; ");
}

function sortedSet(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].sort(compare);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
