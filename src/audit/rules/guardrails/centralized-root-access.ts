import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with Centralized root access is denied in every member account. */
export const centralizedRootAccess: AuditRule = {
  id: "guardrails/centralized-root-access",
  title: "Tampering with Centralized root access is denied in every member account",
  severity: "high",
  why: "Who switches it off can give root users passwords again. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-centralized-root-access` to the root.",
  config:
    "policies:\n  - name: protect-centralized-root-access\n    guardrail: { name: protect-centralized-root-access }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("centralized-root-access"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["iam:DisableOrganizations"]) },
};
