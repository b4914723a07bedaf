import type { OrganizationState, PolicyState } from "../core/snapshot.ts";
import { awsManagedPolicies } from "../data/aws-managed-policies.ts";
import { compile, type Guardrails } from "../policy/compile.ts";
import { organizationPath } from "../policy/organization-levels.ts";
import { parsePolicy } from "../policy/parse.ts";
import type { Level, Policy } from "../policy/types.ts";
import { blindPolicy } from "./blind-policy.ts";

/** The types of policies whose changes are replayed. */
export const guardPolicyTypes = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"] as const;

/** A type of policies whose changes are replayed. */
export type GuardPolicyType = (typeof guardPolicyTypes)[number];

/** Policies ready to decide requests whose resource is known, and those whose is not. */
export interface Chain {
  readonly sharp: Guardrails;
  readonly blind: Guardrails;
  /** All policies of all levels. */
  readonly policies: readonly Policy[];
}

/** What binds an account before and after the change. */
export interface AccountChains {
  /** The same for accounts that the same policies bind. */
  readonly id: number;
  readonly before: Chain;
  readonly after: Chain;
  /** Only the policies that are new, and only those that go; `undefined` where there are none. */
  readonly added: Chain | undefined;
  readonly removed: Chain | undefined;
  /** Whether what the levels allow changes, beyond what allows everything. */
  readonly allowsChange: boolean;
  /** The policies by level; one that stays is the same object. */
  readonly policies: {
    readonly before: readonly (readonly Policy[])[];
    readonly after: readonly (readonly Policy[])[];
  };
}

/** The chains of an organization's accounts. */
export interface OrganizationChains {
  readonly type: GuardPolicyType;
  of(account: string): AccountChains | undefined;
  /** Every different one. */
  all(): readonly AccountChains[];
  /** Ids of member accounts where no policy of a level allows anything, so that all is denied. */
  withoutAllow(): { readonly before: readonly string[]; readonly after: readonly string[] };
  /** What was not read of the policies, as paths into the snapshot, sorted. */
  readonly unread: readonly string[];
  /** Whether the type is enabled, after the change; where not, the answer is as if it were. */
  readonly isEnabled: boolean;
}

interface NamedPolicy {
  /** The same for the same name and content. */
  readonly id: string;
  readonly content: string;
  readonly policy: Policy;
}

type Levels = readonly (readonly NamedPolicy[])[];

/** Makes what binds each account, before and after a change: every level with all its policies. */
export function organizationChains(
  before: OrganizationState,
  after: OrganizationState,
  type: GuardPolicyType,
): OrganizationChains {
  const unread = new Set<string>();
  const chains = new Map<string, Chain>();
  const made = new Map<string, AccountChains>();
  const byAccount = new Map<string, AccountChains | undefined>();
  const full = fullAccess(type);
  const parsed = new Map<string, NamedPolicy | undefined>();
  const read = (state: PolicyState): NamedPolicy | undefined => {
    const id = JSON.stringify([state.name, state.content]);
    if (!parsed.has(id)) parsed.set(id, namedPolicy(id, state));
    return parsed.get(id);
  };
  const was = levelsReader(before, type, read, unread);
  const becomes = after === before ? was : levelsReader(after, type, read, unread);

  const chain = (levels: Levels): Chain => {
    const signature = signatureOf(levels);
    const known = chains.get(signature);
    if (known !== undefined) return known;
    const fresh = compileChain(levels, type);
    chains.set(signature, fresh);
    return fresh;
  };
  const alone = (found: readonly NamedPolicy[]): Chain | undefined =>
    found.length === 0 ? undefined : chain([[full, ...found]]);

  const make = (account: string): AccountChains | undefined => {
    const held = was.of(account);
    // An account that is to be made has no calls; one that leaves has no policies any more.
    if (held === undefined) return undefined;
    const next = becomes.of(account) ?? [[full]];
    const old = was.isEnabled ? held : [[full]];
    const fresh = becomes.isEnabled ? next : next.map((one) => [full, ...one]);
    const signature = `${signatureOf(old)}>${signatureOf(fresh)}`;
    const known = made.get(signature);
    if (known !== undefined) return known;
    const answer: AccountChains = {
      id: made.size,
      before: chain(old),
      after: chain(fresh),
      added: alone(without(fresh.flat(), old.flat())),
      removed: alone(without(old.flat(), fresh.flat())),
      allowsChange: allowsOf(old) !== allowsOf(fresh),
      policies: { before: policiesOf(old), after: policiesOf(fresh) },
    };
    made.set(signature, answer);
    return answer;
  };

  const of = (account: string): AccountChains | undefined => {
    if (!byAccount.has(account)) byAccount.set(account, make(account));
    return byAccount.get(account);
  };
  return {
    type,
    of,
    all: () => {
      for (const { id } of before.accounts) of(id);
      return [...made.values()];
    },
    withoutAllow: () => {
      const barren = (side: "before" | "after"): readonly string[] =>
        before.accounts
          .map(({ id }) => id as string)
          .filter((id) => id !== before.managementAccountId)
          .filter((id) => of(id)?.policies[side].some((level) => !level.some(allowsAny)) === true);
      return { before: barren("before"), after: barren("after") };
    },
    unread: [...unread].sort(),
    isEnabled: becomes.isEnabled,
  };
}

