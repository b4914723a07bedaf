import { controls } from "../../controls.ts";
import { exampleIds } from "../../example/ids.ts";
import { hasOneAdministrator } from "../../kinds/administered.ts";
import { guardDuty } from "../../kinds/services.ts";
import type { AuditRule } from "../../rule.ts";

/** One account administers GuardDuty in all Regions. */
export const sameAdministrator: AuditRule = {
  id: "guardduty/same-administrator",
  title: "One account administers GuardDuty in all Regions",
  severity: "medium",
  why: "An administrator that differs in one Region is one that somebody forgot; its findings go elsewhere.",
  remedy: "Register the same account in every Region.",
  config: "services:\n  guardduty: { delegatedAdministrator: Audit }",
  compliance: controls.delegation,
  sources: ["https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_organizations.html"],
  evaluate: hasOneAdministrator(guardDuty),
  breaks: { "services/guardduty/regions/us-east-1/administrator": exampleIds.logs },
};
