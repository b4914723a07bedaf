import { controls } from "../../controls.ts";
import { hasAdministrator } from "../../kinds/administered.ts";
import { securityHub } from "../../kinds/services.ts";
import type { AuditRule } from "../../rule.ts";

/** Security Hub CSPM has an administrator in every Region. */
export const administrator: AuditRule = {
  id: "securityhub/administrator",
  title: "Security Hub CSPM has an administrator in every Region",
  severity: "high",
  why: "Without administrator every account of Security Hub CSPM is on its own, and new accounts begin without it. The management account should not be it: people must not sign in there.",
  remedy:
    "Register a member account as delegated administrator of Security Hub CSPM in every Region.",
  config: "services:\n  securityhub: { delegatedAdministrator: Audit }",
  compliance: { ...controls.delegation, ...controls.securityHub },
  sources: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/designate-orgs-admin-account.html",
  ],
  evaluate: hasAdministrator(securityHub),
  breaks: { "services/securityhub/regions/eu-central-1/administrator": null },
};
