import { createTuples } from "../core/tuples.ts";
import type { CallKey } from "./call.ts";
import type { OrganizationChains } from "./chains.ts";
import { federatedUser } from "./context-of.ts";
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
 * Sorts callers by what of them decides: those of one number are decided alike. Under resource control
 * policies each is his own, for their statements may name principals.
 */
export function callerClasses(chains: OrganizationChains): (key: CallKey, bound: Bound) => number {
  const policies = chains
    .all()
    .flatMap(({ before, after }) => [...before.policies, ...after.policies]);
  const { keys } = lookedAt(policies);
  const isAccountSeen = accountKeys.some((name) => keys.has(name));
  const isServiceSeen = serviceKeys.some((name) => keys.has(name));
  const classOf = principalClasses(policies, keys);
  const numberOf = textNumbers();
  if (chains.type === "RESOURCE_CONTROL_POLICY") {
    return ({ identityType, invokedBy }, bound) => {
      const { account, callerAccount, caller, isCertain, onBehalf, principal } = bound;
      const who = [account, callerAccount, caller, isCertain, onBehalf, principal];
      return numberOf(JSON.stringify([...who, identityType, invokedBy]));
    };
  }
  const known = new Map<string, number>();
  const ofPrincipal = (principal: string): number => {
    const held = known.get(principal);
    if (held !== undefined) return held;
    const found = numberOf(`${kindOf(principal)} ${classOf(principal)}`);
    known.set(principal, found);
    return found;
  };
  const tuples = createTuples(5);
  const tuple = new Int32Array(5);
  return ({ identityType, invokedBy }, { account, onBehalf, principal }) => {
    tuple[0] = chains.of(account)?.id ?? -1;
    tuple[1] = onBehalf ? 1 : 0;
    tuple[2] = ofPrincipal(identityType === federatedUser ? "" : principal);
    tuple[3] = isAccountSeen ? numberOf(account) : -1;
    tuple[4] = isServiceSeen ? numberOf(invokedBy ?? "") : -1;
    return tuples.number(tuple);
  };
}

function textNumbers(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    numbers.set(text, numbers.size);
    return numbers.size - 1;
  };
}

/** What of a principal decides beside its ARN. */
function kindOf(principal: string): string {
  if (principal.includes(":role/")) return "role";
  if (principal.includes(":user/")) return "user";
  return principal;
}
