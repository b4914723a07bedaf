import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";
import { ipRange } from "../ip-range.ts";

/** A range whose address has bits beyond its prefix. */
export const improveIpRange: Check = {
  code: "IMPROVE_IP_RANGE",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "The range's address has bits that are ignored",
  why: "bits after the prefix are ignored: the range is another than the address suggests",
  remedy: "write the first address of the range",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { NotIpAddress: { "aws:SourceIp": "192.0.2.7/24" } } }),
    good: deny({ Condition: { NotIpAddress: { "aws:SourceIp": "192.0.2.0/24" } } }),
  },
  *check(policy) {
    for (const { condition, operator } of policyConditions(policy)) {
      if (operator.family !== "IpAddress") continue;
      for (const text of condition.values.values) {
        if (ipRange(text.value)?.hasIgnoredBits !== true) continue;
        yield { at: text, summary: `bits of ${quote(text.value)} after the prefix are ignored` };
      }
    }
  },
};
