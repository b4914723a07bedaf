import type { Statement } from "../types.ts";
import { type ConditionOperator, statementConditions } from "./condition-operator.ts";

/** Keys of calls that an AWS service makes with its own principal, by which it says for whom. */
export const keysOfSources: RegExp = /^aws:source(?:orgid|orgpaths|account|arn)$/;

/** Whether a condition holds for requests that lack its key. */
export function meetsAbsentKey({
  family,
  isNegated,
  isIfExists,
  qualifier,
}: ConditionOperator): boolean {
  if (family === "Null" || qualifier === "ForAnyValue") return false;
  return isNegated || isIfExists || qualifier === "ForAllValues";
}

/** Whether a statement is for calls of AWS services only (`true`), or for none of them (`false`). */
export function saysWhetherService(statement: Statement, wanted: "true" | "false"): boolean {
  return statementConditions(statement).some(
    ({ key, operator, condition }) =>
      key === "aws:principalisawsservice" &&
      (operator.family === "Bool" || operator.family === "String") &&
      condition.values.values.every(
        ({ value }) => (value.toLowerCase() === wanted) !== operator.isNegated,
      ),
  );
}
