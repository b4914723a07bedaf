import { controls } from "../../controls.ts";
import { exampleIds } from "../../example/ids.ts";
import { hasOneAdministrator } from "../../kinds/administered.ts";
import { macie } from "../../kinds/services.ts";
import type { AuditRule } from "../../rule.ts";

/** One account administers Macie in all Regions. */
export const sameAdministrator: AuditRule = {
  id: "macie/same-administrator",
  title: "One account administers Macie in all Regions",
  severity: "medium",
  why: "An administrator that differs in one Region is one that somebody forgot; its findings go elsewhere.",
  remedy: "Register the same account in every Region.",
  config: "services:\n  macie2: { delegatedAdministrator: Audit }",
  compliance: controls.delegation,
  sources: ["https://docs.aws.amazon.com/macie/latest/user/accounts-mgmt-ao.html"],
  evaluate: hasOneAdministrator(macie),
  breaks: { "services/macie2/regions/us-east-1/administrator": exampleIds.logs },
};
