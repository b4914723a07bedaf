import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { type Check, deny, policyOf, sources } from "../check.ts";
import { sizeFindings } from "../size-findings.ts";

const long = Array.from({ length: 200 }, (_, index) => `arn:aws:s3:::example-${index}-bucket`);

/** A resource control policy that is longer than AWS takes. */
export const policySizeExceedsRcpQuota: Check = {
  code: "POLICY_SIZE_EXCEEDS_RCP_QUOTA",
  severity: "error",
  types: ["RESOURCE_CONTROL_POLICY"],
  title: "The resource control policy is too long",
  why: "AWS refuses a resource control policy above its quota, counted as it is sent; without white space is the least it can be",
  remedy: "send it without white space, use wildcards, or split it",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html",
  ],
  example: {
    type: "RESOURCE_CONTROL_POLICY",
    bad: deny({ Principal: "*", Resource: long }),
    good: policyOf(),
  },
  check: (policy) =>
    sizeFindings(policy, organizationsQuotas.policyTypes.RESOURCE_CONTROL_POLICY.contentCharacters),
};
