import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { sourceIpFindings } from "../source-ip.ts";

/** `NotIpAddress` of `aws:SourceIp` with private addresses among public ones. */
export const privateNotIpAddressSubset: Check = {
  code: "PRIVATE_NOT_IP_ADDRESS_SUBSET",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "NotIpAddress of aws:SourceIp names some private addresses",
  why: "`aws:SourceIp` holds public addresses only: the private ranges except nobody",
  remedy: "move the private ranges to a condition on `aws:VpcSourceIp`",
  sources: [sources.analyzer, sources.globalKeys],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { NotIpAddress: { "aws:SourceIp": ["192.0.2.0/24", "10.0.0.0/8"] } } }),
    good: deny({ Condition: { NotIpAddress: { "aws:SourceIp": ["192.0.2.0/24"] } } }),
  },
  check: (policy) => sourceIpFindings(policy, { isNegated: true, isMixed: true }),
};
