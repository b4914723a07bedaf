import type { Diagnostic } from "../core/diagnostic.ts";
import type { ManagementPolicyType } from "../core/policy-type.ts";
import { organizationsQuotas } from "../data/organizations-quotas.ts";
import type { Policy } from "./types.ts";

/**
 * Whether a management policy is longer than its type may be, without white space, as orgrail sends
 * it. An error where AWS publishes the quota, a warning where that of its siblings is taken.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html
 */
export function managementPolicySize(
  type: ManagementPolicyType,
  { size, document }: Policy,
): readonly Diagnostic[] {
  const { contentCharacters, published } = organizationsQuotas.policyTypes[type];
  if (size.minified <= contentCharacters) return [];
  const quota = `the quota of a ${type} is ${contentCharacters}`;
  return [
    {
      severity: published ? "error" : "warning",
      code: "ORGRAIL6118",
      summary: `${size.minified} characters without white space, ${size.asSent} as written; ${quota}`,
      help: published
        ? "split it: policies attached to units and accounts below are merged"
        : "AWS names no quota for this type; that of its siblings is taken",
      span: { start: document.start, end: document.start },
    },
  ];
}
