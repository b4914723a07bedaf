import { liveIdOf } from "../attachment-sets.ts";
import { entry } from "../live.ts";
import type { Draft, Planning } from "../planning.ts";
import type { PolicyNodes } from "../policies.ts";
import { isGuard } from "../policies.ts";
import type { AccountNode, TargetNode, UnitTree } from "../tree.ts";
import { chainOf, targetKey } from "../tree.ts";
import type { AccountNodes } from "./match-accounts.ts";
import { orderLosses } from "./order-losses.ts";
import type { Attachments } from "./plan-attachments.ts";

/**
 * Orders attachments, moves and detachments so that no account is ever guarded by less than what
 * guards it both before and after: a policy is attached at the new place before it is detached at
 * the old one, and an account moves only in between.
 */
export function protectMoves(
  planning: Planning,
  tree: UnitTree,
  accounts: AccountNodes,
  policies: PolicyNodes,
  attachments: Attachments,
): void {
  orderByTree(tree, accounts, attachments);
  const cache: MoveCache = { finally: new Map(), before: new Map() };
  for (const node of accounts.all) {
    if (node.move !== undefined) {
      orderMove(planning, node, node.move, policies, attachments, cache);
    }
  }
  orderLosses(tree, accounts, policies, attachments);
}

interface MoveCache {
  /** Policy keys that reach what is in a unit, in the end. */
  readonly finally: Map<string, ReadonlySet<string>>;
  /** Policy ids that reach what is in a live unit, now. */
  readonly before: Map<string, ReadonlySet<string>>;
}

/** A policy that goes up or down the tree is attached at its new place first. */
function orderByTree(tree: UnitTree, accounts: AccountNodes, { drafts }: Attachments): void {
  if (drafts.detaching.size === 0) return;
  const nodes = new Map<string, TargetNode>([[targetKey(tree.root), tree.root]]);
  for (const node of tree.units) if (node.fate !== "remove") nodes.set(targetKey(node), node);
  for (const node of accounts.all) nodes.set(targetKey(node), node);
  // Attachments of a policy below a target, by policy and target.
  const below = new Map<string, Map<string, Draft[]>>();
  for (const [target, byPolicy] of drafts.attaching) {
    const node = nodes.get(target);
    if (node === undefined) continue;
    for (const [policy, attaching] of byPolicy) {
      const byTarget = entry(below, policy, () => new Map<string, Draft[]>());
      for (const above of chainOf(node).slice(1)) {
        entry(byTarget, targetKey(above), (): Draft[] => []).push(attaching);
      }
    }
  }
  for (const [target, byPolicy] of drafts.detaching) {
    const node = nodes.get(target);
    if (node === undefined) continue;
    const chain = chainOf(node).slice(1);
    for (const [policy, detaching] of byPolicy) {
      for (const above of chain) {
        const attaching = drafts.attaching.get(targetKey(above))?.get(policy);
        if (attaching !== undefined) detaching.prefers.add(attaching);
      }
      for (const attaching of below.get(policy)?.get(target) ?? []) {
        detaching.prefers.add(attaching);
      }
    }
  }
}

function orderMove(
  planning: Planning,
  node: AccountNode,
  move: Draft,
  policies: PolicyNodes,
  { sets, drafts }: Attachments,
  cache: MoveCache,
): void {
  const { live } = planning;
  const from = node.live?.parentId ?? live.rootId;
  const wasIn = liveChain(planning, from);
  const before = reachingBefore(planning, from, cache);
  const own = live.attached.get(node.id ?? "");
  const hadIt = (key: string): boolean =>
    before.has(key) || [...(own?.values() ?? [])].some((ids) => ids.has(key));
  for (const level of chainOf(node)) {
    const attaching = drafts.attaching.get(targetKey(level));
    if (attaching === undefined) continue;
    const common = level.id !== undefined && wasIn.includes(level.id);
    for (const [policy, change] of attaching) {
      if (!common || hadIt(policy)) move.prefers.add(change);
    }
  }
  const reaching = reachingInTheEnd(node.parent, sets, cache);
  const stays = new Set(chainOf(node.parent).map(({ id }) => id));
  for (const id of [...wasIn, ...(node.id === undefined ? [] : [node.id])]) {
    for (const [policy, change] of drafts.detaching.get(id) ?? []) {
      const has = reaching.has(policy) || sets.finally(node).has(policy);
      // Should the move fail, the account keeps what guards it where it still is.
      const leaves = !stays.has(id) && change.rank !== "detachEarly";
      if (has || leaves) change.prefers.add(move);
    }
  }
  const lost = [...before].some((id) => {
    const policy = policies.byKey.get(id);
    if (policy === undefined || reaching.has(id)) return false;
    return isGuard(policy.type, policy.live?.content) && !sets.finally(node).has(id);
  });
  if (lost) move.risk = "protection";
}

/** Ids from a unit up to the root, as they are now. */
function liveChain({ live }: Planning, unitId: string): string[] {
  const chain: string[] = [];
  for (let id: string | undefined = unitId; id !== undefined && !chain.includes(id); ) {
    chain.push(id);
    id = live.unitById.get(id)?.parentId;
  }
  return chain;
}

function reachingBefore(planning: Planning, unitId: string, cache: MoveCache): ReadonlySet<string> {
  return entry(cache.before, unitId, () => {
    const ids = new Set<string>();
    for (const level of liveChain(planning, unitId)) {
      for (const set of planning.live.attached.get(level)?.values() ?? []) {
        for (const id of set) ids.add(id);
      }
    }
    return ids;
  });
}

function reachingInTheEnd(
  parent: TargetNode,
  sets: Attachments["sets"],
  cache: MoveCache,
): ReadonlySet<string> {
  return entry(cache.finally, targetKey(parent), () => {
    const keys = new Set<string>();
    for (const level of chainOf(parent)) for (const key of sets.finally(level)) keys.add(key);
    return keys;
  });
}

/** Units are deleted after what was in them has gone, and policies after the units that have them. */
export function orderDeletions(tree: UnitTree, policies: PolicyNodes): void {
  for (const policy of policies.all) {
    const { deletion, live } = policy;
    if (deletion === undefined) continue;
    for (const id of live?.targets ?? []) {
      const unit = tree.byLiveId.get(id);
      if (unit?.deletion !== undefined && liveIdOf(unit) === id) deletion.needs.add(unit.deletion);
    }
  }
}
