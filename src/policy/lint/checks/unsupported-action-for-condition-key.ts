import type { IamFacts } from "../../iam-facts.ts";
import type { Statement } from "../../types.ts";
import { allPolicyTypes, type Check, deny, sources } from "../check.ts";
import { keyKnowledge } from "../condition-key.ts";
import { statementConditions } from "../condition-operator.ts";
import { actionPatterns, hasWildcard, quote, some } from "../elements.ts";
import { forgottenActions } from "../keyed-actions.ts";
import { supportsKey } from "../supports-key.ts";

/** A service's condition key on actions that do not carry it. */
export const unsupportedActionForConditionKey: Check = {
  code: "UNSUPPORTED_ACTION_FOR_CONDITION_KEY",
  severity: "warning",
  types: allPolicyTypes,
  title: "Actions of the statement do not carry the condition key",
  why: "a request of such an action lacks the key: a positive operator never matches it, so that a Deny does not apply, and a negated one always does. A warning and no error, because the data may lack a key that the action carries",
  remedy: "move those actions to a statement without the condition key",
  sources: [sources.analyzer, sources.actions],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({
      Action: ["ec2:RunInstances", "ec2:DeleteVpc"],
      Condition: { StringNotLike: { "ec2:InstanceType": "t3.*" } },
    }),
    good: deny({
      Action: "ec2:RunInstances",
      Condition: { StringNotLike: { "ec2:InstanceType": "t3.*" } },
    }),
  },
  *check({ statements }, facts) {
    for (const statement of statements) {
      const keys = statementConditions(statement).filter(({ operator, condition }) => {
        const { scope, isKnown } = keyKnowledge(condition.key.value, facts);
        return scope === "service" && isKnown && !operator.isIfExists && operator.family !== "Null";
      });
      if (keys.length === 0) continue;
      for (const { condition, key } of keys) {
        // Then MISSING_ACTION_FOR_CONDITION_KEY says it for all actions at once.
        if (forgottenActions(statement, key, facts).length > 0) continue;
        const names = actionsWithout(statement, key, facts);
        if (names.length === 0) continue;
        yield {
          at: condition.key,
          summary: `${quote(condition.key.value)} is not carried by ${some(names)}`,
        };
      }
    }
  },
};

/** Actions that do not carry a key, and patterns of which no action does. */
function actionsWithout(statement: Statement, key: string, facts: IamFacts): readonly string[] {
  if (statement.action === undefined) return [];
  return actionPatterns(statement).flatMap(({ prefix, name, text }) => {
    if (hasWildcard(prefix)) return [];
    const actions = facts.actionsMatching(`${prefix}:${name}`);
    if (actions.length === 0 || actions.some((action) => supportsKey(action, key))) return [];
    return [text.value];
  });
}
