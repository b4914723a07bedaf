import { allPolicyTypes, type Check, deny, sources } from "../check.ts";

/** A document without `Version`. */
export const missingVersion: Check = {
  code: "MISSING_VERSION",
  severity: "warning",
  types: allPolicyTypes,
  title: "Version is missing",
  why: "without `Version` a policy is read by the rules of 2008-10-17, in which policy variables are plain text",
  remedy: 'add `"Version": "2012-10-17"`',
  sources: [sources.analyzer, sources.variables],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: { Statement: { Effect: "Deny", Action: "s3:DeleteBucket", Resource: "*" } },
    good: deny({}),
  },
  *check({ document }) {
    if (document.kind !== "object") return;
    if (document.members.some(({ key }) => key.value === "Version")) return;
    yield {
      at: { start: document.start, end: document.start },
      summary: "the policy has no `Version`",
    };
  },
};
