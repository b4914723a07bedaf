import { allPolicyTypes, type Check, deny } from "../check.ts";
import { type ReadCondition, statementConditions } from "../condition-operator.ts";
import { hasWildcard, quote } from "../elements.ts";

/** Conditions of one statement that no request can meet together. */
export const contradictoryConditions: Check = {
  code: "ORGRAIL6204",
  severity: "warning",
  types: allPolicyTypes,
  title: "Conditions of the statement contradict each other",
  why: "all conditions of a statement must hold: where two of them cannot, the statement never applies",
  remedy: "put alternatives into one list of values, or into two statements",
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-logic-multiple-context-keys-or-values.html",
  ],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({
      Condition: {
        Null: { "aws:SourceVpc": "true" },
        StringEquals: { "aws:SourceVpc": "vpc-0a1b2c3d" },
      },
    }),
    good: deny({ Condition: { StringEquals: { "aws:SourceVpc": "vpc-0a1b2c3d" } } }),
  },
  *check({ statements }) {
    for (const statement of statements) {
      const byKey = new Map<string, ReadCondition[]>();
      for (const item of statementConditions(statement)) {
        if (item.operator.qualifier !== undefined) continue;
        const list = byKey.get(item.key);
        if (list === undefined) byKey.set(item.key, [item]);
        else list.push(item);
      }
      for (const conditions of byKey.values()) {
        const reason = contradiction(conditions);
        const last = conditions.at(-1);
        if (reason === undefined || last === undefined) continue;
        yield { at: last.condition, summary: `${quote(last.condition.key.value)} ${reason}` };
      }
    }
  },
};

function contradiction(conditions: readonly ReadCondition[]): string | undefined {
  if (conditions.length < 2) return undefined;
  const values = ({ condition }: ReadCondition): readonly string[] =>
    condition.values.values.map(({ value }) => value);
  const isAbsent = conditions.some(
    (item) => item.operator.family === "Null" && values(item).join().toLowerCase() === "true",
  );
  const needing = conditions.find(
    ({ operator }) => operator.family !== "Null" && !operator.isNegated && !operator.isIfExists,
  );
  if (isAbsent && needing !== undefined) return "must be absent and have a value";
  let possible: ReadonlySet<string> | undefined;
  for (const item of conditions) {
    const { operator } = item;
    const isExact =
      (operator.base === "StringEquals" ||
        operator.base === "StringLike" ||
        operator.base === "Bool") &&
      !operator.isIfExists;
    const list = values(item).map((value) =>
      operator.base === "Bool" ? value.toLowerCase() : value,
    );
    if (!isExact || list.some((value) => hasWildcard(value) || value.includes("${"))) continue;
    const before = possible;
    possible = new Set(before === undefined ? list : list.filter((value) => before.has(value)));
    if (possible.size === 0 && list.length > 0) return "must have two different values";
  }
  const excluded = conditions
    .filter(({ operator }) => operator.base === "StringNotEquals")
    .flatMap(values);
  if (
    possible !== undefined &&
    possible.size > 0 &&
    [...possible].every((value) => excluded.includes(value))
  ) {
    return "must have a value that another condition excludes";
  }
  return undefined;
}
