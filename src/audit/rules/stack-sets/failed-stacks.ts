import { eachStackSet } from "../../kinds/stack-sets.ts";
import { objectAt, objectsAt, textAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** All stacks of stack sets are current. */
export const failedStacks: AuditRule = {
  id: "stack-sets/failed-stacks",
  title: "All stacks of stack sets are current",
  severity: "medium",
  why: "An account whose stack failed does not have the baseline.",
  remedy: "Look at the reason, and let the stack set try again.",
  compliance: { "nist-800-53-r5": ["CM-2", "CM-3", "CM-6"] },
  sources: ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-drift.html"],
  evaluate: eachStackSet((context, { name, place, subject, whole, listed }) => {
    const instances = objectAt(whole, "instances");
    const listedBroken = objectsAt(listed, "broken");
    if (instances === undefined && listedBroken === undefined) {
      return unknown(context.whyUnread(subject), place);
    }
    const broken = [
      ...Object.entries(instances ?? {}).flatMap(([region, stacks]) =>
        (objectsAt(stacks, "broken") ?? []).map(
          (one) => `${textAt(one, "account") ?? ""}/${region}`,
        ),
      ),
      ...(listedBroken ?? []).map(
        (one) => `${textAt(one, "account") ?? ""}/${textAt(one, "region") ?? ""}`,
      ),
    ];
    const words = {
      pass: `All stacks of \`${name}\` are current.`,
      fail: `${broken.length} stacks of \`${name}\` are not current: ${broken.slice(0, 5).join(", ")}.`,
    };
    const evidence = fact("broken", broken, "cloudformation:ListStackInstances");
    return verdict(broken.length === 0, words, place, evidence);
  }),
  breaks: {
    "services/cloudformation/stackSets/baseline/instances/eu-central-1/broken": [
      { account: "444444444444", status: "FAILED" },
    ],
  },
};
