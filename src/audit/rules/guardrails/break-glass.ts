import { exampleGuardrails } from "../../example/guardrails.ts";
import { fact, fail, notApplicable, pass, unknown } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Roles for emergencies are not locked out. */
export const breakGlass: AuditRule = {
  id: "guardrails/break-glass",
  title: "Roles for emergencies are not locked out",
  severity: "high",
  why: "A guardrail without exception for the one role of emergencies locks out who has to repair it.",
  remedy: "Exempt the role in the policies that deny: `exemptPrincipals` of the guardrails.",
  config: "audit:\n  breakGlassRoles: [BreakGlass]",
  compliance: { "nist-800-53-r5": ["AC-2", "CP-2"] },
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: (context) => {
    const roles = context.settings.breakGlassRoles ?? [];
    if (roles.length === 0) {
      return [notApplicable("`audit.breakGlassRoles` of the configuration names no role")];
    }
    if (context.members.length === 0) return [notApplicable("there is no active member account")];
    const actions = [
      "iam:UpdateAssumeRolePolicy",
      "cloudtrail:UpdateTrail",
      "guardduty:UpdateDetector",
    ];
    return context.members.flatMap((account) =>
      roles.map((role): AuditResult => {
        const place = { account: account.id, resource: `role/${role}` };
        const asked = actions.map((action) => ({
          action,
          decision: context.decide(account, { principal: `role/${role}`, action }),
        }));
        const denied = asked.filter(({ decision }) => decision.endsWith("Deny"));
        const evidence = fact(
          "actions that are denied",
          denied.map(({ action }) => action),
        );
        const name = context.named(account.id);
        if (denied.length > 0) {
          return fail(
            `Policies deny the role \`${role}\` of ${name} what it is for.`,
            place,
            evidence,
          );
        }
        if (asked.some(({ decision }) => decision === "unknown")) {
          return unknown(context.whyUnread("policies"), place);
        }
        return pass(`No policy binds the role \`${role}\` of ${name}.`, place, evidence);
      }),
    );
  },
  breaks: { "organization/policies/1/content": exampleGuardrails([], { exempt: false }) },
};
