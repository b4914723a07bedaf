import { eachRegion, unreadIn } from "../../kinds/regional.ts";
import { flagAt, objectsAt, textAt } from "../../read-state.ts";
import { fact, notApplicable, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Policies of Firewall Manager repair what they find. */
export const remediation: AuditRule = {
  id: "fms/remediation",
  title: "Policies of Firewall Manager repair what they find",
  severity: "low",
  why: "A policy without remediation counts what is not protected and protects nothing.",
  remedy: "Enable remediation once the policy was tried.",
  compliance: { "nist-800-53-r5": ["SC-7"] },
  sources: ["https://docs.aws.amazon.com/waf/latest/developerguide/working-with-policies.html"],
  evaluate: (context) =>
    objectsAt(context.service("fms"), "administrators")?.length === 0
      ? [notApplicable("Firewall Manager has no administrator")]
      : policiesOf(context),
  breaks: { "services/fms/regions/eu-central-1/policies/0/content/RemediationEnabled": false },
};

const policiesOf = eachRegion("fms", (context, { region, state }) => {
  const policies = objectsAt(state, "policies");
  if (policies === undefined) return [unreadIn(context, "fms", region, "policies")];
  if (policies.length === 0) return [notApplicable(`there is no policy in ${region}`, { region })];
  return policies.map((policy): AuditResult => {
    const name = textAt(policy, "name") ?? "";
    const place = { region, resource: textAt(policy, "id") ?? name };
    const repairs = flagAt(policy, "content", "RemediationEnabled");
    if (repairs === undefined) {
      return unknown(context.whyUnread(`services/fms/${region}/policies/${name}`), place);
    }
    const words = { pass: `\`${name}\` repairs.`, fail: `\`${name}\` repairs nothing.` };
    return verdict(repairs, words, place, fact("RemediationEnabled", repairs, "fms:GetPolicy"));
  });
});
