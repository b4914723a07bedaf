import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { sourceIpFindings } from "../source-ip.ts";

/** `NotIpAddress` of `aws:SourceIp` with private addresses only. */
export const privateNotIpAddress: Check = {
  code: "PRIVATE_NOT_IP_ADDRESS",
  severity: "error",
  types: allPolicyTypes,
  title: "NotIpAddress of aws:SourceIp names private addresses",
  why: "`aws:SourceIp` holds public addresses only: the condition matches every request and excepts nobody",
  remedy: "use `aws:VpcSourceIp` for requests through a VPC endpoint, or name public ranges",
  sources: [sources.analyzer, sources.globalKeys],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } } }),
    good: deny({ Condition: { NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" } } }),
  },
  check: (policy) => sourceIpFindings(policy, { isNegated: true, isMixed: false }),
};
