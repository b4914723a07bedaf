import { iamGlobalConditionKeys } from "../../../data/iam-global-condition-keys.ts";
import { allow, allPolicyTypes, type Check, sources } from "../check.ts";
import { statementConditions } from "../condition-operator.ts";
import { quote } from "../elements.ts";

const spoofable = new Set(iamGlobalConditionKeys.spoofable.map((name) => name.toLowerCase()));

/** A key that callers set as they like. */
export const untrustworthyConditionKey: Check = {
  code: "UNTRUSTWORTHY_CONDITION_KEY",
  severity: "securityWarning",
  types: allPolicyTypes,
  title: "The caller chooses what the condition checks",
  why: "the value is a header that any program can set: the condition keeps out nobody who wants in",
  remedy: "use a key that AWS fills in, such as `aws:SourceAccount` or `aws:PrincipalOrgID`",
  sources: [sources.analyzer, sources.globalKeys],
  example: {
    type: "RESOURCE_POLICY",
    bad: allow({
      Principal: { AWS: "*" },
      Action: "s3:GetObject",
      Condition: { StringLike: { "aws:Referer": "https://example.com/*" } },
    }),
    good: allow({
      Principal: { AWS: "*" },
      Action: "s3:GetObject",
      Condition: { StringEquals: { "aws:PrincipalOrgID": "o-example123" } },
    }),
  },
  *check({ statements }) {
    for (const statement of statements) {
      for (const { condition, key } of statementConditions(statement)) {
        if (!spoofable.has(key)) continue;
        yield { at: condition.key, summary: `callers choose ${quote(condition.key.value)}` };
      }
    }
  },
};
