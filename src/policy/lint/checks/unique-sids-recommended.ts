import { type Check, policyOf, sources } from "../check.ts";
import { repeatedSids } from "../repeated-sids.ts";

const statement = { Effect: "Deny", Principal: "*", Action: "s3:DeleteBucket", Resource: "*" };

/** Two statements of the same `Sid`, where AWS takes it. */
export const uniqueSidsRecommended: Check = {
  code: "UNIQUE_SIDS_RECOMMENDED",
  severity: "warning",
  types: ["RESOURCE_POLICY"],
  title: "Statements share a Sid",
  why: "a shared id makes it unclear which statement a log or an error message means",
  remedy: "give each statement a `Sid` of its own, or none",
  sources: [sources.analyzer],
  example: {
    type: "RESOURCE_POLICY",
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
