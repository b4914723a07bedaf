import { compileCondition, type OperatorNames } from "../policy/compile-condition.ts";
import { keyTable, newFrame } from "../policy/frame.ts";
import type { Policy } from "../policy/types.ts";

/**
 * Sorts principals by what policies can tell of their ARN: those of one class, of the same account
 * and kind, are decided alike. Without conditions on the ARN there is one class; where it stands in a
 * policy variable, or is compared with one, each is its own.
 */
export function principalClasses(
  policies: Iterable<Policy>,
  keys: ReadonlySet<string>,
): (principal: string) => string {
  const all = [...new Set(policies)];
  const isVariable = all.some(({ statements }) =>
    statements.some(
      ({ resource, notResource, conditions }) =>
        [
          ...((resource ?? notResource)?.values ?? []),
          ...conditions.flatMap(({ values }) => values.values),
        ].some(({ value }) => /\$\{aws:principalarn/i.test(value)) ||
        // What fills a variable in is not known here.
        conditions.some(
          ({ key, values }) =>
            key.value.toLowerCase() === "aws:principalarn" &&
            values.values.some(({ value }) => value.includes("${")),
        ),
    ),
  );
  if (isVariable) return (principal) => principal;
  if (!keys.has("aws:principalarn")) return () => "";
  const table = keyTable();
  const operators: OperatorNames = new Map();
  const conditions = new Map(
    all.flatMap((policy) =>
      policy.statements.flatMap((statement) =>
        statement.conditions
          .filter(({ key }) => key.value.toLowerCase() === "aws:principalarn")
          .map((condition) => {
            const values = condition.values.values.map(({ value }) => value);
            const id = JSON.stringify([policy.version, condition.operator.value, values]);
            return [id, compileCondition(condition, policy.version, table, operators)] as const;
          }),
      ),
    ),
  );
  const asked = [...conditions.values()];
  const frame = newFrame(table);
  return (principal) => {
    frame.values.fill(principal);
    let answers = "";
    for (const condition of asked) answers += condition.whenPresent(principal, frame);
    return answers;
  };
}
