import type { AccountId } from "../../core/identifiers.ts";
import type { AlternateContact, AlternateContactType, RegionState } from "../../core/snapshot.ts";

/** What was read of Account Management for its block. What is absent was not read. */
export interface AccountBlockState {
  readonly contacts: Readonly<
    Record<AccountId, Readonly<Partial<Record<AlternateContactType, AlternateContact | null>>>>
  >;
  readonly regions: Readonly<Record<AccountId, readonly RegionState[]>>;
}

/** The contacts that a block names, by the API's words. */
export function contactsOfBlock(block: {
  readonly alternateContacts?:
    | {
        readonly billing?: AlternateContact | undefined;
        readonly operations?: AlternateContact | undefined;
        readonly security?: AlternateContact | undefined;
      }
    | undefined;
}): readonly (readonly [AlternateContactType, AlternateContact])[] {
  const { billing, operations, security } = block.alternateContacts ?? {};
  const all = [
    ["BILLING", billing],
    ["OPERATIONS", operations],
    ["SECURITY", security],
  ] as const;
  return all.flatMap(([type, contact]) => (contact === undefined ? [] : [[type, contact]]));
}
