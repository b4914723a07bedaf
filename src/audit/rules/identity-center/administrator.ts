import { controls } from "../../controls.ts";
import { administratorOf } from "../../kinds/delegation.ts";
import type { AuditRule } from "../../rule.ts";

/** A member account administers IAM Identity Center. */
export const administrator: AuditRule = {
  id: "identity-center/administrator",
  title: "A member account administers IAM Identity Center",
  severity: "medium",
  why: "Who gives access should not have to sign in to the management account for it.",
  remedy: "Register a member account as delegated administrator.",
  config: "services:\n  sso: { delegatedAdministrator: Audit }",
  compliance: controls.delegation,
  sources: ["https://docs.aws.amazon.com/singlesignon/latest/userguide/delegated-admin.html"],
  evaluate: administratorOf("sso.amazonaws.com", "IAM Identity Center"),
  breaks: { "organization/delegatedAdministrators": [] },
};
