import { controls } from "../../controls.ts";
import { exampleGuardrails } from "../../example/guardrails.ts";
import { tamperingDenied } from "../../kinds/guardrail.ts";
import type { AuditRule } from "../../rule.ts";

/** Tampering with S3 Block Public Access is denied in every member account. */
export const s3PublicAccessBlock: AuditRule = {
  id: "guardrails/s3-public-access-block",
  title: "Tampering with S3 Block Public Access is denied in every member account",
  severity: "high",
  why: "It is what stands between a wrong bucket policy and everybody. The decision is the policy engine's: a policy that is attached where it does not bind, or that makes an exception for everybody, does not pass.",
  remedy: "Attach the guardrail `protect-s3-public-access-block` to the root.",
  config:
    "policies:\n  - name: protect-s3-public-access-block\n    guardrail: { name: protect-s3-public-access-block }\n    attach: [Root]",
  compliance: controls.guardrails,
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html",
  ],
  evaluate: tamperingDenied("s3-public-access-block"),
  breaks: { "organization/policies/1/content": exampleGuardrails(["s3:PutAccount"]) },
};
