import type { Desired, DesiredDetection } from "../core/desired.ts";
import type { AccountId } from "../core/identifiers.ts";
import type { OrganizationState, PolicyState, Snapshot } from "../core/snapshot.ts";
import { iamActions } from "../data/iam-actions.gen.ts";
import { compileGlob, globMatches } from "../policy/glob.ts";
import { knownActions } from "../policy/known-actions.ts";
import { allowedAdministrators } from "./facts/administrators.ts";
import { type OrganizationNames, organizationNames } from "./facts/names.ts";
import type { Caller } from "./principal.ts";
import { principalPatterns } from "./principal-patterns.ts";
import { list, member, text } from "./read-event.ts";

/** What an account is to the organization. */
export type Standing = "management" | "member" | "trusted" | "outside";

/**
 * What rules know of the organization. A fact that nobody gave is `undefined`, never a guess: a rule
 * that needs it names it in its finding.
 */
export interface DetectFacts extends OrganizationNames {
  /** As it was read; absent without a snapshot. */
  readonly organization?: OrganizationState;
  /** When the organization was read, in milliseconds since the epoch. */
  readonly readAtMs?: number;
  readonly managementAccountId: AccountId | undefined;
  readonly organizationId: string | undefined;
  standingOf(account: string): Standing | undefined;
  /** A policy by its id, as it was read. */
  policy(id: string): PolicyState | undefined;
  /** The document that the configuration wants of a policy. */
  wantedContent(id: string): string | undefined;
  isProtectedPolicy(id: string): boolean | undefined;
  isLogBucket(name: string): boolean | undefined;
  readonly logRetentionDays: number | undefined;
  /** @param key ARN, alias or id of a KMS key. */
  isLogKey(key: string): boolean | undefined;
  isDeployRole(caller: Caller): boolean | undefined;
  isRootAccessRole(caller: Caller): boolean | undefined;
  isApprovedRegion(region: string): boolean | undefined;
  isAllowedAdministrator(account: string, servicePrincipal: string): boolean | undefined;
  /** @param thing name or ARN of an event rule, queue, topic, function or log group. */
  isOnAlertPath(thing: string): boolean | undefined;
  /** Every action of AWS that is known, for comparing policies. */
  knownActions(): readonly string[];
}

/** What facts are made of. Everything may be absent. */
export interface FactSources {
  readonly desired?: Desired;
  readonly snapshot?: Snapshot;
}

/** Collects what rules may know from the configuration and the snapshot. */
export function detectFacts({ desired, snapshot }: FactSources): DetectFacts {
  const organization = snapshot?.organization;
  const detection = desired?.detection;
  const policies = new Map(organization?.policies?.map((policy) => [policy.id, policy]));
  const managementAccountId =
    organization?.managementAccountId ?? desired?.organization.managementAccountId;
  const administrators = allowedAdministrators(desired, organization);
  let actions: readonly string[] | undefined;
  return {
    ...organizationNames(desired, organization),
    ...(organization === undefined ? {} : { organization }),
    ...(snapshot === undefined ? {} : { readAtMs: Date.parse(snapshot.takenAt) }),
    managementAccountId,
    organizationId: organization?.id ?? desired?.organization.id,
    standingOf: standings(desired, organization, managementAccountId),
    policy: (id) => policies.get(id),
    wantedContent: (id) => {
      const policy = policies.get(id);
      const wanted = desired?.policies.find(
        (one) => one.id === id || (one.name === policy?.name && one.type === policy.type),
      );
      return wanted?.content;
    },
    isProtectedPolicy: protectedPolicy(desired, detection, policies),
    isLogBucket: either(listed(detection?.logBuckets), listed(used(snapshot, "S3BucketName"))),
    logRetentionDays: detection?.logRetentionDays,
    isLogKey: either(logKeys(detection?.logKeys), logKeys(used(snapshot, "KmsKeyId"))),
    isDeployRole: roles(detection?.deployRoles),
    isRootAccessRole: roles(detection?.rootAccessRoles),
    isApprovedRegion: (region) => {
      const governed = desired?.organization.governedRegions ?? [];
      return governed.length === 0 ? undefined : governed.includes(region);
    },
    isAllowedAdministrator: administrators,
    isOnAlertPath: listed(detection?.alertPath),
    knownActions: () => {
      actions ??= knownActions(iamActions);
      return actions;
    },
  };
}

