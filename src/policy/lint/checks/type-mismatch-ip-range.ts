import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";
import { ipRange } from "../ip-range.ts";

/** A value of an IP operator that is no address and no range. */
export const typeMismatchIpRange: Check = {
  code: "TYPE_MISMATCH_IP_RANGE",
  severity: "error",
  types: allPolicyTypes,
  title: "An IP condition has no address",
  why: "`IpAddress` and `NotIpAddress` compare with addresses and CIDR ranges; another value never matches, so that `NotIpAddress` matches everybody",
  remedy: "write an address or a range such as `192.0.2.0/24` or `2001:db8::/32`",
  sources: [sources.analyzer, sources.conditions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { NotIpAddress: { "aws:SourceIp": "192.0.2.0/33" } } }),
    good: deny({ Condition: { NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" } } }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (operator.family !== "IpAddress") continue;
      for (const text of condition.values.values) {
        if (text.value.includes("${") || ipRange(text.value) !== undefined) continue;
        yield { at: text, summary: `${quote(text.value)} is no address and no range` };
      }
    }
  },
};
