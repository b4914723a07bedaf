import { controls } from "../../controls.ts";
import { exampleIds } from "../../example/ids.ts";
import { hasOneAdministrator } from "../../kinds/administered.ts";
import { detective } from "../../kinds/services.ts";
import type { AuditRule } from "../../rule.ts";

/** One account administers Detective in all Regions. */
export const sameAdministrator: AuditRule = {
  id: "detective/same-administrator",
  title: "One account administers Detective in all Regions",
  severity: "medium",
  why: "An administrator that differs in one Region is one that somebody forgot; its findings go elsewhere.",
  remedy: "Register the same account in every Region.",
  config: "services:\n  detective: { delegatedAdministrator: Audit }",
  compliance: controls.delegation,
  sources: ["https://docs.aws.amazon.com/detective/latest/userguide/accounts-orgs-transition.html"],
  evaluate: hasOneAdministrator(detective),
  breaks: { "services/detective/regions/us-east-1/administrator": exampleIds.logs },
};
