import { type Check, policyOf, sources } from "../check.ts";
import { statementConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";
import { meetsAbsentKey, saysWhetherService } from "../service-callers.ts";

/** Keys of people's and roles' requests, which an AWS service that calls for itself lacks. */
const keysOfPrincipals = /^aws:principal(?:orgid|orgpaths|account|arn|tag\/.*)$/;

const statement = { Effect: "Deny", Principal: "*", Action: "s3:*", Resource: "*" };
const foreign = { "aws:PrincipalOrgID": "o-example123" };

/** An RCP against foreign principals that hits AWS services too. */
export const rcpMissingRelatedPrincipalConditionKey: Check = {
  code: "RCP_MISSING_RELATED_PRINCIPAL_CONDITION_KEY",
  severity: "warning",
  types: ["RESOURCE_CONTROL_POLICY"],
  title: "The Deny of foreign principals denies AWS services too",
  why: "a service that calls with its own principal has no such key, and what is negated or `IfExists` matches a key that is absent: logs are no longer delivered, backups no longer made",
  remedy: 'add `"BoolIfExists": { "aws:PrincipalIsAWSService": "false" }`',
  sources: [sources.analyzer, sources.rcp],
  example: {
    type: "RESOURCE_CONTROL_POLICY",
    bad: policyOf({ ...statement, Condition: { StringNotEqualsIfExists: foreign } }),
    good: policyOf({
      ...statement,
      Condition: {
        StringNotEqualsIfExists: foreign,
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
      },
    }),
  },
  *check({ statements }) {
    for (const one of statements) {
      if (one.effect !== "Deny" || saysWhetherService(one, "false")) continue;
      for (const { condition, operator, key } of statementConditions(one)) {
        if (!keysOfPrincipals.test(key) || !meetsAbsentKey(operator)) continue;
        yield {
          at: condition.key,
          summary: `a service without ${quote(condition.key.value)} is denied`,
        };
      }
    }
  },
};
