import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { deniedEverywhere } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Passwords of IAM users cannot be made in member accounts. */
export const loginProfiles: AuditRule = {
  id: "guardrails/login-profiles",
  title: "Passwords of IAM users cannot be made in member accounts",
  severity: "medium",
  why: "A login profile is a way in beside the company's identity provider.",
  remedy: "Attach the guardrail `deny-login-profiles` to the root.",
  config:
    "policies:\n  - name: deny-login-profiles\n    guardrail: { name: deny-login-profiles }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: deniedEverywhere({
    what: "Making a password of an IAM user",
    actions: ["iam:CreateLoginProfile"],
  }),
  breaks: { "organization/policies/1/content": exampleGuardrails(["iam:CreateLoginProfile"]) },
};
