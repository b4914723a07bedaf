import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with AWS CloudTrail is denied in every member account. */
export const cloudtrail: AuditRule = {
  id: "guardrails/cloudtrail",
  title: "Tampering with AWS CloudTrail is denied in every member account",
  severity: "critical",
  why: "The first thing an intruder does is to stop the record of what follows. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-cloudtrail` to the root.",
  config:
    "policies:\n  - name: protect-cloudtrail\n    guardrail: { name: protect-cloudtrail }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("cloudtrail"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["cloudtrail:"]) },
};
