import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyResources, quote } from "../elements.ts";
import { servicePartUse } from "../service-part-use.ts";

/** An ARN with a Region, of a service whose ARNs have none. */
export const arnRegionNotAllowed: Check = {
  code: "ARN_REGION_NOT_ALLOWED",
  severity: "warning",
  types: allPolicyTypes,
  title: "ARNs of the service have no Region",
  why: "an ARN with a Region matches no resource of a service whose ARNs have none",
  remedy: "leave the Region empty",
  sources: [sources.analyzer, sources.actions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Action: "iam:DeleteRole", Resource: "arn:aws:iam:us-east-1:111122223333:role/A" }),
    good: deny({ Action: "iam:DeleteRole", Resource: "arn:aws:iam::111122223333:role/A" }),
  },
  *check(policy, facts) {
    for (const { text, arn } of policyResources(policy)) {
      if (arn === undefined || arn.region === "" || /^\*+$/.test(arn.region)) continue;
      if (servicePartUse(arn.service, facts)?.region !== "never") continue;
      yield { at: text, summary: `ARNs of ${quote(arn.service)} have no Region` };
    }
  },
};
