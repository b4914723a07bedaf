import { policyExemptions } from "../data/policy-exemptions.ts";
import type { CallKey } from "./call.ts";

/** What service control policies are to the caller of a call. */
export type Standing =
  | {
      readonly kind: "bound";
      readonly account: string;
      /** What `aws:PrincipalArn` holds. */
      readonly principal: string;
      /** A service made the call with the caller's permissions: a forward access session. */
      readonly onBehalf: boolean;
    }
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

const { serviceLinkedRolePath } = policyExemptions.serviceControlPolicies;

/**
 * Says whether service control policies bind the caller of a call. They bind the principals of the
 * caller's account, not of the one that the call is recorded in; calls that a service makes on
 * behalf of a principal keep the principal's.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp
 */
export function standingOf(key: CallKey, membership: Membership): Standing {
  const { identityType, principal, invokedBy, recipientAccountId } = key;
  const account =
    (principal === undefined ? undefined : accountOfArn(principal)) ?? key.principalAccountId;
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
  if (principal.includes(`:role/${serviceLinkedRolePath}`)) {
    return { kind: "exempt", reason: "a service-linked role" };
  }
  return { kind: "bound", account, principal, onBehalf: invokedBy !== undefined };
}

function accountOfArn(arn: string): string | undefined {
  const account = arn.split(":")[4];
  return account !== undefined && /^\d{12}$/.test(account) ? account : undefined;
}
