import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { hasWildcard, quote, splitOutsideVariables } from "../elements.ts";

/** A value of an ARN operator that is no ARN. */
export const arnOperatorWithoutArn: Check = {
  code: "ORGRAIL6208",
  severity: "warning",
  types: allPolicyTypes,
  title: "A value of an ARN operator is no ARN",
  why: "ARN operators compare ARNs: a value of fewer than six parts never matches, so that a negated operator excepts nobody",
  remedy: "write the whole ARN, or use a String operator",
  sources: [sources.conditions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { ArnNotEquals: { "aws:PrincipalArn": "role/BreakGlass" } } }),
    good: deny({
      Condition: {
        ArnNotEquals: { "aws:PrincipalArn": "arn:aws:iam::111122223333:role/BreakGlass" },
      },
    }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (operator.family !== "Arn") continue;
      for (const text of condition.values.values) {
        if (hasWildcard(text.value) || text.value.includes("${")) continue;
        if (splitOutsideVariables(text.value).length >= 6) continue;
        yield { at: text, summary: `${quote(text.value)} is no ARN` };
      }
    }
  },
};
