import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { deniedEverywhere } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Root users of member accounts cannot make access keys. */
export const rootAccessKeys: AuditRule = {
  id: "guardrails/root-access-keys",
  title: "Root users of member accounts cannot make access keys",
  severity: "high",
  why: "A root access key is a password that works everywhere, without second factor.",
  remedy: "Attach the guardrail `deny-root-access-keys` to the root.",
  config:
    "policies:\n  - name: deny-root-access-keys\n    guardrail: { name: deny-root-access-keys }\n    attach: [Root]",
  compliance: { ...controls.guardrails },
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: deniedEverywhere({
    what: "Making an access key of the root user",
    actions: ["iam:CreateAccessKey"],
    principal: "root",
  }),
  breaks: {
    "organization/policies/1/content": exampleGuardrails(["iam:CreateAccessKey"], { root: false }),
  },
};
