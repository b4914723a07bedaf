import { arnOperators } from "./arn.ts";
import { binaryOperators } from "./binary.ts";
import { boolOperators } from "./bool.ts";
import { dateOperators } from "./date.ts";
import { ipAddressOperators } from "./ip-address.ts";
import { numericOperators } from "./numeric.ts";
import type { Operator } from "./operator.ts";
import { stringOperators } from "./string.ts";

/** Every condition operator but `Null`, which tests for existence and compares nothing. */
export const operators: readonly Operator[] = [
  ...stringOperators,
  ...numericOperators,
  ...dateOperators,
  ...boolOperators,
  ...binaryOperators,
  ...ipAddressOperators,
  ...arnOperators,
];

const byName: ReadonlyMap<string, Operator> = new Map(
  operators.map((operator) => [operator.name.toLowerCase(), operator]),
);

/** What the name of a condition operator says. */
export interface OperatorName {
  /** `Null`, or an operator that compares values. */
  readonly operator: Operator | "Null";
  readonly qualifier?: "ForAllValues" | "ForAnyValue";
  readonly ifExists: boolean;
}

/**
 * Reads the name of a condition operator, whatever its case; `undefined` when AWS has none of that
 * name (`NullIfExists` is none).
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function parseOperatorName(name: string): OperatorName | undefined {
  let rest = name.toLowerCase();
  let qualifier: OperatorName["qualifier"];
  if (rest.startsWith("forallvalues:")) qualifier = "ForAllValues";
  else if (rest.startsWith("foranyvalue:")) qualifier = "ForAnyValue";
  if (qualifier !== undefined) rest = rest.slice(qualifier.length + 1);
  const ifExists = rest.endsWith("ifexists");
  if (ifExists) rest = rest.slice(0, -"ifexists".length);
  const operator = rest === "null" && !ifExists ? "Null" : byName.get(rest);
  if (operator === undefined) return undefined;
  return { operator, ifExists, ...(qualifier === undefined ? {} : { qualifier }) };
}
