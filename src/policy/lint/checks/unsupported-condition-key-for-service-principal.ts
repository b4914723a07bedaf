import { type Check, policyOf, sources } from "../check.ts";
import { statementConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

const statement = {
  Effect: "Allow",
  Principal: { Service: "cloudfront.amazonaws.com" },
  Action: "s3:GetObject",
  Resource: "arn:aws:s3:::data/*",
};

/** Keys of IAM principals, which AWS services lack. */
const keysOfPrincipals = /^aws:principal(?:orgid|orgpaths|arn|account|type|tag\/.*)$/;

/** A condition on an IAM principal where only services are named. */
export const unsupportedConditionKeyForServicePrincipal: Check = {
  code: "UNSUPPORTED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",
  severity: "error",
  types: ["RESOURCE_POLICY"],
  title: "A condition asks for the principal where only services are trusted",
  why: "a request of an AWS service has no such key: the statement allows it nothing",
  remedy: "use `aws:SourceOrgID`, `aws:SourceAccount` or `aws:SourceArn`",
  sources: [sources.analyzer, sources.globalKeys],
  example: {
    type: "RESOURCE_POLICY",
    bad: policyOf({
      ...statement,
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-a1b2c3d4e5" } },
    }),
    good: policyOf({
      ...statement,
      Condition: { StringEquals: { "aws:SourceOrgID": "o-a1b2c3d4e5" } },
    }),
  },
  *check({ statements }) {
    for (const one of statements) {
      const types = (one.principal?.byType ?? []).map(({ type }) => type.value);
      if (one.effect !== "Allow" || types.length === 0) continue;
      if (types.some((type) => type !== "Service")) continue;
      for (const { condition, key, operator } of statementConditions(one)) {
        if (
          !keysOfPrincipals.test(key) ||
          operator.isIfExists ||
          operator.isNegated ||
          operator.family === "Null"
        ) {
          continue;
        }
        yield {
          at: condition.key,
          summary: `requests of services have no ${quote(condition.key.value)}`,
        };
      }
    }
  },
};
