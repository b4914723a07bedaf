import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { identifierFindings } from "../identifier-findings.ts";

/** A value of `aws:SourceVpce` that is no VPC endpoint's id. */
export const invalidVpceFormat: Check = {
  code: "INVALID_VPCE_FORMAT",
  severity: "error",
  types: allPolicyTypes,
  title: "The condition names no VPC endpoint",
  why: "`aws:SourceVpce` holds `vpce-` and 8 or 17 letters and digits; another value never matches",
  remedy: "write the id of the VPC endpoint",
  sources: [sources.analyzer, sources.globalKeys],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringNotEqualsIfExists: { "aws:SourceVpce": "vpc-0a1b2c3d" } } }),
    good: deny({ Condition: { StringNotEqualsIfExists: { "aws:SourceVpce": "vpce-0a1b2c3d" } } }),
  },
  check: (policy) =>
    identifierFindings(
      policy,
      "aws:sourcevpce",
      /^vpce-([a-z0-9]{8}|[a-z0-9]{17})$/,
      "VPC endpoint",
    ),
};
