import { iamGlobalConditionKeys } from "../../data/iam-global-condition-keys.ts";
import type { ConditionKeyType, IamFacts } from "../iam-facts.ts";

/** What is known of a condition key. */
export interface KeyKnowledge {
  /** `global` begins with `aws:`; `provider` is an identity provider's, which nobody lists. */
  readonly scope: "global" | "service" | "provider";
  /** Absent for a key that is not known, and for those of providers. */
  readonly type?: ConditionKeyType;
  readonly isMultivalued?: boolean;
  readonly isKnown: boolean;
  /** Whether every request carries it; known of global keys only. */
  readonly isAlwaysPresent?: boolean;
}

const globalKeys = new Map(
  [...iamGlobalConditionKeys.keys, ...iamGlobalConditionKeys.sessionKeys].map((key) => [
    key.name.toLowerCase(),
    key,
  ]),
);

/** What is known of a condition key, by its full name, whatever the case. */
export function keyKnowledge(name: string, facts: IamFacts): KeyKnowledge {
  const key = name.toLowerCase();
  const slash = key.indexOf("/");
  const known =
    globalKeys.get(key) ?? (slash < 0 ? undefined : globalKeys.get(`${key.slice(0, slash)}/*`));
  const isGlobal = key.startsWith("aws:");
  if (known !== undefined) {
    return {
      scope: isGlobal ? "global" : "service",
      type: known.type,
      isMultivalued: known.isMultivalued,
      isKnown: true,
      isAlwaysPresent: known.presence === "always",
    };
  }
  if (isGlobal) return { scope: "global", isKnown: false };
  const prefix = key.slice(0, key.indexOf(":"));
  // Keys of OpenID Connect providers begin with the provider's address.
  if (iamGlobalConditionKeys.providerPrefixes.includes(prefix) || /[./]/.test(prefix)) {
    return { scope: "provider", isKnown: true };
  }
  const found = facts.conditionKey(key);
  if (found === undefined) return { scope: "service", isKnown: false };
  return { scope: "service", type: found.type, isMultivalued: found.isMultivalued, isKnown: true };
}
