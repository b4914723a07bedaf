import { controls } from "../../controls.ts";
import { hasAdministrator } from "../../kinds/administered.ts";
import { detective } from "../../kinds/services.ts";
import type { AuditRule } from "../../rule.ts";

/** Detective has an administrator in every Region. */
export const administrator: AuditRule = {
  id: "detective/administrator",
  title: "Detective has an administrator in every Region",
  severity: "high",
  why: "Without administrator every account of Detective is on its own, and new accounts begin without it. The management account should not be it: people must not sign in there.",
  remedy: "Register a member account as delegated administrator of Detective in every Region.",
  config: "services:\n  detective: { delegatedAdministrator: Audit }",
  compliance: { ...controls.delegation },
  sources: ["https://docs.aws.amazon.com/detective/latest/userguide/accounts-orgs-transition.html"],
  evaluate: hasAdministrator(detective),
  breaks: { "services/detective/regions/eu-central-1/administrator": null },
};
