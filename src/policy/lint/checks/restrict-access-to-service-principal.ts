import { allow, type Check, sources } from "../check.ts";
import { statementConditions } from "../condition-operator.ts";

const narrowing = /^aws:source(arn|account|orgid|orgpaths|owner)$/;

/** A service principal that is allowed without saying on whose behalf. */
export const restrictAccessToServicePrincipal: Check = {
  code: "RESTRICT_ACCESS_TO_SERVICE_PRINCIPAL",
  severity: "securityWarning",
  types: ["RESOURCE_POLICY"],
  title: "A service is allowed on anybody's behalf",
  why: "a service acts for all its customers: a stranger can make it use the resource (the confused deputy)",
  remedy: "add `aws:SourceArn`, `aws:SourceAccount` or `aws:SourceOrgID`",
  sources: [
    sources.analyzer,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html",
  ],
  example: {
    type: "RESOURCE_POLICY",
    bad: allow({ Action: "sqs:SendMessage", Principal: { Service: "sns.amazonaws.com" } }),
    good: allow({
      Action: "sqs:SendMessage",
      Principal: { Service: "sns.amazonaws.com" },
      Condition: { StringEquals: { "aws:SourceOrgID": "o-example123" } },
    }),
  },
  *check({ statements }) {
    for (const statement of statements) {
      if (statement.effect !== "Allow") continue;
      const services = statement.principal?.byType.find(({ type }) => type.value === "Service");
      if (services === undefined || services.values.values.length === 0) continue;
      if (statementConditions(statement).some(({ key }) => narrowing.test(key))) continue;
      yield { at: services.values, summary: "the service is allowed on behalf of anybody" };
    }
  },
};
