import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** The ARN of a session where the key holds that of the role. */
export const principalArnSessionForm: Check = {
  code: "ORGRAIL6206",
  severity: "warning",
  types: allPolicyTypes,
  title: "aws:PrincipalArn is compared with a session",
  why: "`aws:PrincipalArn` holds the ARN of the role, not of its session: an ARN of the form `assumed-role` never matches, and an exception by it excepts nobody",
  remedy: "write `arn:aws:iam::ACCOUNT:role/NAME`, with the role's path",
  sources: [sources.globalKeys],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({
      Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:sts::*:assumed-role/Admin/*" } },
    }),
    good: deny({ Condition: { ArnNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/Admin" } } }),
  },
  *check(policy) {
    for (const { condition, key } of policyConditions(policy)) {
      if (key !== "aws:principalarn") continue;
      for (const text of condition.values.values) {
        if (!/^arn:[^:]*:sts:|:assumed-role\//.test(text.value)) continue;
        yield { at: text, summary: `${quote(text.value)} is the ARN of a session` };
      }
    }
  },
};
