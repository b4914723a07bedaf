import { eachStackSet } from "../../kinds/stack-sets.ts";
import { textAt } from "../../read-state.ts";
import { fact, unknown, verdict } from "../../results.ts";
import type { AuditRule } from "../../rule.ts";

/** Stack sets have not drifted. */
export const drift: AuditRule = {
  id: "stack-sets/drift",
  title: "Stack sets have not drifted",
  severity: "medium",
  why: "Somebody changed by hand what a baseline says.",
  remedy: "Look at the drift, and update the stacks.",
  compliance: { "nist-800-53-r5": ["CM-2", "CM-3", "CM-6"] },
  sources: ["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-drift.html"],
  evaluate: eachStackSet((_, { name, place, whole, listed }) => {
    const status = textAt(whole, "drift", "status") ?? textAt(listed, "drift", "status");
    if (status === undefined || status === "NOT_CHECKED") {
      return unknown(`the drift of \`${name}\` was not checked`, place);
    }
    const words = {
      pass: `Stacks of \`${name}\` are as the stack set says.`,
      fail: `Stacks of \`${name}\` have drifted.`,
    };
    const evidence = fact("drift status", status, "cloudformation:ListStackSets");
    return verdict(status === "IN_SYNC", words, place, evidence);
  }),
  breaks: { "services/cloudformation/stackSets/baseline/drift/status": "DRIFTED" },
};
