import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { InspectorScanType } from "../../../data/inspector2-facts.ts";
import type { Slot, World } from "../../../sandbox/world.ts";

/** Inspector's service principal. */
export const inspectorPrincipal = "inspector2.amazonaws.com";

/** Names of scan types. */
export type ScanName = InspectorScanType["name"];

/** A scan type that is on, or on its way to be on or off. */
export interface ScanRecord {
  readonly on: boolean;
  /** When it is so. */
  readonly at: number;
}

/** Scan types of an account; one that is absent was never on. Shared values, replaced on change. */
export type Scans = Readonly<Partial<Record<ScanName, ScanRecord>>>;

/** A member as its administrator knows it. */
export interface MemberRecord {
  readonly account: AccountId;
  relationship: "CREATED" | "ENABLED" | "REMOVED";
  updatedAt: number;
  /** When the association is done. */
  enabledAt?: number;
}

/** How an account scans. */
export interface Configuration {
  readonly ecr?: Readonly<Record<string, string>>;
  readonly ec2?: { readonly scanMode: string; readonly activateVMScanner?: boolean };
}

/** Inspector of an account in a Region; what is not used is not there. */
export interface RegionState {
  scans?: Scans;
  /** A member's administrator. */
  administrator?: AccountId;
  /** An administrator's members. */
  members?: Map<AccountId, MemberRecord>;
  /** A delegated administrator's configuration. */
  organization?: {
    autoEnable: Readonly<Partial<Record<ScanName, boolean>>>;
    readonly since: number;
    /** How many changes of the organization it has seen. */
    seen: number;
  };
  configuration?: Configuration;
  deepInspection?: { readonly active: boolean; readonly paths: readonly string[] };
  organizationPaths?: readonly string[];
}

const slot: Slot<RegionState> = { name: "inspector2", scope: "region", init: () => ({}) };

/** Inspector of an account in a Region. */
export function regionState(world: World, account: AccountId, region: RegionName): RegionState {
  return world.state(slot, account, region);
}

/** Administrators of organizations. */
export interface AdministratorsState {
  /** By organization and Region. */
  readonly byRegion: Map<string, AccountId>;
  membershipVersion: number;
  changes: number;
  changedAt: number;
}

/** Inspector's delegated administrators. */
export const administratorsSlot: Slot<AdministratorsState> = {
  name: "inspector2-administrators",
  scope: "world",
  init: () => ({ byRegion: new Map(), membershipVersion: 0, changes: 0, changedAt: 0 }),
};
