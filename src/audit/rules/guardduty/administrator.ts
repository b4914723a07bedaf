import { controls } from "../../controls.ts";
import { hasAdministrator } from "../../kinds/administered.ts";
import { guardDuty } from "../../kinds/services.ts";
import type { AuditRule } from "../../rule.ts";

/** GuardDuty has an administrator in every Region. */
export const administrator: AuditRule = {
  id: "guardduty/administrator",
  title: "GuardDuty has an administrator in every Region",
  severity: "high",
  why: "Without administrator every account of GuardDuty is on its own, and new accounts begin without it. The management account should not be it: people must not sign in there.",
  remedy: "Register a member account as delegated administrator of GuardDuty in every Region.",
  config: "services:\n  guardduty: { delegatedAdministrator: Audit }",
  compliance: { ...controls.delegation, ...controls.guardDuty },
  sources: ["https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_organizations.html"],
  evaluate: hasAdministrator(guardDuty),
  breaks: { "services/guardduty/regions/eu-central-1/administrator": null },
};
