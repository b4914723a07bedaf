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
  levels(): readonly ChainLevel[];
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
  const parts = new Map<string, Chain>();
  const contents = new Map<
    string | undefined,
    { readonly index: number; readonly names: boolean }
  >();
  const factsOf = (content: string | undefined): { index: number; names: boolean } =>
    entry(contents, content, () => ({
      index: contents.size,
      names: content !== undefined && /\d{12}/.test(content),
    }));

  const part = (
    key: string,
    above: Chain | undefined,
    id: string,
    keys: Iterable<string>,
    contentOf: (node: PolicyNode) => string | undefined,
  ): Chain =>
    entry(parts, key, () => {
      const members = [...keys].sort().flatMap((policyKey) => {
        const node = policies.byKey.get(policyKey);
        return node === undefined ? [] : [{ node, content: contentOf(node) }];
      });
      let signature = above === undefined ? "" : `${above.signature}/`;
      let namesAccounts = above?.namesAccounts === true;
      for (const { content } of members) {
        const { index, names } = factsOf(content);
        signature += `${index},`;
        namesAccounts ||= names;
      }
      const levels = (): ChainLevel[] => [...(above?.levels() ?? []), { id, policies: members }];
      return { levels, signature, namesAccounts };
    });
  const now = (node: PolicyNode): string | undefined => node.live?.content;
  const then = (node: PolicyNode): string | undefined =>
    node.creation !== undefined || node.update !== undefined
      ? node.desired?.content
      : node.live?.content;
  const before = (id: string, type: string, depth = 0): Chain => {
    const key = `before\0${type}\0${id}`;
    const known = parts.get(key);
    if (known !== undefined) return known;
    const parentId = live.accountById.get(id)?.parentId ?? live.unitById.get(id)?.parentId;
    const above =
      parentId === undefined || depth > 10 ? undefined : before(parentId, type, depth + 1);
    return part(key, above, id, live.attached.get(id)?.get(type) ?? [], now);
  };
  const after = (target: TargetNode, type: string): Chain => {
    const key = `after\0${type}\0${targetKey(target)}`;
    const known = parts.get(key);
    if (known !== undefined) return known;
    const above = target.parent === undefined ? undefined : after(target.parent, type);
    return part(key, above, targetKey(target), sets.finallyOf(target, type), then);
  };
  const causesOf = new Map<string, Draft[]>();
  const causesAt = (target: TargetNode, type: string): Draft[] =>
    entry(causesOf, `${type}\0${targetKey(target)}`, () => {
      const found: Draft[] = [];
      // What is attached takes away by what it denies; what is detached, by what it allowed.
      for (const [changes, effect] of [
        [drafts.attaching.get(targetKey(target)), "Deny"],
        [drafts.detaching.get(targetKey(target)), "Allow"],
      ] as const) {
        for (const [policy, change] of changes ?? []) {
          const node = policies.byKey.get(policy);
          const content = node?.desired?.content ?? node?.live?.content;
          if (node?.type !== type || content === undefined) continue;
          if (statementMeanings(content, effect).size > 0) found.push(change);
        }
      }
      for (const key of sets.finallyOf(target, type)) {
        const update = policies.byKey.get(key)?.update;
        if (update !== undefined) found.push(update);
      }
      return found;
    });
  return {
    before: (account, type) =>
      enabledNow.has(type) && account.live !== undefined
        ? before(account.live.id, type)
        : undefined,
    after: (account, type) => (types.isEnabled(type) ? after(account, type) : undefined),
    causes: (account, type) => {
      const found = chainOf(account).flatMap((target) => causesAt(target, type));
      if (account.move !== undefined && account.live !== undefined) found.push(account.move);
      const enabling = types.enabling.get(type);
      return enabling === undefined ? found : [...found, enabling];
    },
  };
}
