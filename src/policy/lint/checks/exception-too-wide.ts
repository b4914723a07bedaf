import { type Check, deny, organizationTypes, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { arnPattern, quote } from "../elements.ts";

/** An exception by principal that anybody can fall under. */
export const exceptionTooWide: Check = {
  code: "ORGRAIL6213",
  severity: "securityWarning",
  types: organizationTypes,
  title: "The exception is for anybody",
  why: "an exception for every role, or for roles whose name anybody can give, lets whoever may create a role past the Deny",
  remedy: "name the role, with an account and a path that only administrators can use",
  sources: [sources.scp, sources.globalKeys],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*" } } }),
    good: deny({
      Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/org/break-glass" } },
    }),
  },
  *check(policy) {
    for (const { condition, key, operator, statement } of policyConditions(policy)) {
      if (key !== "aws:principalarn" || !operator.isNegated || !operator.hasWildcards) continue;
      if (statement.effect !== "Deny") continue;
      for (const text of condition.values.values) {
        const resource = arnPattern(text.value)?.resource ?? text.value;
        if (!/^(\*|role\/\*|user\/\*|role\*|role\/\*\/\*)$/.test(resource)) continue;
        yield { at: text, summary: `${quote(text.value)} excepts every such principal` };
      }
    }
  },
};
