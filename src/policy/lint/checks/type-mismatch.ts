import type { ConditionKeyType } from "../../iam-facts.ts";
import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { keyKnowledge } from "../condition-key.ts";
import { type OperatorFamily, policyConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** Operators that can compare values of a type with meaning. */
const suited: Readonly<Record<ConditionKeyType, readonly OperatorFamily[]>> = {
  string: ["String", "Arn", "Binary"],
  arn: ["Arn", "String"],
  bool: ["Bool", "String"],
  numeric: ["Numeric"],
  date: ["Date", "Numeric"],
  ip: ["IpAddress"],
};

/** An operator of another kind than the key's values. */
export const typeMismatch: Check = {
  code: "TYPE_MISMATCH",
  severity: "warning",
  types: allPolicyTypes,
  title: "The operator does not suit the key",
  why: "an operator that compares another type than the key has may never match, and a negated one always",
  remedy: "use an operator of the key's type",
  sources: [sources.analyzer, sources.conditions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringEquals: { "aws:SourceIp": "192.0.2.0/24" } } }),
    good: deny({ Condition: { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } } }),
  },
  *check(policy, facts) {
    for (const { condition, operator } of policyConditions(policy)) {
      const { type } = keyKnowledge(condition.key.value, facts);
      if (type === undefined || operator.family === "Null") continue;
      // Values of a string key may look like numbers, dates or addresses; only a Bool cannot be.
      if (type === "string" && operator.family !== "Bool") continue;
      if (suited[type].includes(operator.family)) continue;
      yield {
        at: condition.operator,
        summary: `${quote(condition.operator.value)} does not suit ${quote(condition.key.value)}, whose values are of type ${type}`,
      };
    }
  },
};
