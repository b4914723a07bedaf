import { entry } from "../live.ts";
import type { Draft, Planning } from "../planning.ts";
import type { PolicyNode, PolicyNodes } from "../policies.ts";
import { statementMeanings } from "../policy-content.ts";
import type { Attachments } from "../steps/plan-attachments.ts";
import type { PolicyTypes } from "../steps/plan-policy-types.ts";
import type { AccountNode, TargetNode } from "../tree.ts";
import { chainOf, targetKey } from "../tree.ts";

/** The policies of one type at one level of an account's chain. */
export interface ChainLevel {
  readonly id: string;
  readonly policies: readonly { readonly node: PolicyNode; readonly content: string | undefined }[];
}

/** What reaches an account by one policy type, root first, account last. */
export interface Chain {
  readonly levels: readonly ChainLevel[];
  /** Equal for chains that hold the same contents at the same levels. */
  readonly signature: string;
  /** Whether a content names an account, so that accounts of one chain can fare differently. */
  readonly namesAccounts: boolean;
}

/** Chains of accounts before and after a plan. */
export interface AccessChains {
  /** `undefined`: the type is not enabled, so nothing restricts. */
  before(account: AccountNode, type: string): Chain | undefined;
  after(account: AccountNode, type: string): Chain | undefined;
  /** The changes that make the difference between the two. */
  causes(account: AccountNode, type: string): readonly Draft[];
}

/** Prepares the chains; what accounts of one unit share is computed once. */
export function accessChains(
  planning: Planning,
  policies: PolicyNodes,
  types: PolicyTypes,
  { sets, drafts }: Attachments,
): AccessChains {
  const { live } = planning;
  const enabledNow = new Set(
    live.state.root.policyTypes
      .filter(({ status }) => status === "ENABLED")
      .map(({ type }) => type),
  );
  const sharedBefore = new Map<string, ChainLevel[]>();
  const sharedAfter = new Map<string, ChainLevel[]>();

  const levelBefore = (id: string, type: string): ChainLevel => ({
    id,
    policies: [...(live.attached.get(id)?.get(type) ?? [])].sort().flatMap((policyId) => {
      const node = policies.byKey.get(policyId);
      return node === undefined ? [] : [{ node, content: node.live?.content }];
    }),
  });
  const levelAfter = (target: TargetNode, type: string): ChainLevel => ({
    id: targetKey(target),
    policies: [...sets.finally(target)].sort().flatMap((key) => {
      const node = policies.byKey.get(key);
      if (node === undefined || node.type !== type) return [];
      const written = node.creation !== undefined || node.update !== undefined;
      return [{ node, content: written ? node.desired?.content : node.live?.content }];
    }),
  });
  const unitsBefore = (parentId: string, type: string): ChainLevel[] =>
    entry(sharedBefore, `${parentId}\0${type}`, () => {
      const levels: ChainLevel[] = [];
      for (let id: string | undefined = parentId; id !== undefined && levels.length < 10; ) {
        levels.unshift(levelBefore(id, type));
        id = live.unitById.get(id)?.parentId;
      }
      return levels;
    });
  const unitsAfter = (parent: TargetNode, type: string): ChainLevel[] =>
    entry(sharedAfter, `${targetKey(parent)}\0${type}`, () =>
      chainOf(parent)
        .reverse()
        .map((target) => levelAfter(target, type)),
    );
  return {
    before: (account, type) => {
      if (!enabledNow.has(type) || account.live === undefined) return undefined;
      const above = unitsBefore(account.live.parentId, type);
      return chain([...above, levelBefore(account.live.id, type)]);
    },
    after: (account, type) => {
      if (!types.isEnabled(type)) return undefined;
      return chain([...unitsAfter(account.parent, type), levelAfter(account, type)]);
    },
    causes: (account, type) => {
      const found = new Set<Draft>();
      if (account.move !== undefined && account.live !== undefined) found.add(account.move);
      for (const target of chainOf(account)) {
        const key = targetKey(target);
        // What is attached takes away by what it denies; what is detached, by what it allowed.
        for (const [changes, effect] of [
          [drafts.attaching.get(key), "Deny"],
          [drafts.detaching.get(key), "Allow"],
        ] as const) {
          for (const [policy, change] of changes ?? []) {
            const node = policies.byKey.get(policy);
            const content = node?.desired?.content ?? node?.live?.content;
            if (node?.type !== type || content === undefined) continue;
            if (statementMeanings(content, effect).size > 0) found.add(change);
          }
        }
        for (const key of sets.finally(target)) {
          const node = policies.byKey.get(key);
          if (node?.type === type && node.update !== undefined) found.add(node.update);
        }
      }
      const enabling = types.enabling.get(type);
      if (enabling !== undefined) found.add(enabling);
      return [...found];
    },
  };
}

function chain(levels: readonly ChainLevel[]): Chain {
  const contents = levels.map(({ policies }) => policies.map(({ content }) => content ?? "?"));
  return {
    levels,
    signature: JSON.stringify(contents),
    namesAccounts: contents.some((level) => level.some((content) => /\d{12}/.test(content))),
  };
}
