import { cis } from "../../controls.ts";
import { textsAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Privileged root tasks are done in short sessions. */
export const rootSessions: AuditRule = {
  id: "iam/root-sessions",
  title: "Privileged root tasks are done in short sessions",
  severity: "high",
  why: "What only a root user can do, such as to unlock a bucket, is then done without its password.",
  remedy: "Enable centralized root access.",
  config:
    "services:\n  iam: { centralizedRootAccess: { credentialsManagement: true, sessions: true } }",
  compliance: { ...cis("", "", "", "", "2.1.1"), "nist-800-53-r5": ["AC-6", "IA-2"] },
  sources: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/id_root-enable-root-access.html"],
  evaluate: (context) => {
    const features = textsAt(context.service("iam"), "features");
    if (features === undefined) return [unknown(context.whyUnread("services/iam/features"))];
    const words = {
      pass: "The feature `RootSessions` is on.",
      fail: "The feature `RootSessions` is off.",
    };
    const evidence = fact("features", features, "iam:ListOrganizationsFeatures");
    return [verdict(features.includes("RootSessions"), words, {}, evidence)];
  },
  breaks: { "services/iam/features": [] },
};
