import { allPolicyTypes, type Check, deny, sources, variable } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";
import { policyVariables } from "../policy-variables.ts";

/** A policy variable in a value of an operator that does not replace it. */
export const invalidVariableForOperator: Check = {
  code: "INVALID_VARIABLE_FOR_OPERATOR",
  severity: "error",
  types: allPolicyTypes,
  title: "The operator knows no variables",
  why: "variables are replaced in values of String and ARN operators only",
  remedy: "write the value in full, or use a String or ARN operator",
  sources: [sources.analyzer, sources.variables],
  example: {
    type: "IDENTITY_POLICY",
    bad: deny({
      Condition: {
        NumericEquals: { "aws:MultiFactorAuthAge": `${variable("aws:PrincipalTag/age")}` },
      },
    }),
    good: deny({
      Condition: {
        StringEquals: { "aws:SourceIdentity": `${variable("aws:PrincipalTag/owner")}` },
      },
    }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (operator.family === "String" || operator.family === "Arn") continue;
      for (const text of condition.values.values) {
        if (policyVariables(text.value).length === 0) continue;
        yield {
          at: text,
          summary: `${quote(condition.operator.value)} does not replace variables`,
        };
      }
    }
  },
};
