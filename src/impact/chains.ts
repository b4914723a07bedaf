import type { OrganizationState, PolicyState } from "../core/snapshot.ts";
import { awsManagedPolicies } from "../data/aws-managed-policies.ts";
import { compile, type Guardrails } from "../policy/compile.ts";
import { organizationPath } from "../policy/organization-levels.ts";
import { parsePolicy } from "../policy/parse.ts";
import type { Level, Policy } from "../policy/types.ts";
import { blindPolicy } from "./blind-policy.ts";

/** A change of which service control policies are attached where. */
export interface PolicyChange {
  readonly kind: "attach" | "detach";
  /** Id of the root, an organizational unit or an account. */
  readonly target: string;
  /** The policy's id; one that is not in the organization is the candidate's own. */
  readonly policyId: string;
  readonly policy: Policy;
}

/** Policies ready to decide requests whose resource is known, and those whose is not. */
export interface Chain {
  readonly sharp: Guardrails;
  readonly blind: Guardrails;
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
  /** Whether a policy that allows less than everything comes or goes. */
  readonly allowsChange: boolean;
}

/** The chains of an organization's accounts. */
export interface OrganizationChains {
  of(account: string): AccountChains | undefined;
  /** What was not read of the policies, as paths into the snapshot, sorted. */
  readonly unread: readonly string[];
  /** Whether service control policies are enabled; where not, the answer is as if they were. */
  readonly isEnabled: boolean;
}

const scp = "SERVICE_CONTROL_POLICY";

interface NamedPolicy {
  readonly id: string;
  readonly policy: Policy;
}

/** Makes what binds each account, before and after changes: every level with all its policies. */
export function organizationChains(
  organization: OrganizationState,
  changes: readonly PolicyChange[],
): OrganizationChains {
  const unread = new Set<string>();
  const policies = readPolicies(organization, unread);
  const isEnabled = organization.root.policyTypes.some(
    ({ type, status }) => type === scp && status === "ENABLED",
  );
  const chains = new Map<string, Chain>();
  const made = new Map<string, AccountChains>();
  const byAccount = new Map<string, AccountChains | undefined>();
  const full = fullAccess();

  const chain = (levels: readonly (readonly NamedPolicy[])[]): Chain => {
    const signature = signatureOf(levels);
    const known = chains.get(signature);
    if (known !== undefined) return known;
    const fresh = compileChain(levels.map((one, index) => level(one, index)));
    chains.set(signature, fresh);
    return fresh;
  };
  const alone = (found: readonly NamedPolicy[]): Chain | undefined =>
    found.length === 0 ? undefined : chain([[full, ...found]]);

  const make = (account: string): AccountChains | undefined => {
    const path = organizationPath(organization, account);
    if (path === undefined) return undefined;
    const attached = path.map(({ id }) =>
      policies.filter(({ targets }) => targets.includes(id)).map(({ named }) => named),
    );
    const next = path.map(({ id }, index) => changed(attached[index] ?? [], id, changes));
    const on = path.flatMap(({ id }) => changes.filter(({ target }) => target === id));
    const of = (kind: PolicyChange["kind"]): NamedPolicy[] =>
      on
        .filter((change) => change.kind === kind)
        .map(({ policyId, policy }) => ({ id: policyId, policy }));
    const before = isEnabled ? attached : attached.map(() => [full]);
    const after = isEnabled ? next : next.map((one) => [full, ...one]);
    const signature = `${signatureOf(before)}>${signatureOf(after)}`;
    const held = made.get(signature);
    if (held !== undefined) return held;
    const fresh: AccountChains = {
      id: made.size,
      before: chain(before),
      after: chain(after),
      added: alone(of("attach")),
      removed: alone(of("detach")),
      allowsChange: on.some(({ policy }) => policy.statements.some(allowsPart)),
    };
    made.set(signature, fresh);
    return fresh;
  };

  return {
    of: (account) => {
      if (!byAccount.has(account)) byAccount.set(account, make(account));
      return byAccount.get(account);
    },
    unread: [...unread].sort(),
    isEnabled,
  };
}

function changed(
  attached: readonly NamedPolicy[],
  place: string,
  changes: readonly PolicyChange[],
): readonly NamedPolicy[] {
  const here = changes.filter(({ target }) => target === place);
  if (here.length === 0) return attached;
  const gone = new Set(
    here.filter(({ kind }) => kind === "detach").map(({ policyId }) => policyId),
  );
  const added = here
    .filter(({ kind }) => kind === "attach")
    .map(({ policyId, policy }) => ({ id: policyId, policy }));
  return [...attached.filter(({ id }) => !gone.has(id)), ...added];
}

function readPolicies(
  organization: OrganizationState,
  unread: Set<string>,
): readonly { readonly named: NamedPolicy; readonly targets: readonly string[] }[] {
  if (organization.policies === undefined) unread.add("policies");
  return (organization.policies ?? [])
    .filter(({ type }) => type === scp)
    .flatMap((state) => {
      const { id, targets } = state;
      if (targets === undefined) unread.add(`policies/${id}/targets`);
      if (targets === undefined || targets.length === 0) return [];
      const policy = policyOf(state);
      if (policy === undefined) unread.add(`policies/${id}/content`);
      return policy === undefined ? [] : [{ named: { id, policy }, targets }];
    });
}

/** A policy of the organization as it decides; `undefined` when its content cannot be had. */
export function policyOf({ name, content }: PolicyState): Policy | undefined {
  if (content === undefined) return undefined;
  const { policy } = parsePolicy(content, { type: scp });
  return policy === undefined ? undefined : { ...policy, name };
}

function fullAccess(): NamedPolicy {
  const found = awsManagedPolicies.policies.find(({ type }) => type === scp);
  if (found === undefined) throw new Error("no service control policy of AWS's own is known");
  const { policy } = parsePolicy(found.content, { type: scp });
  if (policy === undefined) throw new Error("AWS's own policy cannot be understood");
  return { id: found.id, policy: { ...policy, name: found.name } };
}

/** Levels go by their place: who is bound is known before, and accounts share what they have. */
function level(policies: readonly NamedPolicy[], index: number): Level {
  return { id: `level ${index}`, policies: policies.map(({ policy }) => policy) };
}

function compileChain(levels: readonly Level[]): Chain {
  let blind: Guardrails | undefined;
  return {
    sharp: compile({ scps: levels }),
    get blind() {
      blind ??= compile({
        scps: levels.map(({ id, policies }) => ({ id, policies: policies.map(blindPolicy) })),
      });
      return blind;
    },
  };
}

function signatureOf(levels: readonly (readonly NamedPolicy[])[]): string {
  return levels.map((one) => one.map(({ id }) => id).join(",")).join("/");
}

function allowsPart(statement: Policy["statements"][number]): boolean {
  if (statement.effect !== "Allow") return false;
  const isAny = (values: readonly { readonly value: string }[] | undefined): boolean =>
    values?.some(({ value }) => value === "*") === true;
  return (
    statement.conditions.length > 0 ||
    !isAny(statement.action?.values) ||
    !isAny(statement.resource?.values)
  );
}
