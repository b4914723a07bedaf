import { iamGlobalConditionKeys } from "../../../data/iam-global-condition-keys.ts";
import { type Check, policyOf, sources } from "../check.ts";
import { statementConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

const weak = new Set(iamGlobalConditionKeys.weakSources.map((name) => name.toLowerCase()));
const statement = {
  Effect: "Allow",
  Principal: { Service: "ses.amazonaws.com" },
  Action: "s3:PutObject",
  Resource: "arn:aws:s3:::mail/*",
};

/** A service that is limited by a key that does not say surely on whose behalf it acts. */
export const recommendedConditionKeyForServicePrincipal: Check = {
  code: "RECOMMENDED_CONDITION_KEY_FOR_SERVICE_PRINCIPAL",
  severity: "suggestion",
  types: ["RESOURCE_POLICY"],
  title: "A service is limited by a key that AWS advises against",
  why: "other keys than those of the source may be missing, or chosen by whoever uses the service",
  remedy: "use `aws:SourceArn`, `aws:SourceAccount`, `aws:SourceOrgID` or `aws:SourceOrgPaths`",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
  ],
  example: {
    type: "RESOURCE_POLICY",
    bad: policyOf({
      ...statement,
      Condition: { StringEquals: { "aws:Referer": "111122223333" } },
    }),
    good: policyOf({
      ...statement,
      Condition: { StringEquals: { "aws:SourceAccount": "111122223333" } },
    }),
  },
  *check({ statements }) {
    for (const one of statements) {
      const services = one.principal?.byType.find(({ type }) => type.value === "Service");
      if (one.effect !== "Allow" || services === undefined) continue;
      for (const { condition, key } of statementConditions(one)) {
        if (!weak.has(key)) continue;
        yield {
          at: condition.key,
          summary: `${quote(condition.key.value)} limits ${quote(services.values.values[0]?.value ?? "a service")}`,
        };
      }
    }
  },
};
