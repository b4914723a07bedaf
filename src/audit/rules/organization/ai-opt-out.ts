import { effectiveSetting } from "../../kinds/effective-setting.ts";
import type { AuditRule } from "../../rule.ts";

/** AI services do not use content of any account. */
export const aiOptOut: AuditRule = {
  id: "organization/ai-opt-out",
  title: "AI services do not use content of any account",
  severity: "medium",
  why: "Some AI services store and use content to improve themselves unless told not to.",
  remedy: "Attach the guardrail `ai-services-opt-out` to the root.",
  config:
    "policies:\n  - name: ai-services-opt-out\n    guardrail: { name: ai-services-opt-out }\n    attach: [Root]",
  compliance: { "nist-800-53-r5": ["AC-21"] },
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_ai-opt-out.html",
  ],
  evaluate: effectiveSetting({
    type: "AISERVICES_OPT_OUT_POLICY",
    path: ["services", "default", "opt_out_policy"],
    isGood: (value) => value === "optOut",
    holds: "AI services do not use content",
    without: "fail",
  }),
  breaks: { "organization/policies/4/targets": [] },
};
