import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { sourceIpFindings } from "../source-ip.ts";

/** `IpAddress` of `aws:SourceIp` with private addresses only. */
export const privateIpAddress: Check = {
  code: "PRIVATE_IP_ADDRESS",
  severity: "error",
  types: allPolicyTypes,
  title: "aws:SourceIp is compared with private addresses",
  why: "`aws:SourceIp` holds public addresses only: a private range never matches",
  remedy: "use `aws:VpcSourceIp` for requests through a VPC endpoint, or name public ranges",
  sources: [sources.analyzer, sources.globalKeys],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
    good: deny({ Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } }),
  },
  check: (policy) => sourceIpFindings(policy, { isNegated: false, isMixed: false }),
};
