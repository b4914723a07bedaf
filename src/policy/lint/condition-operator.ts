import type { Condition, Policy, Statement } from "../types.ts";

/** What kind of values an operator compares. */
export type OperatorFamily =
  | "String"
  | "Numeric"
  | "Date"
  | "Bool"
  | "Binary"
  | "IpAddress"
  | "Arn"
  | "Null";

/** A condition operator, understood. */
export interface ConditionOperator {
  /** As AWS spells it, with set qualifier and suffix. */
  readonly canonical: string;
  readonly family: OperatorFamily;
  readonly qualifier?: "ForAllValues" | "ForAnyValue";
  readonly isNegated: boolean;
  readonly isIfExists: boolean;
  /** `*` and `?` in values are wildcards. */
  readonly hasWildcards: boolean;
  /** The operator without qualifier and suffix. */
  readonly base: string;
}

const bases: readonly string[] = [
  "StringEquals",
  "StringNotEquals",
  "StringEqualsIgnoreCase",
  "StringNotEqualsIgnoreCase",
  "StringLike",
  "StringNotLike",
  "NumericEquals",
  "NumericNotEquals",
  "NumericLessThan",
  "NumericLessThanEquals",
  "NumericGreaterThan",
  "NumericGreaterThanEquals",
  "DateEquals",
  "DateNotEquals",
  "DateLessThan",
  "DateLessThanEquals",
  "DateGreaterThan",
  "DateGreaterThanEquals",
  "Bool",
  "BinaryEquals",
  "IpAddress",
  "NotIpAddress",
  "ArnEquals",
  "ArnLike",
  "ArnNotEquals",
  "ArnNotLike",
  "Null",
];

const baseByLowerCase: ReadonlyMap<string, string> = new Map(
  bases.map((base) => [base.toLowerCase(), base]),
);

const families: readonly OperatorFamily[] = [
  "String",
  "Numeric",
  "Date",
  "Bool",
  "Binary",
  "Arn",
  "Null",
];

/** Understands an operator's name, whatever its case; `undefined` when there is no such operator. */
export function conditionOperator(text: string): ConditionOperator | undefined {
  const match = /^(?:(forallvalues|foranyvalue):)?([a-z]+?)(ifexists)?$/i.exec(text);
  const base = baseByLowerCase.get(match?.[2]?.toLowerCase() ?? "");
  if (match === null || base === undefined) return undefined;
  const qualifier =
    match[1] === undefined
      ? undefined
      : match[1].toLowerCase() === "forallvalues"
        ? "ForAllValues"
        : "ForAnyValue";
  const isIfExists = match[3] !== undefined;
  const family = families.find((name) => base.startsWith(name)) ?? "IpAddress";
  return {
    canonical: `${qualifier === undefined ? "" : `${qualifier}:`}${base}${isIfExists ? "IfExists" : ""}`,
    family,
    ...(qualifier === undefined ? {} : { qualifier }),
    isNegated: base.includes("Not"),
    isIfExists,
    hasWildcards: base.endsWith("Like") || family === "Arn",
    base,
  };
}

/** A condition with its operator, where there is such an operator. */
export interface ReadCondition {
  readonly statement: Statement;
  readonly condition: Condition;
  readonly operator: ConditionOperator;
  /** The key in lower case: names of keys have no case. */
  readonly key: string;
}

/** The conditions of a statement whose operators exist. */
export function statementConditions(statement: Statement): readonly ReadCondition[] {
  return statement.conditions.flatMap((condition) => {
    const operator = conditionOperator(condition.operator.value);
    const key = condition.key.value.toLowerCase();
    return operator === undefined ? [] : [{ statement, condition, operator, key }];
  });
}

/** The conditions of a whole policy whose operators exist. */
export function policyConditions(policy: Policy): readonly ReadCondition[] {
  return policy.statements.flatMap(statementConditions);
}

/** Whether a statement makes sure that a key is there: `Null` `false` on it. */
export function requiresKey(statement: Statement, key: string): boolean {
  return statementConditions(statement).some(
    ({ operator, key: name, condition }) =>
      operator.family === "Null" &&
      name === key &&
      condition.values.values.some(({ value }) => value.toLowerCase() === "false"),
  );
}
