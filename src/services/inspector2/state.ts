import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { ScanName } from "./schema.ts";

/** Accounts whose scan types are alike. */
export interface StatusGroup {
  /** Scan types that are on, or being switched on. */
  readonly on: readonly ScanName[];
  /** Sorted. */
  readonly accounts: readonly AccountId[];
}

/** Inspector in one Region. Members that are absent were not read, or not asked for. */
export interface RegionRead {
  /** The delegated administrator; `null`: there is none. */
  readonly administrator: AccountId | null;
  /** Scan types that are on in accounts: of the wanted administrator, and of reachable members. */
  readonly statuses?: readonly StatusGroup[];
  /** Accounts of the organization that are not associated with the present administrator; sorted. */
  readonly unassociated?: readonly AccountId[];
  readonly autoEnable?: readonly ScanName[];
  readonly limitReached?: boolean;
  readonly configuration?: { readonly ec2ScanMode: string; readonly ecrRescanDuration: string };
  readonly paths?: readonly string[];
  /** Scan types that are on in accounts without administrator, of those that were asked. */
  readonly own?: Readonly<Record<AccountId, readonly ScanName[]>>;
}

/** What an Inspector policy of the organization says of accounts. */
export interface PolicyGroup {
  /** By scan type: Regions in which it is on and off; `ALL_SUPPORTED` stands for all. */
  readonly scanTypes: Readonly<
    Partial<Record<ScanName, { readonly on: readonly string[]; readonly off: readonly string[] }>>
  >;
  readonly accounts: readonly AccountId[];
}

/** What was read of Inspector. */
export interface InspectorState {
  /** Effective Inspector policies, by what they say. */
  readonly policies: readonly PolicyGroup[];
  /** By Region; one that is absent was not read. */
  readonly regions: Readonly<Record<RegionName, RegionRead>>;
}
