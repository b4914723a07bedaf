import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyResources, quote } from "../elements.ts";
import { servicePartUse } from "../service-part-use.ts";

/** An ARN without an account, of a service whose ARNs all have one. */
export const missingArnAccount: Check = {
  code: "MISSING_ARN_ACCOUNT",
  severity: "warning",
  types: allPolicyTypes,
  title: "The ARN lacks its account",
  why: "an ARN with an empty account matches no resource of a service whose ARNs have one",
  remedy: "write the account id, or `*` for every account",
  sources: [sources.analyzer, sources.actions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Action: "sqs:DeleteQueue", Resource: "arn:aws:sqs:*::jobs" }),
    good: deny({ Action: "sqs:DeleteQueue", Resource: "arn:aws:sqs:*:*:jobs" }),
  },
  *check(policy, facts) {
    for (const { text, arn } of policyResources(policy)) {
      if (arn === undefined || arn.account !== "") continue;
      if (servicePartUse(arn.service, facts, arn.resource)?.account !== "always") continue;
      yield {
        at: text,
        summary: `ARNs of ${quote(arn.service)} have an account, and this has none`,
      };
    }
  },
};
