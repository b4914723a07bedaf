import { effectiveSetting } from "../../kinds/effective-setting.ts";
import type { AuditRule } from "../../rule.ts";

/** A tag policy bears on every account. */
export const tagPolicy: AuditRule = {
  id: "organization/tag-policy",
  title: "A tag policy bears on every account",
  severity: "low",
  why: "What is not said for an account is not kept there.",
  remedy: "Attach it to the root.",
  compliance: { "nist-800-53-r5": ["CM-8"] },
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_type-management.html",
  ],
  evaluate: effectiveSetting({
    type: "TAG_POLICY",
    path: ["tags"],
    isGood: (value) => value !== null,
    holds: "A tag policy holds",
    without: "fail",
  }),
  breaks: { "organization/policies/5/targets": [] },
};
