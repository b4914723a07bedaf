import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyResources, quote } from "../elements.ts";

/** An ARN whose service is not in lower case. */
export const invalidArnServiceCase: Check = {
  code: "INVALID_ARN_SERVICE_CASE",
  severity: "error",
  types: allPolicyTypes,
  title: "The ARN's service is not in lower case",
  why: "ARNs are compared with regard to case, and services are written in lower case",
  remedy: "write the service in lower case",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Resource: "arn:aws:S3:::my-bucket" }),
    good: deny({ Resource: "arn:aws:s3:::my-bucket" }),
  },
  *check(policy, facts) {
    for (const { text, arn } of policyResources(policy)) {
      if (arn === undefined || arn.service === arn.service.toLowerCase()) continue;
      if (facts.service(arn.service) === undefined) continue;
      yield { at: text, summary: `service ${quote(arn.service)} is not in lower case` };
    }
  },
};
