import { controls } from "../../controls.ts";
import { exampleIds } from "../../example/ids.ts";
import { hasOneAdministrator } from "../../kinds/administered.ts";
import { securityHub } from "../../kinds/services.ts";
import type { AuditRule } from "../../rule.ts";

/** One account administers Security Hub CSPM in all Regions. */
export const sameAdministrator: AuditRule = {
  id: "securityhub/same-administrator",
  title: "One account administers Security Hub CSPM in all Regions",
  severity: "medium",
  why: "An administrator that differs in one Region is one that somebody forgot; its findings go elsewhere.",
  remedy: "Register the same account in every Region.",
  config: "services:\n  securityhub: { delegatedAdministrator: Audit }",
  compliance: controls.delegation,
  sources: [
    "https://docs.aws.amazon.com/securityhub/latest/userguide/designate-orgs-admin-account.html",
  ],
  evaluate: hasOneAdministrator(securityHub),
  breaks: { "services/securityhub/regions/us-east-1/administrator": exampleIds.logs },
};
