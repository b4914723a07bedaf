import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with Amazon S3 Storage Lens is denied in every member account. */
export const storageLens: AuditRule = {
  id: "guardrails/storage-lens",
  title: "Tampering with Amazon S3 Storage Lens is denied in every member account",
  severity: "low",
  why: "It shows buckets that grow or that nobody encrypts. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-storage-lens` to the root.",
  config:
    "policies:\n  - name: protect-storage-lens\n    guardrail: { name: protect-storage-lens }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("storage-lens"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["s3:"]) },
};
