import type { Policy } from "../types.ts";
import type { Finding } from "./check.ts";
import { policyConditions } from "./condition-operator.ts";
import { ipRange, isPrivate } from "./ip-range.ts";

/**
 * Conditions on `aws:SourceIp` that name private ranges: `isMixed` finds those with public ranges
 * beside them, otherwise those with private ranges only.
 */
export function* sourceIpFindings(
  policy: Policy,
  wanted: { readonly isNegated: boolean; readonly isMixed: boolean },
): Iterable<Finding> {
  for (const { condition, key, operator } of policyConditions(policy)) {
    if (key !== "aws:sourceip" || operator.family !== "IpAddress") continue;
    if (operator.isNegated !== wanted.isNegated) continue;
    const ranges = condition.values.values.flatMap(({ value }) => ipRange(value) ?? []);
    const count = ranges.filter(isPrivate).length;
    if (count === 0 || count < ranges.length !== wanted.isMixed) continue;
    const summary = wanted.isMixed
      ? `${count} of ${ranges.length} ranges for \`aws:SourceIp\` are private`
      : "all ranges for `aws:SourceIp` are private";
    yield { at: condition.values, summary };
  }
}
