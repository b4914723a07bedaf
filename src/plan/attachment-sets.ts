import type { Planning } from "./planning.ts";
import type { PolicyNodes } from "./policies.ts";
import { type PolicyTypes, policyAtBirth } from "./steps/plan-policy-types.ts";
import type { TargetNode } from "./tree.ts";
import { targetKey } from "./tree.ts";

/** The policies of one type at one target: as they are when changes to it begin, and in the end. */
export interface AttachmentSet {
  readonly node: TargetNode;
  readonly type: string;
  /** Keys of policies; for a target that is yet to be made, what AWS attaches at its birth. */
  readonly start: ReadonlySet<string>;
  readonly final: Set<string>;
}

/** The attachments of an organization as it will be. */
export interface AttachmentSets {
  /** Those of a target and type, made when asked for the first time. */
  at(node: TargetNode, type: string): AttachmentSet;
  /** Those that were asked for, in that order. */
  asked(): readonly AttachmentSet[];
  /** Keys of the policies of one type that a target will have. */
  finallyOf(node: TargetNode, type: string): ReadonlySet<string>;
  /** Keys of all policies that a target will have, of every type. */
  finally(node: TargetNode): ReadonlySet<string>;
}

/** Makes the sets of attachments, each starting as AWS has it. */
export function attachmentSets(
  planning: Planning,
  policies: PolicyNodes,
  types: PolicyTypes,
): AttachmentSets {
  const { live } = planning;
  const sets = new Map<string, AttachmentSet>();
  const typeNames = [...new Set(policies.all.map(({ type }) => type))];
  const keyOf = (node: TargetNode, type: string): string => `${targetKey(node)}\0${type}`;
  const born = (type: string): string[] => {
    const id = policyAtBirth(type);
    return id !== undefined && types.isEnabled(type) && policies.byKey.has(id) ? [id] : [];
  };
  const carried = (node: TargetNode, type: string): Set<string> => {
    const liveId = liveIdOf(node);
    if (liveId === undefined) return new Set(born(type));
    const there = live.attached.get(liveId)?.get(type) ?? [];
    return new Set([...there, ...(types.enabling.has(type) ? born(type) : [])]);
  };
  const finallyOf = (node: TargetNode, type: string): ReadonlySet<string> =>
    types.isEnabled(type)
      ? (sets.get(keyOf(node, type))?.final ?? carried(node, type))
      : new Set<string>();
  return {
    finallyOf,
    at: (node, type) => {
      const key = keyOf(node, type);
      const present = sets.get(key);
      if (present !== undefined) return present;
      const final = carried(node, type);
      const start = node.id === undefined ? new Set(born(type)) : new Set(final);
      const made: AttachmentSet = { node, type, start, final };
      sets.set(key, made);
      return made;
    },
    asked: () => [...sets.values()],
    finally: (node) => {
      const keys = new Set<string>();
      for (const type of typeNames) {
        for (const key of finallyOf(node, type)) keys.add(key);
      }
      return keys;
    },
  };
}

/** The id in AWS of what a target is, or of what it replaces. */
export function liveIdOf(node: TargetNode): string | undefined {
  return node.id ?? node.live?.id;
}
