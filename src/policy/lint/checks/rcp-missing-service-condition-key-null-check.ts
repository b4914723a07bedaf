import { type Check, policyOf, sources } from "../check.ts";
import { requiresKey, statementConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";
import { keysOfSources, meetsAbsentKey } from "../service-callers.ts";

const statement = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
const source = {
  StringNotEqualsIfExists: { "aws:SourceOrgID": "o-example123" },
  BoolIfExists: { "aws:PrincipalIsAWSService": "true" },
};

/** An RCP against foreign sources of service calls that hits calls without a source. */
export const rcpMissingServiceConditionKeyNullCheck: Check = {
  code: "RCP_MISSING_SERVICE_CONDITION_KEY_NULL_CHECK",
  severity: "warning",
  types: ["RESOURCE_CONTROL_POLICY"],
  title: "The Deny of foreign sources denies service calls without a source",
  why: "some services call without saying for whom, and what is negated or `IfExists` matches a key that is absent: calls that work today are denied",
  remedy:
    'add `"Null": { "aws:SourceAccount": "false" }` or `"Null": { "aws:SourceArn": "false" }`',
  sources: [sources.analyzer, sources.rcp],
  example: {
    type: "RESOURCE_CONTROL_POLICY",
    bad: policyOf({ ...statement, Condition: source }),
    good: policyOf({
      ...statement,
      Condition: { ...source, Null: { "aws:SourceAccount": "false" } },
    }),
  },
  *check({ statements }) {
    for (const one of statements) {
      if (one.effect !== "Deny") continue;
      if (requiresKey(one, "aws:sourceaccount") || requiresKey(one, "aws:sourcearn")) continue;
      for (const { condition, operator, key } of statementConditions(one)) {
        if (!keysOfSources.test(key) || !meetsAbsentKey(operator) || requiresKey(one, key))
          continue;
        yield {
          at: condition.key,
          summary: `service calls without ${quote(condition.key.value)} are denied`,
        };
      }
    }
  },
};
