import type { PrincipalFacts } from "./principal-facts.ts";
import type { Principals } from "./types.ts";

/**
 * How a `Principal` element names who makes a request. What it means differs: a grant to a session,
 * a user or everyone holds whatever identity policies lack; a grant to a role is limited by the
 * role's boundary and session policy; a grant to an account leaves it to the account's own policies.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 */
export type PrincipalMatch = "none" | "account" | "role" | "direct";

/** Who makes a request, as a `Principal` element may name them. */
export interface Caller {
  readonly principal: string;
  /** The ARN of the role session, when known. */
  readonly session?: string;
  readonly facts: PrincipalFacts;
  /** It is a user or role with a permissions boundary. */
  readonly bounded?: boolean;
}

/** Compiled `Principal` or `NotPrincipal` element. */
export interface PrincipalTest {
  readonly everyone: boolean;
  readonly names: ReadonlySet<string>;
  /** Accounts, named by number or by their root ARN. */
  readonly accounts: ReadonlySet<string>;
}

const accountPrincipal = /^(?:arn:[^:]*:iam::)?(\d{12})(?::root)?$/;

/** Compiles a `Principal` or `NotPrincipal` element. */
export function compilePrincipals(principals: Principals): PrincipalTest {
  const names = new Set<string>();
  const accounts = new Set<string>();
  let everyone = principals.any;
  for (const { type, values } of principals.byType) {
    for (const { value } of values.values) {
      const account = type.value === "AWS" ? accountPrincipal.exec(value)?.[1] : undefined;
      if (type.value === "AWS" && value === "*") everyone = true;
      else if (account !== undefined) accounts.add(account);
      else names.add(value);
    }
  }
  return { everyone, names, accounts };
}

/** How a `Principal` element names a caller. */
export function matchPrincipal(test: PrincipalTest, caller: Caller): PrincipalMatch {
  if (test.everyone) return "direct";
  if (caller.session !== undefined && test.names.has(caller.session)) return "direct";
  if (test.names.has(caller.principal)) return caller.facts.kind === "role" ? "role" : "direct";
  const { account } = caller.facts;
  return account !== undefined && test.accounts.has(account) && caller.facts.kind !== "federated"
    ? "account"
    : "none";
}

/**
 * Whether a `NotPrincipal` element leaves a caller out. AWS checks the account, then the role or
 * user, then the session, so each that is known has to be listed.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_notprincipal.html
 */
export function isLeftOut(test: PrincipalTest, caller: Caller): boolean {
  if (test.everyone) return true;
  const { account, kind } = caller.facts;
  if (account !== undefined && !test.accounts.has(account)) return false;
  if (kind === "root") return true;
  if (!test.names.has(caller.principal)) return false;
  return caller.session === undefined || test.names.has(caller.session);
}
