import { type Check, deny, organizationTypes, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** A condition on service-linked roles, which organization policies do not reach. */
export const serviceLinkedRoleTarget: Check = {
  code: "ORGRAIL6211",
  severity: "suggestion",
  types: organizationTypes,
  title: "The condition is about service-linked roles",
  why: "neither service control nor resource control policies restrict service-linked roles: a Deny of them has no effect, and an exception of them is not needed",
  remedy: "remove the value",
  sources: [sources.scp, sources.rcp],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({
      Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/aws-service-role/*" } },
    }),
    good: deny({ Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/Admin" } } }),
  },
  *check(policy) {
    for (const { condition, key } of policyConditions(policy)) {
      if (key !== "aws:principalarn") continue;
      for (const text of condition.values.values) {
        if (!text.value.includes("role/aws-service-role/")) continue;
        yield { at: text, summary: `${quote(text.value)} is a service-linked role` };
      }
    }
  },
};
