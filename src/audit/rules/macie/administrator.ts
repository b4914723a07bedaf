import { controls } from "../../controls.ts";
import { hasAdministrator } from "../../kinds/administered.ts";
import { macie } from "../../kinds/services.ts";
import type { AuditRule } from "../../rule.ts";

/** Macie has an administrator in every Region. */
export const administrator: AuditRule = {
  id: "macie/administrator",
  title: "Macie has an administrator in every Region",
  severity: "high",
  why: "Without administrator every account of Macie is on its own, and new accounts begin without it. The management account should not be it: people must not sign in there.",
  remedy: "Register a member account as delegated administrator of Macie in every Region.",
  config: "services:\n  macie2: { delegatedAdministrator: Audit }",
  compliance: { ...controls.delegation, ...controls.macie },
  sources: ["https://docs.aws.amazon.com/macie/latest/user/accounts-mgmt-ao.html"],
  evaluate: hasAdministrator(macie),
  breaks: { "services/macie2/regions/eu-central-1/administrator": null },
};
