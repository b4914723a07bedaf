import { flagAt, objectAt, textAt } from "../../read-state.ts";
import { fact, notApplicable, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** Stack sets deploy to new accounts by themselves. */
export const autoDeployment: AuditRule = {
  id: "stack-sets/auto-deployment",
  title: "Stack sets deploy to new accounts by themselves",
  severity: "medium",
  why: "An account that joins has the baseline without anybody doing anything.",
  remedy: "Switch automatic deployment on.",
  compliance: { "nist-800-53-r5": ["CM-2", "CM-3", "CM-6"] },
  sources: ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-drift.html"],
  evaluate: (context) => {
    const sets = objectAt(context.service("cloudformation"), "stackSets");
    if (sets === undefined)
      return [unknown(context.whyUnread("services/cloudformation/stackSets"))];
    const names = Object.keys(sets);
    if (names.length === 0) return [notApplicable("no stack set was read")];
    return names.map((name): AuditResult => {
      const set = sets[name];
      const place = { resource: textAt(set, "arn") ?? name };
      if (set === null) return notApplicable(`there is no stack set \`${name}\``, place);
      const enabled = flagAt(set, "definition", "autoDeployment", "enabled");
      if (enabled === undefined) {
        return unknown(context.whyUnread(`services/cloudformation/stackSets/${name}`), place);
      }
      const words = {
        pass: `\`${name}\` deploys to new accounts by itself.`,
        fail: `\`${name}\` does not deploy to new accounts.`,
      };
      return verdict(enabled, words, place, fact("automatic deployment", enabled));
    });
  },
  breaks: { "services/cloudformation/stackSets/baseline/definition/autoDeployment/enabled": false },
};
