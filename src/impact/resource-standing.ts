import type { CallKey } from "./call.ts";
import {
  type Bound,
  callerAccountOf,
  isServiceLinked,
  type Membership,
  type Standing,
} from "./standing.ts";

/**
 * Says whether resource control policies bind the resource of a call, whoever calls: principals of
 * the organization, others, services. The record of the caller's own account may be about a resource
 * of another account; {@link ownerStanding} says so once the record is looked into.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html
 */
export function resourceStandingOf(key: CallKey, membership: Membership): Standing {
  const { identityType, principal, invokedBy, recipientAccountId: account } = key;
  if (principal !== undefined && isServiceLinked(principal)) {
    return { kind: "exempt", reason: "a service-linked role" };
  }
  if (account === undefined) return { kind: "unknown", reason: "the record names no account" };
  const exempt = exemptOwner(account, membership);
  if (exempt !== undefined) return exempt;
  const base = { kind: "bound", account, onBehalf: false, isCertain: true } as const;
  const isService =
    identityType === "AWSService" || (identityType === undefined && principal === undefined);
  if (isService) {
    return invokedBy === undefined
      ? { kind: "unknown", reason: "the record does not say who called" }
      : { ...base, principal: invokedBy, caller: "service" };
  }
  if (identityType === "SAMLUser" || identityType === "WebIdentityUser") {
    return { ...base, principal: principal ?? "", caller: "federated" };
  }
  const callerAccount = callerAccountOf(key);
  if (callerAccount === undefined) {
    return { kind: "unknown", reason: "the record does not say who called" };
  }
  if (/^anonymous/i.test(callerAccount)) return { ...base, principal: "", caller: "anonymous" };
  return {
    ...base,
    principal: principal ?? "",
    onBehalf: invokedBy !== undefined,
    caller: membership.accounts.has(callerAccount) ? "member" : "outside",
    callerAccount,
    isCertain: callerAccount !== account,
  };
}

/**
 * What policies are to a call whose record says who owns the resource; without an owner it is not
 * certain that it is the account of the record.
 */
export function ownerStanding(
  bound: Bound,
  owner: string | undefined,
  membership: Membership,
): Standing {
  if (owner === undefined || bound.isCertain) return bound;
  if (owner === bound.account) return { ...bound, isCertain: true };
  const exempt = exemptOwner(owner, membership);
  return (
    exempt ?? { kind: "exempt", reason: "the resource's account has a record of the same call" }
  );
}

function exemptOwner(
  account: string,
  { managementAccountId, accounts }: Membership,
): Standing | undefined {
  if (account === managementAccountId) {
    return { kind: "exempt", reason: "a resource of the management account" };
  }
  return accounts.has(account)
    ? undefined
    : { kind: "exempt", reason: "a resource outside the organization" };
}
