import { parsePolicy } from "../policy/parse.ts";
import { arnAccount } from "../policy/principal-facts.ts";
import type { Condition, Policy, PolicyType, Statement } from "../policy/types.ts";
import type { DetectFacts } from "./facts.ts";

/** Reads a policy document as events hold it: JSON text, URL-encoded JSON, or the value itself. */
export function readDocument(value: unknown, type: PolicyType): Policy | undefined {
  const text = documentText(value);
  return text === undefined ? undefined : parsePolicy(text, { type }).policy;
}

function documentText(value: unknown): string | undefined {
  if (typeof value === "string")
    return value.trimStart().startsWith("%7B") ? decoded(value) : value;
  return typeof value === "object" && value !== null ? JSON.stringify(value) : undefined;
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

/** Without one of these no document names every action: `"*"`, `"*:*"`, an escape, NotAction. */
const namesEverything = /"\*|\\|NotAction/i;

/**
 * Whether a statement of an identity policy, as events hold it, allows every action on every resource,
 * whatever its conditions. Most policies of most logs are told by their text alone.
 */
export function allowsEverything(document: unknown): boolean {
  const text = documentText(document);
  if (text === undefined || !namesEverything.test(text)) return false;
  const { policy } = parsePolicy(text, { type: "IDENTITY_POLICY" });
  return policy !== undefined && hasEverything(policy);
}

function hasEverything({ statements }: Policy): boolean {
  const has = (list: Statement["action"], wanted: RegExp): boolean =>
    list?.values.some(({ value }) => wanted.test(value)) === true;
  return statements.some(
    ({ effect, action, notAction, resource, notResource }) =>
      effect === "Allow" &&
      (has(action, /^\*(:\*)?$/) || notAction?.values.length === 0) &&
      (has(resource, /^\*$/) || (resource === undefined && notResource === undefined)),
  );
}

/** Whom a resource or trust policy lets in from outside of the organization. */
export interface OutsidePrincipals {
  /** Anybody, without a condition that narrows it to an organization, account, network or principal. */
  readonly isPublic: boolean;
  /** Accounts that are neither of the organization nor trusted, sorted. */
  readonly outside: readonly string[];
  /** Accounts of which nobody knows whether they are of the organization. */
  readonly unknown: readonly string[];
}

/**
 * Condition keys that narrow `"Principal": "*"` to callers that one knows.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const narrowing =
  /^(aws:(PrincipalOrgID|PrincipalOrgPaths|PrincipalAccount|PrincipalArn|SourceArn|SourceAccount|SourceOrgID|SourceOrgPaths|SourceVpc|SourceVpce|SourceIp|userid|ResourceOrgID)|s3:DataAccessPointAccount|s3:DataAccessPointArn)$/i;

/** Whether a condition holds only for callers that somebody chose. */
function narrows({ operator, key, values }: Condition): boolean {
  const open = values.values.some(({ value }) => /^(\*|0\.0\.0\.0\/0|::\/0)$/.test(value));
  return narrowing.test(key.value) && !open && !/Not|IfExists$|^Null$/.test(operator.value);
}

/**
 * Reads whom the Allow statements of a policy let in.
 *
 * @param own the account that the policy stands in, which is never outside.
 */
export function outsidePrincipals(
  policy: Policy,
  facts: DetectFacts,
  own: string | undefined,
): OutsidePrincipals {
  const outside = new Set<string>();
  const unknown = new Set<string>();
  let isPublic = false;
  for (const { effect, principal, notPrincipal, conditions } of policy.statements) {
    if (effect !== "Allow") continue;
    const isNarrow = conditions.some(narrows);
    if (notPrincipal !== undefined && !isNarrow) isPublic = true;
    const named =
      principal?.byType
        .filter(({ type }) => type.value === "AWS")
        .flatMap(({ values }) => values.values.map(({ value }) => value)) ?? [];
    if ((principal?.any === true || named.includes("*")) && !isNarrow) isPublic = true;
    for (const one of named) {
      const account = /^\d{12}$/.test(one) ? one : arnAccount(one);
      if (account === undefined || account === own) continue;
      const standing = facts.standingOf(account);
      if (standing === "outside") outside.add(account);
      if (standing === undefined) unknown.add(account);
    }
  }
  return { isPublic, outside: [...outside].sort(), unknown: [...unknown].sort() };
}
