import type { Json } from "../../../core/json.ts";
import type { AuditContext } from "../../context.ts";
import { eachRegion, unreadIn } from "../../kinds/regional.ts";
import { flagAt, objectAt, objectsAt, textAt } from "../../read-state.ts";
import { fact, notApplicable, type Place, unknown, verdict } from "../../results.ts";
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
  const own = objectsAt(state, "policies");
  if (own === undefined) return [unreadIn(context, "fms", region, "policies")];
  const found = own.map((policy) => judge(context, policy, `${region}/policies`, { region }));
  const others = objectAt(context.service("fms"), "others") ?? {};
  for (const [account, regions] of Object.entries(others)) {
    const list = `administrators/${account}/${region}/policies`;
    const place = { account, region };
    for (const policy of objectsAt(regions, region, "policies") ?? []) {
      found.push(judge(context, policy, list, place));
    }
    const subject = `services/fms/${list}`;
    if (context.gaps.has(subject)) found.push(unknown(context.whyUnread(subject), place));
  }
  if (found.length > 0) return found;
  return [notApplicable(`there is no policy in ${region}`, { region })];
});

function judge(context: AuditContext, policy: Json, list: string, where: Place): AuditResult {
  const name = textAt(policy, "name") ?? "";
  const place = { ...where, resource: textAt(policy, "id") ?? name };
  const repairs = flagAt(policy, "content", "RemediationEnabled");
  if (repairs === undefined) {
    return unknown(context.whyUnread(`services/fms/${list}/${name}`), place);
  }
  const words = { pass: `\`${name}\` repairs.`, fail: `\`${name}\` repairs nothing.` };
  return verdict(repairs, words, place, fact("RemediationEnabled", repairs, "fms:GetPolicy"));
}
