import { fact, notApplicable, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Every policy is attached somewhere. */
export const unattachedPolicies: AuditRule = {
  id: "organization/unattached-policies",
  title: "Every policy is attached somewhere",
  severity: "low",
  why: "A policy that is attached nowhere looks like a guardrail and is none.",
  remedy: "Attach it, or delete it.",
  compliance: { "nist-800-53-r5": ["AC-2", "CM-6"] },
  sources: ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html"],
  evaluate: (context) => {
    const own = context.organization.policies?.filter(({ awsManaged }) => !awsManaged);
    if (own === undefined) return [unknown(context.whyUnread("policies"))];
    if (own.length === 0) return [notApplicable("there is no policy of one's own")];
    return own.map(({ id, name, targets }): AuditResult => {
      if (targets === undefined)
        return unknown(context.whyUnread(`policies/${id}/targets`), { resource: id });
      const words = { pass: `\`${name}\` is attached.`, fail: `\`${name}\` is attached nowhere.` };
      const evidence = fact("targets", targets.length, "organizations:ListTargetsForPolicy");
      return verdict(targets.length > 0, words, { resource: id }, evidence);
    });
  },
  breaks: { "organization/policies/5/targets": [] },
};
