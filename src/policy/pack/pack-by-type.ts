import type { Policy } from "../types.ts";
import { type Packing, packPolicies } from "./pack.ts";

/** The types whose policies can share documents. */
export const packedTypes = ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"] as const;

/** A type whose policies can share documents. */
export type PackedType = (typeof packedTypes)[number];

/** What a packing of several types may use. */
export interface PackByTypeLimits {
  /** Characters of one document of a type. */
  readonly characters: (type: PackedType) => number;
  /** All known actions, over which a packing is proven. */
  readonly actions: readonly string[];
}

/** Policies packed, each type by itself. */
export interface PackedByType {
  readonly packed: readonly { readonly type: PackedType; readonly packing: Packing }[];
  readonly refused: readonly { readonly type: PackedType; readonly why: string }[];
  /** Policies of types that cannot be packed: inheritance merges them. */
  readonly leftAlone: readonly Policy[];
}

/** Packs service and resource control policies, each type by itself. */
export function packByType(policies: readonly Policy[], limits: PackByTypeLimits): PackedByType {
  const packed: { type: PackedType; packing: Packing }[] = [];
  const refused: { type: PackedType; why: string }[] = [];
  for (const type of packedTypes) {
    const own = policies.filter((policy) => policy.type === type);
    if (own.length === 0) continue;
    const { actions } = limits;
    const packing = packPolicies(own, { characters: limits.characters(type), actions });
    if ("refused" in packing) refused.push({ type, why: packing.refused });
    else packed.push({ type, packing });
  }
  const leftAlone = policies.filter(({ type }) => !packedTypes.some((one) => one === type));
  return { packed, refused, leftAlone };
}
