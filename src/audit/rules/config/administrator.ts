import { controls } from "../../controls.ts";
import { administratorOf } from "../../kinds/delegation.ts";
import type { AuditRule } from "../../rule.ts";

/** A member account administers AWS Config. */
export const administrator: AuditRule = {
  id: "config/administrator",
  title: "A member account administers AWS Config",
  severity: "medium",
  why: "Organization rules and the aggregator belong into the security account.",
  remedy: "Register the security account as delegated administrator.",
  config: "services:\n  config: { delegatedAdministrator: Audit }",
  compliance: controls.delegation,
  sources: ["https://docs.aws.amazon.com/config/latest/developerguide/set-up-aggregator-cli.html"],
  evaluate: administratorOf("config.amazonaws.com", "AWS Config"),
  breaks: { "organization/delegatedAdministrators": [] },
};
