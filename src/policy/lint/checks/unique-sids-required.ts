import { type Check, policyOf, sources } from "../check.ts";
import { repeatedSids } from "../repeated-sids.ts";

const statement = { Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" };

/** Two statements of the same `Sid`, where AWS refuses it. */
export const uniqueSidsRequired: Check = {
  code: "UNIQUE_SIDS_REQUIRED",
  severity: "error",
  types: ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY", "IDENTITY_POLICY"],
  title: "Statements share a Sid",
  why: "statement ids of this policy type are unique within the document; AWS refuses it otherwise",
  remedy: "give each statement a `Sid` of its own, or none",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html",
  ],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: policyOf(
      { Sid: "Keep", ...statement },
      { Sid: "Keep", ...statement, Action: "s3:PutBucketAcl" },
    ),
    good: policyOf(
      { Sid: "Keep", ...statement },
      { Sid: "Acl", ...statement, Action: "s3:PutBucketAcl" },
    ),
  },
  check: repeatedSids,
};
