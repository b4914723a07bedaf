import { eachStackSet } from "../../kinds/stack-sets.ts";
import { flagAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Stack sets deploy to new accounts by themselves. */
export const autoDeployment: AuditRule = {
  id: "stack-sets/auto-deployment",
  title: "Stack sets deploy to new accounts by themselves",
  severity: "medium",
  why: "An account that joins has the baseline without anybody doing anything.",
  remedy: "Switch automatic deployment on.",
  compliance: { "nist-800-53-r5": ["CM-2", "CM-3", "CM-6"] },
  sources: ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-drift.html"],
  evaluate: eachStackSet((context, { name, place, subject, whole, listed }) => {
    const enabled =
      flagAt(whole, "definition", "autoDeployment", "enabled") ?? flagAt(listed, "autoDeployment");
    if (enabled === undefined) return unknown(context.whyUnread(subject), place);
    const words = {
      pass: `\`${name}\` deploys to new accounts by itself.`,
      fail: `\`${name}\` does not deploy to new accounts.`,
    };
    return verdict(enabled, words, place, fact("automatic deployment", enabled));
  }),
  breaks: { "services/cloudformation/stackSets/baseline/definition/autoDeployment/enabled": false },
};
