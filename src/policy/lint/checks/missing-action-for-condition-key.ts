import { allow, allPolicyTypes, type Check, sources } from "../check.ts";
import { keyKnowledge } from "../condition-key.ts";
import { statementConditions } from "../condition-operator.ts";
import { quote, some } from "../elements.ts";
import { forgottenActions } from "../keyed-actions.ts";

const toEc2 = { StringEquals: { "iam:PassedToService": "ec2.amazonaws.com" } };

/** A condition key without the action whose requests carry it. */
export const missingActionForConditionKey: Check = {
  code: "MISSING_ACTION_FOR_CONDITION_KEY",
  severity: "warning",
  types: allPolicyTypes,
  title: "The action that carries the condition key is not in the statement",
  why: "only requests of few actions carry the key, and the statement names none of them: it decides nothing as it was meant. A warning and no error, because the data may lack an action",
  remedy: "add the action, or remove the condition",
  sources: [sources.analyzer, sources.actions],
  example: {
    type: "IDENTITY_POLICY",
    bad: allow({ Action: "ec2:RunInstances", Condition: toEc2 }),
    good: allow({
      Action: "iam:PassRole",
      Resource: "arn:aws:iam::111122223333:role/app",
      Condition: toEc2,
    }),
  },
  *check({ statements }, facts) {
    for (const statement of statements) {
      for (const { condition, key, operator } of statementConditions(statement)) {
        const { scope, isKnown } = keyKnowledge(condition.key.value, facts);
        if (scope !== "service" || !isKnown || operator.isIfExists || operator.family === "Null") {
          continue;
        }
        const forgotten = forgottenActions(statement, key, facts);
        if (forgotten.length === 0) continue;
        const names = forgotten.map(
          ({ service, action }) => `\`${service.prefix}:${action.name}\``,
        );
        yield {
          at: condition.key,
          summary: `only ${some(names)} ${names.length > 1 ? "carry" : "carries"} ${quote(condition.key.value)}`,
        };
      }
    }
  },
};
