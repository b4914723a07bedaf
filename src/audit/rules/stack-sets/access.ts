import { textAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** StackSets has access to the organization. */
export const access: AuditRule = {
  id: "stack-sets/access",
  title: "StackSets has access to the organization",
  severity: "low",
  why: "Service-managed stack sets need it; without it baselines do not reach accounts.",
  remedy: "Enable trusted access of StackSets.",
  compliance: { "nist-800-53-r5": ["CM-2"] },
  sources: [
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-activate-trusted-access.html",
  ],
  evaluate: (context) => {
    const access = textAt(context.service("cloudformation"), "access");
    if (access === undefined) {
      return [unknown(context.whyUnread("services/cloudformation/organizationsAccess"))];
    }
    const words = {
      pass: "StackSets has access to the organization.",
      fail: "StackSets has no access to the organization.",
    };
    const evidence = fact("access", access, "cloudformation:DescribeOrganizationsAccess");
    return [verdict(access === "ENABLED", words, {}, evidence)];
  },
  breaks: { "services/cloudformation/access": "DISABLED" },
};
