import type { CallKey } from "./call.ts";
import type { OrganizationChains } from "./chains.ts";
import { lookedAt } from "./looked-at.ts";
import { principalClasses } from "./principal-classes.ts";
import type { Bound } from "./standing.ts";

/** Keys that tell accounts apart whose policies are the same. */
const accountKeys: readonly string[] = [
  "aws:principalaccount",
  "aws:principalorgid",
  "aws:principalorgpaths",
  "aws:resourceaccount",
  "aws:resourceorgid",
  "aws:resourceorgpaths",
];

/** Keys that tell apart which service makes a call for somebody. */
const serviceKeys: readonly string[] = [
  "aws:viaawsservice",
  "aws:calledvia",
  "aws:calledviafirst",
  "aws:calledvialast",
];

/**
 * Sorts callers by what of them decides. Under resource control policies each is his own, for their
 * statements may name principals.
 */
export function callerClasses(chains: OrganizationChains): (key: CallKey, bound: Bound) => string {
  const policies = chains
    .all()
    .flatMap(({ before, after }) => [...before.policies, ...after.policies]);
  const { keys } = lookedAt(policies);
  const isAccountSeen = accountKeys.some((name) => keys.has(name));
  const isServiceSeen = serviceKeys.some((name) => keys.has(name));
  const classOf = principalClasses(policies, keys);
  const known = new Map<string, string>();
  const ofPrincipal = (principal: string): string => {
    const held = known.get(principal);
    if (held !== undefined) return held;
    const found = `${kindOf(principal)} ${classOf(principal)}`;
    known.set(principal, found);
    return found;
  };
  if (chains.type === "RESOURCE_CONTROL_POLICY") {
    return ({ identityType, invokedBy }, bound) => {
      const { account, callerAccount, caller, isCertain, onBehalf, principal } = bound;
      const who = [account, callerAccount, caller, isCertain, onBehalf, principal];
      return JSON.stringify([...who, identityType, invokedBy]);
    };
  }
  return ({ invokedBy }, { account, onBehalf, principal }) => {
    const id = chains.of(account)?.id ?? -1;
    const where = isAccountSeen ? account : "";
    const service = isServiceSeen ? (invokedBy ?? "") : "";
    return `${id} ${onBehalf} ${ofPrincipal(principal)} ${where} ${service}`;
  };
}

/** What of a principal decides beside its ARN. */
function kindOf(principal: string): string {
  if (principal.includes(":role/")) return "role";
  if (principal.includes(":user/")) return "user";
  return principal;
}
