import type { JsonNode } from "../../types.ts";
import { allPolicyTypes, type Check, deny, type Finding, sources } from "../check.ts";

/** `"Condition": {}`, or an operator without keys. */
export const emptyObjectCondition: Check = {
  code: "EMPTY_OBJECT_CONDITION",
  severity: "suggestion",
  types: allPolicyTypes,
  title: "A condition block is empty",
  why: "an empty condition restricts nothing, though it looks as if it did",
  remedy: "name a condition, or remove the block",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringEquals: {} } }),
    good: deny({ Condition: { StringEquals: { "aws:PrincipalAccount": "111122223333" } } }),
  },
  *check({ document }) {
    const statements = member(document, "Statement");
    const list = statements?.kind === "array" ? statements.items : [statements];
    for (const statement of list) {
      const condition = statement === undefined ? undefined : member(statement, "Condition");
      if (condition !== undefined) yield* emptyBlocks(condition);
    }
  },
};

function* emptyBlocks(condition: JsonNode): Iterable<Finding> {
  if (condition.kind !== "object") return;
  if (condition.members.length === 0) yield { at: condition, summary: "the condition is empty" };
  for (const { key, value } of condition.members) {
    if (value.kind === "object" && value.members.length === 0) {
      yield { at: key, summary: "the condition operator has no keys" };
    }
  }
}

function member(node: JsonNode, name: string): JsonNode | undefined {
  if (node.kind !== "object") return undefined;
  return node.members.find(({ key }) => key.value === name)?.value;
}
