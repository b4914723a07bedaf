import type { Json } from "../core/json.ts";
import { type Address, type Change, isRef, type Plan } from "../core/plan.ts";
import type { OrganizationState, Snapshot } from "../core/snapshot.ts";
import { type GuardPolicyType, guardPolicyTypes } from "../impact/chains.ts";
import { createImpact, type Impact } from "../impact/impact.ts";
import type { ImpactReport } from "../impact/report.ts";
import { simulate } from "../plan/simulate.ts";
import type { IamFacts } from "../policy/iam-facts.ts";

/** Changes of a plan that are one to people, and what they alone would do to calls. */
export interface PlannedImpact {
  /** The first of the addresses, by which the plan shows it. */
  readonly address: Address;
  /** All changes of a policy with its attachments, or the move of an account. */
  readonly addresses: readonly Address[];
  readonly type: GuardPolicyType;
  readonly report: ImpactReport;
}

/** What a plan would do to calls. */
export interface PlanImpact {
  readonly changes: readonly PlannedImpact[];
  /** All changes together, by type of policies. */
  readonly whole: readonly ImpactReport[];
}

/** Replays calls through the changes of a plan. */
export interface PlanReplay {
  /** Give all calls to each; empty when the plan changes no policies that bind calls. */
  readonly sinks: readonly Impact[];
  report(): PlanImpact;
}

/**
 * Makes the replay of a plan: each policy with its attachments, each account that moves and each type
 * of policies alone, on the organization as the snapshot has it, and all together. What AWS would
 * refuse is not done; changes are made with what they refer to.
 */
export function replayPlan(snapshot: Snapshot, plan: Plan, facts: IamFacts): PlanReplay {
  const { organization } = snapshot;
  const after = (changes: readonly Change[]): OrganizationState =>
    simulate(snapshot, { ...plan, changes }).snapshot.organization;
  const make = (type: GuardPolicyType, next: OrganizationState): Impact =>
    createImpact({ organization, after: next, type, facts });
  const isUsed = (type: GuardPolicyType, next: OrganizationState): boolean =>
    [organization, next].some(({ root }) =>
      root.policyTypes.some((one) => one.type === type && one.status === "ENABLED"),
    );

  const parts = groupsOf(plan.changes).flatMap(({ addresses, changes, types }) => {
    const next = after(withReferences(changes, plan.changes));
    const [address = ""] = addresses;
    return types
      .filter((type) => isUsed(type, next))
      .map((type) => ({ address, addresses, type, sink: make(type, next) }));
  });
  const next = after(plan.changes);
  const whole = guardPolicyTypes
    .filter((type) => parts.some((part) => part.type === type))
    .map((type) => make(type, next));
  return {
    sinks: [...parts.map(({ sink }) => sink), ...whole],
    report: () => ({
      changes: parts.map(({ sink, ...part }) => ({ ...part, report: sink.report() })),
      whole: whole.map((sink) => sink.report()),
    }),
  };
}

interface Group {
  readonly types: readonly GuardPolicyType[];
  readonly addresses: Address[];
  readonly changes: Change[];
}

/** Changes by the policy that they are about, or the account that moves, in the plan's order. */
function groupsOf(changes: readonly Change[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const change of changes) {
    const { address } = change;
    const [id, ...types] = subjectOf(change);
    if (id === undefined || types.length === 0) continue;
    const group = groups.get(id) ?? { types, addresses: [], changes: [] };
    groups.set(id, group);
    if (!group.addresses.includes(address)) group.addresses.push(address);
    group.changes.push(change);
  }
  return [...groups.values()];
}

/** What a change is about, and the types of policies that it concerns. */
function subjectOf({
  address,
  operation,
}: Change): readonly [string, ...GuardPolicyType[]] | readonly [] {
  if (operation === "MoveAccount") return [address, ...guardPolicyTypes];
  const found = /^(?:policy|attachment|policyType):([A-Z_]+)(\/.*)?$/s.exec(address);
  const type = guardPolicyTypes.find((one) => one === found?.[1]);
  if (type === undefined) return [];
  const name = (found?.[2] ?? "").replace(/@.*$/s, address.startsWith("attachment:") ? "" : "$&");
  return [`${type}${name}`, type];
}

/** Changes with those that make what they refer to. */
function withReferences(changes: readonly Change[], all: readonly Change[]): readonly Change[] {
  const wanted = new Set<Change>();
  const add = (change: Change): void => {
    if (wanted.has(change)) return;
    wanted.add(change);
    for (const address of referencesOf(change.input)) {
      for (const other of all) {
        if (other.address === address && other.action === "create") add(other);
      }
    }
  };
  for (const change of changes) add(change);
  return all.filter((change) => wanted.has(change));
}

function referencesOf(value: Json): readonly Address[] {
  if (isRef(value)) return [value.$ref];
  if (Array.isArray(value)) return value.flatMap((item: Json) => referencesOf(item));
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap((item) =>
    item === undefined ? [] : referencesOf(item as Json),
  );
}
