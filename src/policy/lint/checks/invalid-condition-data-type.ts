import type { Policy, Text } from "../../types.ts";
import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { quote } from "../elements.ts";

/** Values of one key that are of different JSON types. */
export const invalidConditionDataType: Check = {
  code: "INVALID_CONDITION_DATA_TYPE",
  severity: "error",
  types: allPolicyTypes,
  title: "Values of a condition are of different JSON types",
  why: "AWS takes a list of condition values of one JSON type only",
  remedy: "put all values in quotes",
  sources: [sources.analyzer],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({
      Action: "ec2:CreateVolume",
      Condition: { NumericEquals: { "ec2:VolumeSize": ["8", 16] } },
    }),
    good: deny({
      Action: "ec2:CreateVolume",
      Condition: { NumericEquals: { "ec2:VolumeSize": ["8", "16"] } },
    }),
  },
  *check(policy) {
    for (const { conditions } of policy.statements) {
      for (const { key, values } of conditions) {
        const kinds = new Set(values.values.map((text) => jsonKind(policy, text)));
        if (kinds.size < 2) continue;
        yield { at: values, summary: `values of ${quote(key.value)} are of different JSON types` };
      }
    }
  },
};

function jsonKind({ text }: Policy, { start }: Text): string {
  const first = text[start.offset] ?? "";
  if (first === '"' || first === "'") return "string";
  return first === "t" || first === "f" ? "boolean" : "number";
}
