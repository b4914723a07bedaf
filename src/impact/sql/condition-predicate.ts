import { booleanOf } from "../../policy/operators/bool.ts";
import { type OperatorName, parseOperatorName } from "../../policy/operators/operator-name.ts";
import type { Condition, Policy } from "../../policy/types.ts";
import type { Dialect } from "./dialect.ts";
import { keyValues } from "./key-values.ts";
import type { Predicate } from "./predicate.ts";
import { and, anyOf, anything, type Bound, exactly, negated, not, or } from "./predicate.ts";
import { isPlain, likePattern, literal, regexpText } from "./sql-text.ts";

/**
 * Where a condition may hold. Keys whose value a record does not tell, and operators that SQL does
 * not have, hold everywhere.
 */
export function conditionPredicate(
  condition: Condition,
  version: Policy["version"],
  dialect: Dialect,
  by: "byKey" | "byRecord",
): Predicate {
  const name = parseOperatorName(condition.operator.value);
  const key = keyValues[condition.key.value.toLowerCase()];
  if (name === undefined || key === undefined) return true;
  if (by === "byKey" && key.isOfRecord === true) return true;
  const values = condition.values.values.map(({ value }) => value);
  const { known, absent = false } = key;
  const unknown = not(or(known, absent));
  const [present, without] =
    name.operator === "Null"
      ? [
          values.some((one) => booleanOf(one) === false),
          values.some((one) => booleanOf(one) === true),
        ]
      : [presentPredicate(name, key.value, values, version, dialect), holdsWithout(name)];
  return or(and(known, present), and(absent, without), unknown);
}

function holdsWithout({ ifExists, qualifier, operator }: OperatorName): boolean {
  const isNegated = operator !== "Null" && operator.negated;
  return ifExists || qualifier === "ForAllValues" || (isNegated && qualifier === undefined);
}

function presentPredicate(
  { operator }: OperatorName,
  value: string,
  wanted: readonly string[],
  version: Policy["version"],
  dialect: Dialect,
): Predicate {
  if (operator === "Null") return true;
  const compare = comparisons[operator.name.replace("Not", "")];
  if (compare === undefined) return true;
  const fills = operator.variables && version === "2012-10-17";
  const bound = anyOf(
    wanted.map((text) =>
      (fills && text.includes("${")) || !isPlain(text) ? anything : compare(value, text, dialect),
    ),
  );
  return (operator.negated ? negated(bound) : bound).may;
}

type Comparison = (value: string, wanted: string, dialect: Dialect) => Bound;

const arn: Comparison = (value, pattern, dialect) => {
  if (/^\*+$/.test(pattern)) return exactly(true);
  const parts = pattern.split(":");
  if (parts.length < 6) return exactly(false);
  const bound = glob(value, pattern, dialect);
  // In ARNs a `*` stays within its part.
  if (!pattern.includes("*")) return bound;
  if (pattern.includes("?")) return { may: bound.may, must: false };
  const regexp = [...parts.slice(0, 5), parts.slice(5).join(":")].map((part, index) =>
    part
      .split(/\*+/)
      .map(regexpText)
      .join(index < 5 ? "[^:]*" : "(?s:.*)"),
  );
  return { may: bound.may, must: dialect.regexpLike(value, `\\A${regexp.join(":")}\\z`) };
};

const glob: Comparison = (value, pattern) => {
  if (!/[*?]/.test(pattern)) return exactly(`${value} = ${literal(pattern)}`);
  // Some characters are two of IAM's `?`.
  if (pattern.includes("?")) {
    return { may: likePattern(value, pattern.replaceAll("?", "*")), must: false };
  }
  return exactly(likePattern(value, pattern));
};

const comparisons: Readonly<Record<string, Comparison>> = {
  StringEquals: (value, wanted) => exactly(`${value} = ${literal(wanted)}`),
  // Engines fold letters beyond ASCII each in their own way.
  StringEqualsIgnoreCase: (value, wanted) =>
    /^[ -~]*$/.test(wanted)
      ? {
          may: `lower(${value}) = ${literal(wanted.toLowerCase())}`,
          must: `${value} = ${literal(wanted)}`,
        }
      : anything,
  StringLike: glob,
  ArnEquals: arn,
  ArnLike: arn,
  Bool: (value, wanted) => {
    const truth = booleanOf(wanted);
    return exactly(truth !== undefined && `${value} = ${literal(String(truth))}`);
  },
};
