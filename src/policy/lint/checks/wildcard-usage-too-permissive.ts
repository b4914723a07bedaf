import { iamGlobalConditionKeys } from "../../../data/iam-global-condition-keys.ts";
import type { Text } from "../../types.ts";
import { allPolicyTypes, type Check, deny, type Finding, sources } from "../check.ts";
import { policyConditions } from "../condition-operator.ts";
import { hasWildcard, quote } from "../elements.ts";

const sensitive = new Set(iamGlobalConditionKeys.sensitive.map((name) => name.toLowerCase()));

/** A wildcard in a value of a key that names accounts, organizations or networks. */
export const wildcardUsageTooPermissive: Check = {
  code: "WILDCARD_USAGE_TOO_PERMISSIVE",
  severity: "securityWarning",
  types: allPolicyTypes,
  title: "A wildcard stands for accounts or networks of anybody",
  why: "ids of accounts, organizations and networks have no meaningful beginning: a wildcard takes in those of strangers",
  remedy: "write each id in full",
  sources: [sources.analyzer, sources.globalKeys],
  example: {
    type: "SERVICE_CONTROL_POLICY",
    bad: deny({ Condition: { StringNotLike: { "aws:ResourceOrgID": "o-*" } } }),
    good: deny({ Condition: { StringNotEquals: { "aws:ResourceOrgID": "o-example123" } } }),
  },
  *check(policy) {
    for (const { condition, operator, key } of policyConditions(policy)) {
      if (!operator.hasWildcards) continue;
      if (key === "aws:userid") yield* wideUserIds(condition.values.values);
      if (!sensitive.has(key)) continue;
      for (const text of condition.values.values) {
        // A bare `*` asks whether there is any value.
        if (text.value === "*" || !hasWildcard(text.value.replace(/\$\{[^}]*\}/g, ""))) continue;
        yield { at: text, summary: `${quote(text.value)} takes in more than yours` };
      }
    }
  },
};

/** `aws:userid` is `ID` or `ID:SESSION`: a wildcard stands for all ids, or in the session's name. */
function* wideUserIds(values: readonly Text[]): Iterable<Finding> {
  for (const text of values) {
    const colon = text.value.indexOf(":");
    const id = colon < 0 ? text.value : text.value.slice(0, colon);
    if (!hasWildcard(id) || (colon >= 0 && id === "*") || text.value === "*") continue;
    yield { at: text, summary: `${quote(text.value)} takes in ids of anybody` };
  }
}
