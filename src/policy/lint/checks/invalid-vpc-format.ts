import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { identifierFindings } from "../identifier-findings.ts";

/** A value of `aws:SourceVpc` that is no VPC's id. */
export const invalidVpcFormat: Check = {
  code: "INVALID_VPC_FORMAT",
  severity: "error",
  types: allPolicyTypes,
  title: "The condition names no VPC",
  why: "`aws:SourceVpc` holds `vpc-` and 8 or 17 letters and digits; another value never matches",
  remedy: "write the id of the VPC",
  sources: [sources.analyzer, sources.globalKeys],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringNotEqualsIfExists: { "aws:SourceVpc": "my-vpc" } } }),
    good: deny({ Condition: { StringNotEqualsIfExists: { "aws:SourceVpc": "vpc-0a1b2c3d" } } }),
  },
  check: (policy) =>
    identifierFindings(policy, "aws:sourcevpc", /^vpc-([a-z0-9]{8}|[a-z0-9]{17})$/, "VPC"),
};
