import { type Check, deny, organizationTypes, sources } from "../check.ts";
import { requiresKey, statementConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

/** Keys of networks, which requests that services make on one's behalf do not carry. */
const networkKeys = new Set([
  "aws:sourcevpc",
  "aws:sourcevpce",
  "aws:sourcevpcarn",
  "aws:vpcsourceip",
  "aws:vpceaccount",
  "aws:vpceorgid",
]);
/** Keys that say that a service makes the request. */
const serviceKeys =
  /^aws:(viaawsservice|principalisawsservice|calledvia|calledviafirst|calledvialast)$/;

/** A Deny by a network key that also hits requests which have no such key. */
export const negatedOperatorOnAbsentKey: Check = {
  code: "ORGRAIL6209",
  severity: "warning",
  types: organizationTypes,
  title: "The Deny also hits requests that lack the key",
  why: "a negated operator matches where the key is absent: a Deny unless the request comes from a VPC also hits the console and what services do on one's behalf",
  remedy:
    "if that is not meant, write `...IfExists`, or except `aws:ViaAWSService` and `aws:PrincipalIsAWSService`",
  sources: [
    sources.conditions,
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html",
  ],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({
      Action: "s3:GetObject",
      Condition: { StringNotEquals: { "aws:SourceVpc": "vpc-0a1b2c3d" } },
    }),
    good: deny({
      Action: "s3:GetObject",
      Condition: { StringNotEqualsIfExists: { "aws:SourceVpc": "vpc-0a1b2c3d" } },
    }),
  },
  *check({ statements }) {
    for (const statement of statements) {
      if (statement.effect !== "Deny") continue;
      const conditions = statementConditions(statement);
      if (conditions.some(({ key }) => serviceKeys.test(key))) continue;
      for (const { condition, key, operator } of conditions) {
        if (!networkKeys.has(key) || !operator.isNegated || operator.isIfExists) continue;
        if (requiresKey(statement, key)) continue;
        yield {
          at: condition.operator,
          summary: `requests without ${quote(condition.key.value)} are denied too`,
        };
      }
    }
  },
};
