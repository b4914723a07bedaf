import { iamFacts } from "../../data/iam-facts.ts";
import type { PasswordPolicyBlock } from "./schema.ts";
import type { PasswordPolicyState } from "./state.ts";

const members: Readonly<Record<keyof PasswordPolicyBlock, string>> = {
  minimumLength: "MinimumPasswordLength",
  requireSymbols: "RequireSymbols",
  requireNumbers: "RequireNumbers",
  requireUppercase: "RequireUppercaseCharacters",
  requireLowercase: "RequireLowercaseCharacters",
  allowUsersToChange: "AllowUsersToChangePassword",
  maximumAgeDays: "MaxPasswordAge",
  preventReuse: "PasswordReusePrevention",
  hardExpiry: "HardExpiry",
};

/**
 * A policy with the block's rules on top of those that are there. Numbers are the least that the
 * block asks for: a stricter one that an account has stays.
 */
export function withRules(
  rules: PasswordPolicyBlock,
  found: PasswordPolicyState | null,
): PasswordPolicyState {
  const base = { ...iamFacts.passwordPolicyDefaults, ...found };
  const given = Object.entries(members).flatMap(([rule, member]) => {
    const value = rules[rule as keyof PasswordPolicyBlock];
    return value === undefined ? [] : [[member, stricter(member, base[member], value)] as const];
  });
  return { ...base, ...Object.fromEntries(given) };
}

function stricter(
  member: string,
  found: number | boolean | undefined,
  wanted: number | boolean,
): number | boolean {
  if (typeof found !== "number" || typeof wanted !== "number") return wanted;
  if (member !== "MaxPasswordAge") return Math.max(found, wanted);
  // 0 stands for passwords that never expire.
  return found > 0 && (found < wanted || wanted === 0) ? found : wanted;
}

/** Whether an account that Config's managed rule finds compliant has all that the block asks for. */
export function isProvenByRule(rules: PasswordPolicyBlock): boolean {
  const { minimumLength, preventReuse, maximumAgeDays } = iamFacts.passwordPolicyRule;
  const { requireSymbols, requireNumbers, requireUppercase, requireLowercase } = rules;
  const classes = [requireSymbols, requireNumbers, requireUppercase, requireLowercase];
  return (
    (rules.minimumLength ?? 0) <= minimumLength &&
    (rules.preventReuse ?? 0) <= preventReuse &&
    (rules.maximumAgeDays ?? maximumAgeDays) >= maximumAgeDays &&
    classes.every((rule) => rule !== false) &&
    rules.allowUsersToChange === undefined &&
    rules.hardExpiry === undefined
  );
}
