import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

const principal = "reporting.trustedadvisor.amazonaws.com";

/** Trusted Advisor shows all accounts in one view. */
export const organizationalView: AuditRule = {
  id: "trusted-advisor/organizational-view",
  title: "Trusted Advisor shows all accounts in one view",
  severity: "info",
  why: "Its checks of open ports, exposed keys and unused credentials run in every account; without the view each account sees its own alone.",
  remedy: "Enable trusted access of Trusted Advisor.",
  config: "services:\n  trustedadvisor: {}",
  compliance: {},
  sources: ["https://docs.aws.amazon.com/awssupport/latest/user/organizational-view.html"],
  evaluate: (context) => {
    const { trustedAccess } = context.organization;
    if (trustedAccess === undefined) return [unknown(context.whyUnread("trustedAccess"))];
    const isTrusted = trustedAccess.some((one) => one.servicePrincipal === principal);
    const words = {
      pass: "The organizational view of Trusted Advisor is enabled.",
      fail: "The organizational view of Trusted Advisor is not enabled.",
    };
    const source = "organizations:ListAWSServiceAccessForOrganization";
    return [verdict(isTrusted, words, {}, fact("trusted access", isTrusted, source))];
  },
  breaks: { "organization/trustedAccess": [] },
};