function standings(
  desired: Desired | undefined,
  organization: OrganizationState | undefined,
  management: AccountId | undefined,
): DetectFacts["standingOf"] {
  const members = new Set(organization?.accounts.map(({ id }) => id));
  for (const { id } of desired?.accounts ?? []) if (id !== undefined) members.add(id);
  const trusted = new Set(desired?.detection?.trustedAccounts);
  return (account) => {
    if (account === management) return "management";
    if (members.has(account)) return "member";
    if (trusted.has(account)) return "trusted";
    // Only a list that is whole says that an account is not on it.
    return organization === undefined ? undefined : "outside";
  };
}

function protectedPolicy(
  desired: Desired | undefined,
  detection: DesiredDetection | undefined,
  policies: ReadonlyMap<string, PolicyState>,
): DetectFacts["isProtectedPolicy"] {
  const named = detection?.protectedPolicies;
  return (id) => {
    const policy = policies.get(id);
    if (named !== undefined) {
      if (named.includes(id)) return true;
      if (policy !== undefined) return named.includes(policy.name);
      // Without its name, nobody knows whether the id is one of those that are listed by name.
      return named.every((one) => one.startsWith("p-")) ? false : undefined;
    }
    if (desired === undefined) return undefined;
    const wanted = desired.policies.filter((one) => !one.remove && one.content !== undefined);
    if (wanted.some((one) => one.id === id)) return true;
    if (policy === undefined) return wanted.length === 0 ? false : undefined;
    return wanted.some(({ name, type }) => name === policy.name && type === policy.type);
  };
}

/** What the trails of the snapshot use, by a member of their settings; none without trails. */
function used(snapshot: Snapshot | undefined, name: string): readonly string[] {
  return list(member(snapshot?.services?.cloudtrail, "trails")).flatMap(
    (trail) => text(member(trail, "settings", name)) ?? [],
  );
}

/** What the configuration answers, but for things of the snapshot's trails, which are known as well. */
function either(
  configured: (name: string) => boolean | undefined,
  isOfTrails: (name: string) => boolean | undefined,
): (name: string) => boolean | undefined {
  return (name) => isOfTrails(name) === true || configured(name);
}

/** Tests names against a list with wildcards; either may be ARNs where the other has names. */
function listed(patterns: readonly string[] | undefined): (name: string) => boolean | undefined {
  if (patterns === undefined) return () => undefined;
  const globs = patterns.map((one) => compileGlob(one));
  const nameGlobs = patterns.map((one) => compileGlob(nameOf(one)));
  return (name) => {
    const isArn = name.startsWith("arn:");
    // Two ARNs are compared whole: the same name in another account is another thing.
    const byName = isArn ? globs : nameGlobs;
    return (
      globs.some((glob) => globMatches(glob, name)) ||
      byName.some((glob) => globMatches(glob, nameOf(name)))
    );
  };
}

/** The name of the thing that an ARN names; what is no ARN is a name. */
function nameOf(thing: string): string {
  if (!thing.startsWith("arn:")) return thing;
  const resource = thing.split(":").slice(5).join(":");
  const [, kind, rest = ""] = /^(log-group|function)[:/](.+)$/s.exec(resource) ?? [];
  // Names of log groups hold slashes; what follows a function's name is its version.
  if (kind === "log-group") return rest.replace(/:\*$/, "");
  if (kind === "function") return rest.split(":")[0] ?? rest;
  return resource.split(/[:/]/).at(-1) ?? resource;
}

function logKeys(named: readonly string[] | undefined): DetectFacts["isLogKey"] {
  if (named === undefined) return () => undefined;
  const idOf = (key: string): string => key.split(":key/").at(-1) ?? key;
  const ids = new Set(named.map(idOf));
  return (key) => ids.has(idOf(key));
}

function roles(patterns: readonly string[] | undefined): (caller: Caller) => boolean | undefined {
  if (patterns === undefined) return () => undefined;
  const compiled = principalPatterns(patterns);
  return (caller) => compiled.matches(caller);
}
