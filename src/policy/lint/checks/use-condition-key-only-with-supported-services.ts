import { iamGlobalConditionKeys } from "../../../data/iam-global-condition-keys.ts";
import { allPolicyTypes, type Check, policyOf, sources } from "../check.ts";
import { statementConditions } from "../condition-operator.ts";
import { actionPatterns, hasWildcard, quote, some } from "../elements.ts";

const statement = {
  Effect: "Deny",
  Principal: "*",
  Resource: "*",
  Condition: {
    StringNotEqualsIfExists: { "aws:VpceOrgID": "o-example123" },
    BoolIfExists: { "aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false" },
  },
};

/** A global key that few services have, in a statement about others. */
export const useConditionKeyOnlyWithSupportedServices: Check = {
  code: "USE_CONDITION_KEY_ONLY_WITH_SUPPORTED_SERVICES",
  severity: "warning",
  types: allPolicyTypes,
  title: "The condition key is used with services that do not have it",
  why: "requests to other services lack the key, whatever their network: a Deny unless it matches denies them all, an Allow allows none. The list of services may be older than AWS",
  remedy: "name in `Action` only services that support the key",
  sources: [sources.analyzer, sources.globalKeys],
  example: {
    type: "RESOURCE_CONTROL_POLICY",
    bad: policyOf({ ...statement, Action: ["s3:*", "secretsmanager:*"] }),
    good: policyOf({ ...statement, Action: ["s3:*", "kms:*"] }),
  },
  *check({ statements }) {
    for (const one of statements) {
      for (const { condition, key } of statementConditions(one)) {
        const services = Object.hasOwn(iamGlobalConditionKeys.ofServices, key)
          ? iamGlobalConditionKeys.ofServices[key]
          : undefined;
        if (services === undefined) continue;
        const name = quote(condition.key.value);
        if (one.action === undefined) {
          yield { at: condition.key, summary: `not all services have ${name}` };
          continue;
        }
        const others = actionPatterns(one)
          .filter(
            ({ prefix, text }) =>
              hasWildcard(prefix) ||
              !services.includes(prefix) ||
              text.value.toLowerCase() === "iam:passrole",
          )
          .map(({ text }) => quote(text.value));
        if (others.length === 0) continue;
        yield { at: condition.key, summary: `${name} does not come with ${some(others)}` };
      }
    }
  },
};
