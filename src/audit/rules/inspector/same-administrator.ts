import { controls } from "../../controls.ts";
import { exampleIds } from "../../example/ids.ts";
import { hasOneAdministrator } from "../../kinds/administered.ts";
import { inspector } from "../../kinds/services.ts";
import type { AuditRule } from "../../rule.ts";

/** One account administers Inspector in all Regions. */
export const sameAdministrator: AuditRule = {
  id: "inspector/same-administrator",
  title: "One account administers Inspector in all Regions",
  severity: "medium",
  why: "An administrator that differs in one Region is one that somebody forgot; its findings go elsewhere.",
  remedy: "Register the same account in every Region.",
  config: "services:\n  inspector2: { delegatedAdministrator: Audit }",
  compliance: controls.delegation,
  sources: ["https://docs.aws.amazon.com/inspector/latest/user/managing-multiple-accounts.html"],
  evaluate: hasOneAdministrator(inspector),
  breaks: { "services/inspector2/regions/us-east-1/administrator": exampleIds.logs },
};
