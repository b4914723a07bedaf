import { controls } from "../../controls.ts";
import { administratorOf } from "../../kinds/delegation.ts";
import type { AuditRule } from "../../rule.ts";

/** A member account administers CloudTrail. */
export const administrator: AuditRule = {
  id: "cloudtrail/administrator",
  title: "A member account administers CloudTrail",
  severity: "low",
  why: "Trails of the organization can be looked after from the security account, so that nobody signs in to the management account for it.",
  remedy: "Register the security account as delegated administrator.",
  config: "services:\n  cloudtrail: { delegatedAdministrator: Audit }",
  compliance: controls.delegation,
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/creating-trail-organization.html",
  ],
  evaluate: administratorOf("cloudtrail.amazonaws.com", "CloudTrail"),
  breaks: { "organization/delegatedAdministrators": [] },
};
