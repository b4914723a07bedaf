import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { deniedEverywhere } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** IAM users cannot be made in member accounts. */
export const iamUsers: AuditRule = {
  id: "guardrails/iam-users",
  title: "IAM users cannot be made in member accounts",
  severity: "medium",
  why: "People sign in through IAM Identity Center or federation; users with passwords and keys are what leaks.",
  remedy: "Attach the guardrail `deny-iam-users` to the root.",
  config:
    "policies:\n  - name: deny-iam-users\n    guardrail: { name: deny-iam-users }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: deniedEverywhere({
    what: "Making IAM users and their keys",
    actions: ["iam:CreateUser", "iam:CreateAccessKey"],
  }),
  breaks: { "organization/policies/1/content": exampleGuardrails(["iam:CreateUser"]) },
};
