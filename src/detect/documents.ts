import { parsePolicy } from "../policy/parse.ts";
import { arnAccount } from "../policy/principal-facts.ts";
import type { Condition, Policy, PolicyType, Statement } from "../policy/types.ts";
import type { DetectFacts, Standing } from "./facts.ts";

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

/** Without one of these no document names every action: `"*"`, `"*:*"`, `"**"`, an escape, NotAction. */
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
      (has(action, /^\*+(:\*+)?$/) || notAction?.values.length === 0) &&
      (has(resource, /^\*+$/) || (resource === undefined && notResource === undefined)),
  );
}

/** Whom a resource or trust policy lets in from outside of the organization. */
export interface OutsidePrincipals {
  /** Anybody, without a condition that narrows it to an organization, account, network or principal. */
  readonly isPublic: boolean;
  /** Accounts and organizations that are neither one's own nor trusted, sorted. */
  readonly outside: readonly string[];
  /** Accounts and organizations of which nobody knows whose they are. */
  readonly unknown: readonly string[];
}

/**
 * Condition keys that narrow `"Principal": "*"` to callers that one knows.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status
 */
const narrowing =
  /^(aws:(PrincipalOrgID|PrincipalOrgPaths|PrincipalAccount|PrincipalArn|SourceArn|SourceAccount|SourceOrgID|SourceOrgPaths|SourceVpc|SourceVpce|SourceIp|userid)|s3:DataAccessPointAccount|s3:DataAccessPointArn)$/i;

/** Operators that hold for callers who are not among the values, or lack the key. */
const loose = /Not|IfExists$|^Null$|^ForAllValues:/i;

/** Whether a condition holds only for callers that somebody chose. */
function narrows({ operator, key, values }: Condition): boolean {
  return (
    narrowing.test(key.value) &&
    !loose.test(operator.value) &&
    !values.values.some(({ value }) => isOpen(key.value, value))
  );
}

/** Whether a value of such a key holds for callers whom nobody chose. */
function isOpen(key: string, value: string): boolean {
  if (/:SourceIp$/i.test(key)) return isWide(value);
  if (/Arn$/i.test(key)) return value === "*" || /[*?]/.test(value.split(":")[4] ?? "");
  return /^(o-|vpce?-)?[*?]/.test(value);
}

/**
 * Whether a range of addresses is so wide that Amazon S3 takes it for everybody. Two halves of all
 * addresses are all.
 */
function isWide(range: string): boolean {
  const [address = "", bits] = range.split("/");
  return bits !== undefined && Number(bits) < (address.includes(":") ? 32 : 8);
}

/** The account or organization that a value of such a key names, if it does. */
function namedBy(value: string): string | undefined {
  return /^\d{12}$/.test(value) ? value : (arnAccount(value) ?? /^o-[^/]+/.exec(value)?.[0]);
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
  const add = (one: string): void => {
    const standing = standingOf(one, facts);
    if (standing === "outside") outside.add(one);
    if (standing === undefined) unknown.add(one);
  };
  for (const { effect, principal, notPrincipal, conditions } of policy.statements) {
    if (effect !== "Allow") continue;
    const chosen = conditions
      .filter(narrows)
      .map(({ values }) =>
        values.values.flatMap(({ value }) => namedBy(value) ?? []).filter((one) => one !== own),
      );
    const isOpenTo = (all: boolean): void => {
      if (!all) return;
      if (chosen.length === 0) isPublic = true;
      // All conditions must hold: one that names nobody foreign is enough.
      const isForeign = (one: string): boolean =>
        !["management", "member", "trusted"].includes(standingOf(one, facts) ?? "");
      if (chosen.every((names) => names.some(isForeign)))
        for (const one of chosen[0] ?? []) add(one);
    };
    isOpenTo(notPrincipal !== undefined);
    const named =
      principal?.byType
        .filter(({ type }) => type.value === "AWS")
        .flatMap(({ values }) => values.values.map(({ value }) => value)) ?? [];
    isOpenTo(principal?.any === true || named.includes("*"));
    for (const one of named) {
      const account = /^\d{12}$/.test(one) ? one : arnAccount(one);
      if (account !== undefined && account !== own) add(account);
    }
  }
  return { isPublic, outside: [...outside].sort(), unknown: [...unknown].sort() };
}

/** What an account or organization is to one's own. */
function standingOf(id: string, facts: DetectFacts): Standing | undefined {
  if (!id.startsWith("o-")) return facts.standingOf(id);
  if (facts.organizationId === undefined) return undefined;
  return id === facts.organizationId ? "member" : "outside";
}
