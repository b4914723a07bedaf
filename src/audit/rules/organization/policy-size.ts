import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { fact, notApplicable, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Policies leave room to grow. */
export const policySize: AuditRule = {
  id: "organization/policy-size",
  title: "Policies leave room to grow",
  severity: "low",
  why: "A policy at its limit cannot be extended in an emergency.",
  remedy: "Pack the policy: `orgrail policy pack`.",
  compliance: { "nist-800-53-r5": ["AC-2", "CM-6"] },
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html",
  ],
  evaluate: (context) => {
    const { policies } = context.organization;
    if (policies === undefined) return [unknown(context.whyUnread("policies"))];
    const own = policies.filter(({ awsManaged }) => !awsManaged);
    if (own.length === 0) return [notApplicable("there is no policy of one's own")];
    const quotas: Readonly<Record<string, { readonly contentCharacters: number }>> =
      organizationsQuotas.policyTypes;
    return own.map(({ id, name, type, content }): AuditResult => {
      const most = quotas[type]?.contentCharacters;
      if (content === undefined || most === undefined) {
        return unknown(context.whyUnread(`policies/${id}/content`), { resource: id });
      }
      const words = {
        pass: `\`${name}\` has ${content.length} of ${most} characters.`,
        fail: `\`${name}\` has ${content.length} of ${most} characters: less than a tenth is left.`,
      };
      const evidence = fact("characters", content.length, "organizations:DescribePolicy");
      return verdict(content.length <= most * 0.9, words, { resource: id }, evidence);
    });
  },
  breaks: { "organization/policies/1/content": exampleGuardrails().padEnd(10_000) },
};
