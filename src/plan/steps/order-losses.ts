import { entry } from "../live.ts";
import type { Draft } from "../planning.ts";
import type { PolicyNode, PolicyNodes } from "../policies.ts";
import { isGuard } from "../policies.ts";
import type { TargetNode, UnitTree } from "../tree.ts";
import { chainOf, targetKey } from "../tree.ts";
import type { AccountNodes } from "./match-accounts.ts";
import type { Attachments } from "./plan-attachments.ts";

/** Changes that guard more, by the target and policy type that they work at. */
interface Gains {
  /** Attachments at a target. */
  at(target: string, type: string): readonly Draft[];
  /** Attachments anywhere below a target. */
  below(target: string, type: string): readonly Draft[];
}

/**
 * What guards an account less waits for all that will guard it in its stead, wherever that is
 * attached: should a change fail, what rests on it is not made, and so nobody is left without the
 * old guard and the new one. The order alone would not do: apply goes on after a failure.
 */
export function orderLosses(
  tree: UnitTree,
  accounts: AccountNodes,
  policies: PolicyNodes,
  attachments: Attachments,
): void {
  const { drafts, sets } = attachments;
  const nodes = new Map<string, TargetNode>([[targetKey(tree.root), tree.root]]);
  for (const node of tree.units) if (node.fate !== "remove") nodes.set(targetKey(node), node);
  for (const node of accounts.all) nodes.set(targetKey(node), node);
  const gains = gainsOf(nodes, policies, attachments, () => true);
  // What is attached after its own narrowing would wait in a circle with another's.
  const firstGains = gainsOf(nodes, policies, attachments, ({ rank }) => rank !== "attachNarrowed");

  const wait = (loss: Draft, node: TargetNode, type: string, from: Gains): void => {
    const chain = chainOf(node);
    for (const level of chain) {
      for (const gain of from.at(targetKey(level), type)) loss.prefers.add(gain);
      for (const key of sets.finallyOf(level, type)) {
        const policy = policies.byKey.get(key);
        if (policy !== undefined && widens(policy)) loss.prefers.add(policy.update);
      }
    }
    for (const gain of from.below(targetKey(node), type)) loss.prefers.add(gain);
  };

  for (const [target, byPolicy] of drafts.detaching) {
    const node = nodes.get(target);
    if (node === undefined) continue;
    for (const [key, change] of byPolicy) {
      const policy = policies.byKey.get(key);
      if (policy === undefined || change.rank === "detachEarly" || !guards(policy)) continue;
      wait(change, node, policy.type, gains);
    }
  }
  for (const policy of policies.all) {
    const { update, live, type } = policy;
    if (update?.rank !== "narrowPolicy") continue;
    for (const target of live?.targets ?? []) {
      const node = nodes.get(target);
      if (node !== undefined) wait(update, node, type, firstGains);
    }
  }
  for (const { move, parent } of accounts.all) {
    if (move?.risk !== "protection") continue;
    for (const type of new Set(policies.all.map((policy) => policy.type))) {
      for (const level of chainOf(parent)) {
        for (const gain of gains.at(targetKey(level), type)) move.prefers.add(gain);
      }
    }
  }
}

/** A policy that is to be rewritten and takes nothing away by it. */
function widens(policy: PolicyNode): policy is PolicyNode & { update: Draft } {
  return policy.update?.rank === "writePolicy" && policy.update.input.Content !== undefined;
}

function guards({ type, live, desired }: PolicyNode): boolean {
  return isGuard(type, live?.content ?? desired?.content);
}

function gainsOf(
  nodes: ReadonlyMap<string, TargetNode>,
  policies: PolicyNodes,
  { drafts }: Attachments,
  counts: (gain: Draft) => boolean,
): Gains {
  const at = new Map<string, Draft[]>();
  const below = new Map<string, Draft[]>();
  for (const [target, byPolicy] of drafts.attaching) {
    const node = nodes.get(target);
    for (const [key, change] of byPolicy) {
      const policy = policies.byKey.get(key);
      if (policy === undefined || !guards(policy) || !counts(change)) continue;
      const keyOf = (place: string): string => `${place}\0${policy.type}`;
      entry(at, keyOf(target), (): Draft[] => []).push(change);
      for (const level of node === undefined ? [] : chainOf(node).slice(1)) {
        entry(below, keyOf(targetKey(level)), (): Draft[] => []).push(change);
      }
    }
  }
  return {
    at: (target, type) => at.get(`${target}\0${type}`) ?? [],
    below: (target, type) => below.get(`${target}\0${type}`) ?? [],
  };
}
