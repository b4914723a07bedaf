import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyResources, quote } from "../elements.ts";
import { servicePartUse } from "../service-part-use.ts";

/** An ARN without a Region, of a service whose ARNs all have one. */
export const missingArnRegion: Check = {
  code: "MISSING_ARN_REGION",
  severity: "warning",
  types: allPolicyTypes,
  title: "The ARN lacks its Region",
  why: "an ARN with an empty Region matches no resource of a service whose ARNs have one",
  remedy: "write the Region, or `*` for every Region",
  sources: [sources.analyzer, sources.actions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Action: "sqs:DeleteQueue", Resource: "arn:aws:sqs::111122223333:jobs" }),
    good: deny({ Action: "sqs:DeleteQueue", Resource: "arn:aws:sqs:*:111122223333:jobs" }),
  },
  *check(policy, facts) {
    for (const { text, arn } of policyResources(policy)) {
      if (arn === undefined || arn.region !== "") continue;
      if (servicePartUse(arn.service, facts, arn.resource)?.region !== "always") continue;
      yield { at: text, summary: `ARNs of ${quote(arn.service)} have a Region, and this has none` };
    }
  },
};
