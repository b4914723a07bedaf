import type { IamFacts } from "../iam-facts.ts";
import type { Policy, PolicyType } from "../types.ts";
import type { Finding } from "./check.ts";
import { keyKnowledge } from "./condition-key.ts";
import { policyConditions, type ReadCondition } from "./condition-operator.ts";
import { quote } from "./elements.ts";

/** What a condition comes to whose value is `*`: it asks only whether the key is there, if that. */
export type StarMeaning = "present" | "absent" | "always" | "never";

/**
 * What a string condition with `*` among its values comes to; `undefined` for every other.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function starMeaning({ condition, operator }: ReadCondition): StarMeaning | undefined {
  const { family, hasWildcards, isNegated, isIfExists, qualifier } = operator;
  if (family !== "String" || !hasWildcards) return undefined;
  if (!condition.values.values.some(({ value }) => /^\*+$/.test(value))) return undefined;
  if (qualifier === "ForAllValues") return isNegated ? "absent" : "always";
  if (qualifier === "ForAnyValue" && isNegated) return isIfExists ? "absent" : "never";
  if (isNegated) return "absent";
  return isIfExists ? "always" : "present";
}

/** Types whose requests are of principals, so that the keys of every principal are there. */
const principalTypes: readonly PolicyType[] = ["SERVICE_CONTROL_POLICY", "IDENTITY_POLICY"];

/** Conditions with `*` that come to one meaning. */
export function* starFindings(
  policy: Policy,
  facts: IamFacts,
  wanted: StarMeaning,
): Iterable<Finding> {
  for (const one of policyConditions(policy)) {
    const meaning = starMeaning(one);
    if (meaning === undefined) continue;
    const isPresent =
      principalTypes.includes(policy.type) &&
      keyKnowledge(one.condition.key.value, facts).isAlwaysPresent === true;
    if (withPresence(meaning, isPresent) !== wanted) continue;
    yield finding(one, wanted);
  }
}

function withPresence(meaning: StarMeaning, isPresent: boolean): StarMeaning {
  if (!isPresent) return meaning;
  if (meaning === "present") return "always";
  return meaning === "absent" ? "never" : meaning;
}

function finding({ condition }: ReadCondition, meaning: StarMeaning): Finding {
  const key = quote(condition.key.value);
  const asked = `${quote(condition.operator.value)} with \`*\``;
  switch (meaning) {
    case "present":
    case "absent": {
      const value = meaning === "present" ? "false" : "true";
      return {
        at: condition,
        summary: `${asked} asks whether ${key} is ${meaning}`,
        help: `write \`"Null": { ${JSON.stringify(condition.key.value.slice(0, 80))}: "${value}" }\``,
      };
    }
    case "always":
      return { at: condition, summary: `${asked} on ${key} always matches` };
    case "never":
      return { at: condition, summary: `${asked} on ${key} never matches` };
  }
}
