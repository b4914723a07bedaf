import { type Check, policyOf, sources } from "../check.ts";
import { statementConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";
import { keysOfSources, meetsAbsentKey, saysWhetherService } from "../service-callers.ts";

const statement = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
const source = {
  StringNotEqualsIfExists: { "aws:SourceOrgID": "o-example123" },
  Null: { "aws:SourceAccount": "false" },
};

/** An RCP against foreign sources of service calls that hits people and roles too. */
export const rcpMissingRelatedServicePrincipalConditionKey: Check = {
  code: "RCP_MISSING_RELATED_SERVICE_PRINCIPAL_CONDITION_KEY",
  severity: "warning",
  types: ["RESOURCE_CONTROL_POLICY"],
  title: "The Deny of foreign sources is not limited to AWS services",
  why: "requests of people and roles have no source, and what is negated or `IfExists` matches a key that is absent: your own principals are denied",
  remedy: 'add `"BoolIfExists": { "aws:PrincipalIsAWSService": "true" }`',
  sources: [sources.analyzer, sources.rcp],
  example: {
    type: "RESOURCE_CONTROL_POLICY",
    bad: policyOf({ ...statement, Condition: source }),
    good: policyOf({
      ...statement,
      Condition: { ...source, BoolIfExists: { "aws:PrincipalIsAWSService": "true" } },
    }),
  },
  *check({ statements }) {
    for (const one of statements) {
      if (one.effect !== "Deny" || saysWhetherService(one, "true")) continue;
      for (const { condition, operator, key } of statementConditions(one)) {
        if (!keysOfSources.test(key) || !meetsAbsentKey(operator)) continue;
        yield {
          at: condition.key,
          summary: `people and roles have no ${quote(condition.key.value)}, and are denied`,
        };
      }
    }
  },
};
