import type { Policy } from "../types.ts";
import type { Finding } from "./check.ts";
import { policyConditions } from "./condition-operator.ts";
import { hasWildcard, quote } from "./elements.ts";

/** Values of a condition key that do not have the form of the identifiers that it holds. */
export function* identifierFindings(
  policy: Policy,
  wantedKey: string,
  form: RegExp,
  what: string,
): Iterable<Finding> {
  for (const { condition, key, operator } of policyConditions(policy)) {
    if (key !== wantedKey || operator.family !== "String") continue;
    for (const text of condition.values.values) {
      if (hasWildcard(text.value) || text.value.includes("${") || form.test(text.value)) continue;
      yield { at: text, summary: `${quote(text.value)} is no id of a ${what}` };
    }
  }
}
