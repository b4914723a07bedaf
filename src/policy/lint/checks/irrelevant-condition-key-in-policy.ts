import { type Check, policyOf, sources } from "../check.ts";
import { statementConditions } from "../condition-operator.ts";
import { arnPattern, hasWildcard, quote } from "../elements.ts";

const statement = {
  Effect: "Deny",
  Principal: "*",
  Action: "s3:GetObject",
  Condition: { StringNotEquals: { "s3:ResourceAccount": "111122223333" } },
};

/** `s3:ResourceAccount` in the policy of a bucket, whose account is no question. */
export const irrelevantConditionKeyInPolicy: Check = {
  code: "IRRELEVANT_CONDITION_KEY_IN_POLICY",
  severity: "suggestion",
  types: ["RESOURCE_POLICY"],
  title: "The condition asks a bucket's own policy for the bucket's account",
  why: "a bucket's policy is about that bucket, which is always of the same account",
  remedy: "use the key in identity policies, organization policies or the policy of a VPC endpoint",
  sources: [sources.analyzer],
  example: {
    type: "RESOURCE_POLICY",
    bad: policyOf({ ...statement, Resource: "arn:aws:s3:::data/*" }),
    good: policyOf({ ...statement, Resource: "*" }),
  },
  *check({ statements }) {
    for (const one of statements) {
      const values = one.resource?.values ?? [];
      // A VPC endpoint's policy names any bucket; there the key has a use.
      const isOfBucket = ({ value }: { readonly value: string }): boolean => {
        const arn = arnPattern(value);
        return arn?.service === "s3" && !hasWildcard(arn.resource.split("/")[0] ?? "*");
      };
      if (values.length === 0 || !values.every(isOfBucket)) continue;
      for (const { condition, key } of statementConditions(one)) {
        if (key !== "s3:resourceaccount") continue;
        yield {
          at: condition.key,
          summary: `${quote(condition.key.value)} is always the account of the bucket`,
        };
      }
    }
  },
};
