import { objectAt, objectsAt, textAt } from "../../read-state.ts";
import { fact, notApplicable, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

/** All stacks of stack sets are current. */
export const failedStacks: AuditRule = {
  id: "stack-sets/failed-stacks",
  title: "All stacks of stack sets are current",
  severity: "medium",
  why: "An account whose stack failed does not have the baseline.",
  remedy: "Look at the reason, and let the stack set try again.",
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
      const instances = objectAt(set, "instances");
      if (instances === undefined) {
        return unknown(context.whyUnread(`services/cloudformation/stackSets/${name}`), place);
      }
      const broken = Object.entries(instances).flatMap(([region, stacks]) =>
        (objectsAt(stacks, "broken") ?? []).map(
          (one) => `${textAt(one, "account") ?? ""}/${region}`,
        ),
      );
      const words = {
        pass: `All stacks of \`${name}\` are current.`,
        fail: `${broken.length} stacks of \`${name}\` are not current: ${broken.slice(0, 5).join(", ")}.`,
      };
      return verdict(
        broken.length === 0,
        words,
        place,
        fact("broken", broken, "cloudformation:ListStackInstances"),
      );
    });
  },
  breaks: {
    "services/cloudformation/stackSets/baseline/instances/eu-central-1/broken": [
      { account: "444444444444", status: "FAILED" },
    ],
  },
};
