import { controls } from "../../controls.ts";
import { pathsAbove } from "../../kinds/paths.ts";
import { fact, notApplicable, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** A service control policy of one's own binds every account. */
export const guardrailsAttached: AuditRule = {
  id: "organization/guardrails-attached",
  title: "A service control policy of one's own binds every account",
  severity: "high",
  why: "AWS's own policy allows everything; an account under it alone has no guardrail.",
  remedy: "Attach guardrails to the root or to the units above the account.",
  compliance: controls.guardrails,
  sources: ["https://docs.aws.amazon.com/organizations/latest/userguide/orgs_best-practices.html"],
  evaluate: (context) => {
    const { organization, members } = context;
    const own = organization.policies?.filter(
      ({ type, awsManaged }) => type === "SERVICE_CONTROL_POLICY" && !awsManaged,
    );
    if (own === undefined || own.some(({ targets }) => targets === undefined)) {
      return [unknown(context.whyUnread("policies"))];
    }
    if (context.gaps.has("policies/SERVICE_CONTROL_POLICY"))
      return [unknown(context.whyUnread("policies/SERVICE_CONTROL_POLICY"))];
    if (members.length === 0) return [notApplicable("there is no active member account")];
    const targets = new Set(own.flatMap((policy) => policy.targets ?? []));
    const above = pathsAbove(organization);
    return members.map(({ id }): AuditResult => {
      const isBound = above(id).some((place) => targets.has(place));
      const words = {
        pass: `A service control policy binds ${context.named(id)}.`,
        fail: `No service control policy but AWS's own binds ${context.named(id)}.`,
      };
      return verdict(isBound, words, { account: id }, fact("bound", isBound));
    });
  },
  breaks: { "organization/policies/1/targets": [] },
};
