import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { type Check, deny, organizationTypes } from "../check.ts";

const long = Array.from({ length: 325 }, (_, index) => `arn:aws:s3:::example-${index}-bkt`);

/** A policy that nearly fills its quota. */
export const sizeHeadroom: Check = {
  code: "ORGRAIL6202",
  severity: "info",
  types: organizationTypes,
  title: "The policy nearly fills its quota",
  why: "the next statement may not fit; the quota counts characters as they are sent, with white space through the API and without it through the console",
  remedy: "send the policy without white space, use wildcards, or split it",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html",
  ],
  example: { type: "SERVICE_CONTROL_POLICY", bad: deny({ Resource: long }), good: deny({}) },
  *check({ size, document, type }) {
    const quota =
      organizationsQuotas.policyTypes[
        type === "RESOURCE_CONTROL_POLICY" ? type : "SERVICE_CONTROL_POLICY"
      ].contentCharacters;
    const at = { start: document.start, end: document.start };
    if (size.minified > quota) return;
    if (size.asSent <= quota && size.minified * 10 <= quota * 9) return;
    const summary = `${size.minified} of ${quota} characters without white space, ${size.asSent} as written`;
    yield { at, summary };
  },
};
