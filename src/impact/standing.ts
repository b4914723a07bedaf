import { policyExemptions } from "../data/policy-exemptions.ts";
import { arnAccount } from "../policy/principal-facts.ts";
import type { CallKey } from "./call.ts";

/** Whom policies bind in a call. */
export interface Bound {
  readonly kind: "bound";
  /** The account whose policies decide: of the caller (SCPs), or of the resource (RCPs). */
  readonly account: string;
  /** What `aws:PrincipalArn` holds, or the service; empty where the record does not say it. */
  readonly principal: string;
  /** A service made the call with the caller's permissions: a forward access session. */
  readonly onBehalf: boolean;
  /** `member`: of an account of the organization. */
  readonly caller: "member" | "outside" | "service" | "federated" | "anonymous";
  readonly callerAccount?: string;
  /** Whether `account` is certain; of resources it is not where caller and record are of one account. */
  readonly isCertain: boolean;
}

/** What policies are to a call. */
export type Standing =
  | Bound
  /** They do not bind it, or it is counted elsewhere. */
  | { readonly kind: "exempt"; readonly reason: string }
  /** The record does not say who it was. */
  | { readonly kind: "unknown"; readonly reason: string };

/** What of an organization decides whom its policies bind. */
export interface Membership {
  readonly managementAccountId: string;
  /** Ids of all accounts. */
  readonly accounts: ReadonlySet<string>;
}

const serviceLinked = `:role/${policyExemptions.serviceControlPolicies.serviceLinkedRolePath}`;

/**
 * Says whether service control policies bind the caller of a call. They bind the principals of the
 * caller's account, not of the one that the call is recorded in; calls that a service makes on
 * behalf of a principal keep the principal's.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp
 */
export function standingOf(key: CallKey, membership: Membership): Standing {
  const { identityType, principal, invokedBy, recipientAccountId } = key;
  const account = callerAccountOf(key);
  if (identityType === "AWSService") return { kind: "exempt", reason: "a service's own call" };
  if (identityType === "SAMLUser" || identityType === "WebIdentityUser") {
    return { kind: "exempt", reason: "a federated user that has no role yet" };
  }
  if (identityType === "AWSAccount" && account !== recipientAccountId) {
    return account !== undefined && membership.accounts.has(account)
      ? { kind: "exempt", reason: "the caller's account has a record of the same call" }
      : { kind: "exempt", reason: "a caller outside the organization" };
  }
  if (principal === undefined || account === undefined) {
    if (principal === undefined && invokedBy !== undefined && identityType === undefined) {
      return { kind: "exempt", reason: "a service's own call" };
    }
    return { kind: "unknown", reason: "the record does not say who called" };
  }
  if (account === membership.managementAccountId) {
    return { kind: "exempt", reason: "a caller of the management account" };
  }
  if (!membership.accounts.has(account)) {
    return { kind: "exempt", reason: "a caller outside the organization" };
  }
  if (isServiceLinked(principal)) return { kind: "exempt", reason: "a service-linked role" };
  return {
    kind: "bound",
    account,
    principal,
    onBehalf: invokedBy !== undefined,
    caller: "member",
    callerAccount: account,
    isCertain: true,
  };
}

/** Whether a principal is a role that belongs to a service, which neither SCPs nor RCPs bind. */
export function isServiceLinked(principal: string): boolean {
  return principal.includes(serviceLinked);
}

/** The caller's account: of its ARN, else as the record has it. */
export function callerAccountOf({ principal, principalAccountId }: CallKey): string | undefined {
  return (principal === undefined ? undefined : arnAccount(principal)) ?? principalAccountId;
}
