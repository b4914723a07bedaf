import { cis, controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { deniedEverywhere } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** The root users of member accounts cannot act. */
export const rootUser: AuditRule = {
  id: "guardrails/root-user",
  title: "The root users of member accounts cannot act",
  severity: "high",
  why: "A root user needs no permission and leaves no person's name in the log. Member accounts do not need it once root access is centralized.",
  remedy: "Attach the guardrail `deny-root-user` to the root.",
  config:
    "policies:\n  - name: deny-root-user\n    guardrail: { name: deny-root-user }\n    attach: [Root]",
  compliance: {
    ...controls.guardrails,
    ...cis("1.7", "1.7", "1.6", "2.6", "2.7"),
    "nist-800-53-r5": ["AC-6", "IA-2"],
  },
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: deniedEverywhere({
    what: "Acting as the root user",
    actions: ["ec2:RunInstances", "s3:GetObject", "iam:CreateUser", "kms:Decrypt"],
    principal: "root",
  }),
  breaks: { "organization/policies/1/content": exampleGuardrails([], { root: false }) },
};