/** Policies by levels for each account of an organization. */
function levelsReader(
  organization: OrganizationState,
  type: GuardPolicyType,
  read: (state: PolicyState) => NamedPolicy | undefined,
  unread: Set<string>,
): { readonly isEnabled: boolean; of(account: string): Levels | undefined } {
  const policies = readPolicies(organization, type, read, unread);
  return {
    isEnabled: organization.root.policyTypes.some(
      (one) => one.type === type && one.status === "ENABLED",
    ),
    of: (account) =>
      organizationPath(organization, account)?.map(({ id }) =>
        policies.filter(({ targets }) => targets.includes(id)).map(({ named }) => named),
      ),
  };
}

function readPolicies(
  organization: OrganizationState,
  type: GuardPolicyType,
  read: (state: PolicyState) => NamedPolicy | undefined,
  unread: Set<string>,
): readonly { readonly named: NamedPolicy; readonly targets: readonly string[] }[] {
  if (organization.policies === undefined) unread.add("policies");
  return (organization.policies ?? [])
    .filter((state) => state.type === type)
    .flatMap((state) => {
      const { id, targets } = state;
      if (targets === undefined) unread.add(`policies/${id}/targets`);
      if (targets === undefined || targets.length === 0) return [];
      const named = read(state);
      if (named === undefined) unread.add(`policies/${id}/content`);
      return named === undefined ? [] : [{ named, targets }];
    });
}

function namedPolicy(id: string, state: PolicyState): NamedPolicy | undefined {
  const policy = policyOf(state);
  return policy === undefined ? undefined : { id, content: state.content ?? "", policy };
}

/** A policy of the organization as it decides; `undefined` when its content cannot be had. */
export function policyOf({ name, content, type }: PolicyState): Policy | undefined {
  if (content === undefined) return undefined;
  if (type !== "SERVICE_CONTROL_POLICY" && type !== "RESOURCE_CONTROL_POLICY") return undefined;
  const { policy } = parsePolicy(content, { type });
  return policy === undefined ? undefined : { ...policy, name };
}

function fullAccess(type: GuardPolicyType): NamedPolicy {
  const found = awsManagedPolicies.policies.find((one) => one.type === type);
  if (found === undefined) throw new Error(`no ${type} of AWS's own is known`);
  const { policy } = parsePolicy(found.content, { type });
  if (policy === undefined) throw new Error("AWS's own policy cannot be understood");
  const { name, content } = found;
  return { id: JSON.stringify([name, content]), content, policy: { ...policy, name } };
}

function compileChain(levels: Levels, type: GuardPolicyType): Chain {
  let blind: Guardrails | undefined;
  const compiled = (change: (policy: Policy) => Policy): Guardrails => {
    // Levels go by their place: who is bound is known before, and accounts share what they have.
    const made = levels.map(
      (policies, index): Level => ({
        id: `level ${index}`,
        policies: policies.map(({ policy }) => change(policy)),
      }),
    );
    return compile(type === "SERVICE_CONTROL_POLICY" ? { scps: made } : { rcps: made });
  };
  return {
    sharp: compiled((policy) => policy),
    get blind() {
      blind ??= compiled(blindPolicy);
      return blind;
    },
    policies: policiesOf(levels).flat(),
  };
}

function policiesOf(levels: Levels): readonly (readonly Policy[])[] {
  return levels.map((one) => one.map(({ policy }) => policy));
}

function signatureOf(levels: Levels): string {
  return levels.map((one) => one.map(({ id }) => id).join(",")).join("/");
}

function without(
  policies: readonly NamedPolicy[],
  others: readonly NamedPolicy[],
): readonly NamedPolicy[] {
  const known = new Set(others.map(({ content }) => content));
  return policies.filter(({ content }) => !known.has(content));
}

/** What the levels that do not allow everything allow, as a text; their order does not matter. */
function allowsOf(levels: Levels): string {
  const partial = levels
    .filter((one) => !one.some(({ policy }) => policy.statements.some(allowsAll)))
    .map((one) =>
      one
        .filter(({ policy }) => policy.statements.some(({ effect }) => effect === "Allow"))
        .map(({ content }) => content)
        .sort(),
    );
  return JSON.stringify([...new Set(partial.map((one) => JSON.stringify(one)))].sort());
}

function allowsAny({ statements }: Policy): boolean {
  return statements.some(({ effect }) => effect === "Allow");
}

function allowsAll({
  effect,
  action,
  resource,
  conditions,
}: Policy["statements"][number]): boolean {
  const isAny = (list: { readonly values: readonly { readonly value: string }[] } | undefined) =>
    list?.values.some(({ value }) => value === "*") === true;
  return effect === "Allow" && conditions.length === 0 && isAny(action) && isAny(resource);
}
