import type { IamFacts, ServiceFacts } from "../iam-facts.ts";
import type { Policy } from "../types.ts";
import type { Finding } from "./check.ts";
import { statementConditions } from "./condition-operator.ts";
import { actionPatterns, hasWildcard, quote, some } from "./elements.ts";

/**
 * Conditions on tags of resources or requests in statements that are also about services without
 * such condition keys. Conditions that hold where the key is absent are left out.
 */
export function* unsupportedTagKeys(
  policy: Policy,
  facts: IamFacts,
  wanted: { readonly effect: "Allow" | "Deny"; readonly isNot: boolean },
): Iterable<Finding> {
  for (const statement of policy.statements) {
    if (statement.effect !== wanted.effect) continue;
    if ((statement.notAction !== undefined) !== wanted.isNot) continue;
    for (const { condition, key, operator } of statementConditions(statement)) {
      const family = /^aws:(resourcetag|requesttag)\/.+/.exec(key)?.[1];
      if (family === undefined || operator.isNegated || operator.isIfExists) continue;
      if (operator.family === "Null" && condition.values.values[0]?.value !== "false") continue;
      if (wanted.isNot) {
        yield {
          at: condition.key,
          summary: `services without tag condition keys are not covered by ${quote(condition.key.value)}`,
        };
        continue;
      }
      const prefixes = new Set(actionPatterns(statement).map(({ prefix }) => prefix));
      const without = [...prefixes].filter((prefix) => {
        const service = hasWildcard(prefix) ? undefined : facts.service(prefix);
        return service !== undefined && !hasTagKey(service, family);
      });
      if (without.length === 0) continue;
      yield {
        at: condition.key,
        summary: `${quote(condition.key.value)} is not supported by ${some(without)}`,
      };
    }
  }
}

function hasTagKey(service: ServiceFacts, family: string): boolean {
  return service.conditionKeys.some(({ name }) => name.toLowerCase() === `aws:${family}/*`);
}
