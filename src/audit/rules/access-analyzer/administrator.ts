import { controls } from "../../controls.ts";
import { administratorOf } from "../../kinds/delegation.ts";
import type { AuditRule } from "../../rule.ts";

/** A member account administers IAM Access Analyzer. */
export const administrator: AuditRule = {
  id: "access-analyzer/administrator",
  title: "A member account administers IAM Access Analyzer",
  severity: "medium",
  why: "Analyzers of the organization belong into the security account, where their findings are read.",
  remedy: "Register the security account as delegated administrator.",
  config: "services:\n  access-analyzer: { delegatedAdministrator: Audit, externalAccess: {} }",
  compliance: controls.delegation,
  sources: [
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-getting-started.html",
  ],
  evaluate: administratorOf("access-analyzer.amazonaws.com", "IAM Access Analyzer"),
  breaks: { "organization/delegatedAdministrators": [] },
};
