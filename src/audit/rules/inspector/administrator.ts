import { controls } from "../../controls.ts";
import { hasAdministrator } from "../../kinds/administered.ts";
import { inspector } from "../../kinds/services.ts";
import type { AuditRule } from "../../rule.ts";

/** Inspector has an administrator in every Region. */
export const administrator: AuditRule = {
  id: "inspector/administrator",
  title: "Inspector has an administrator in every Region",
  severity: "high",
  why: "Without administrator every account of Inspector is on its own, and new accounts begin without it. The management account should not be it: people must not sign in there.",
  remedy: "Register a member account as delegated administrator of Inspector in every Region.",
  config: "services:\n  inspector2: { delegatedAdministrator: Audit }",
  compliance: { ...controls.delegation },
  sources: ["https://docs.aws.amazon.com/inspector/latest/user/managing-multiple-accounts.html"],
  evaluate: hasAdministrator(inspector),
  breaks: { "services/inspector2/regions/eu-central-1/administrator": null },
};
