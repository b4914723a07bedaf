import { allPolicyTypes, type Check, deny, sources } from "../check.ts";

/** A statement without any action. */
export const emptyArrayAction: Check = {
  code: "EMPTY_ARRAY_ACTION",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "The list of actions is empty",
  why: "a statement without actions has no effect",
  remedy: "name actions, or remove the statement",
  sources: [sources.analyzer],
  example: { type: "SERVICE_CONTROL_POLICY", bad: deny({ Action: [] }), good: deny({}) },
  *check({ statements }) {
    for (const { action, notAction } of statements) {
      const list = action ?? notAction;
      if (list?.values.length === 0) yield { at: list, summary: "the statement names no action" };
    }
  },
};
