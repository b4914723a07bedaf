import { entry } from "../live.ts";
import type { Draft, Planning } from "../planning.ts";
import type { PolicyNode, PolicyNodes } from "../policies.ts";
import { statementMeanings } from "../policy-content.ts";
import type { Attachments } from "../steps/plan-attachments.ts";
import type { PolicyTypes } from "../steps/plan-policy-types.ts";
import type { AccountNode, TargetNode, UnitNode } from "../tree.ts";
import { chainOf, targetKey } from "../tree.ts";
import { statementIndex } from "./statement-index.ts";

/** The policies of one type at one level of an account's chain. */
export interface ChainLevel {
  readonly id: string;
  readonly policies: readonly { readonly node: PolicyNode; readonly content: string | undefined }[];
}

/** What reaches an account by one policy type, root first, account last. */
export interface Chain {
  levels(): readonly ChainLevel[];
  /** Equal for chains that decide about essential access alike. */
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
  const factsOf = statementIndex();
  const parts = new Map<string, Part>();
  const part = (
    above: Part | undefined,
    id: string,
    keys: ReadonlySet<string>,
    contentOf: (node: PolicyNode) => string | undefined,
  ): Part => {
    const allows: number[] = [];
    const denies = new Set(above?.denies);
    let namesAccounts = above?.namesAccounts === true;
    for (const key of keys) {
      const node = policies.byKey.get(key);
      if (node === undefined) continue;
      const facts = factsOf(contentOf(node));
      allows.push(...facts.allows);
      for (const number of facts.denies) denies.add(number);
      namesAccounts ||= facts.namesAccounts;
    }
    // Every level must allow, wherever a denial stands it is final.
    const path = `${above?.path ?? ""}/${[...new Set(allows)].sort().join()}`;
    const added = denies.size !== (above?.denies.size ?? 0) || above === undefined;
    const denials = added ? [...denies].sort((x, y) => x - y).join() : above.denials;
    const levels = (): ChainLevel[] => {
      const members = [...keys].sort().flatMap((key) => {
        const node = policies.byKey.get(key);
        return node === undefined ? [] : [{ node, content: contentOf(node) }];
      });
      return [...(above?.levels() ?? []), { id, policies: members }];
    };
    return { levels, signature: `${path} ${denials}`, namesAccounts, path, denies, denials };
  };
  const now = (node: PolicyNode): string | undefined => node.live?.content;
  const then = (node: PolicyNode): string | undefined =>
    node.creation !== undefined || node.update !== undefined
      ? node.desired?.content
      : node.live?.content;
  const unitBefore = (id: string, type: string, depth = 0): Part =>
    entry(parts, `before ${type} ${id}`, () => {
      const parentId = live.unitById.get(id)?.parentId;
      const above =
        parentId === undefined || depth > 10 ? undefined : unitBefore(parentId, type, depth + 1);
      return part(above, id, live.attached.get(id)?.get(type) ?? none, now);
    });
  const unitAfter = (unit: UnitNode, type: string): Part =>
    entry(parts, `after ${type} ${targetKey(unit)}`, () => {
      const above = unit.parent === undefined ? undefined : unitAfter(unit.parent, type);
      return part(above, targetKey(unit), sets.finallyOf(unit, type), then);
    });
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
    before: ({ live: account }, type) => {
      if (!enabledNow.has(type) || account === undefined) return undefined;
      const own = live.attached.get(account.id)?.get(type) ?? none;
      return part(unitBefore(account.parentId, type), account.id, own, now);
    },
    after: (account, type) => {
      if (!types.isEnabled(type)) return undefined;
      const own = sets.finallyOf(account, type);
      return part(unitAfter(account.parent, type), targetKey(account), own, then);
    },
    causes: (account, type) => {
      const found = chainOf(account).flatMap((target) => causesAt(target, type));
      if (account.move !== undefined && account.live !== undefined) found.push(account.move);
      const enabling = types.enabling.get(type);
      return enabling === undefined ? found : [...found, enabling];
    },
  };
}

const none: ReadonlySet<string> = new Set();

/** A chain with what the chains below it are computed from. */
interface Part extends Chain {
  /** What each level allows. */
  readonly path: string;
  readonly denies: ReadonlySet<number>;
  readonly denials: string;
}
