import { cis } from "../../controls.ts";
import { textsAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Root credentials of member accounts are managed centrally. */
export const rootCredentialsManagement: AuditRule = {
  id: "iam/root-credentials-management",
  title: "Root credentials of member accounts are managed centrally",
  severity: "high",
  why: "New accounts then have no root password at all, and those of others can be removed.",
  remedy: "Enable centralized root access.",
  config:
    "services:\n  iam: { centralizedRootAccess: { credentialsManagement: true, sessions: true } }",
  compliance: { ...cis("", "", "", "", "2.1.1"), "nist-800-53-r5": ["AC-6", "IA-2"] },
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html"],
  evaluate: (context) => {
    const features = textsAt(context.service("iam"), "features");
    if (features === undefined) return [unknown(context.whyUnread("services/iam/features"))];
    const words = {
      pass: "The feature `RootCredentialsManagement` is on.",
      fail: "The feature `RootCredentialsManagement` is off.",
    };
    const evidence = fact("features", features, "iam:ListOrganizationsFeatures");
    return [verdict(features.includes("RootCredentialsManagement"), words, {}, evidence)];
  },
  breaks: { "services/iam/features": [] },
};
