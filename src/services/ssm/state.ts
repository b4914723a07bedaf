import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";

/** Settings of an account in a Region; absent: not asked, or not read. */
export interface SettingsState {
  readonly publicSharing?: string;
  readonly hostManagement?: string;
}

/** A patch baseline of an account's own. */
export interface PatchBaselineState {
  readonly id: string;
  readonly name: string;
  readonly operatingSystem: string;
  readonly isDefault: boolean;
  /** Members as the API has them; only of those that the file names. */
  readonly content?: JsonObject;
}

/** Patch baselines in an account and Region; absent members were not read. */
export interface PatchState {
  readonly baselines?: readonly PatchBaselineState[];
  readonly groups?: readonly {
    readonly group: string;
    readonly baselineId: string;
    readonly operatingSystem: string;
  }[];
  /** AWS's own by operating system, where one is to be the default again. */
  readonly awsBaselines?: Readonly<Record<string, string>>;
}

/** What was read of Systems Manager. */
export interface SystemsManagerState {
  /** By account, then Region. */
  readonly settings: Readonly<Record<AccountId, Readonly<Record<RegionName, SettingsState>>>>;
  /** `account/region` in which Config proves that public sharing is blocked. */
  readonly provenBlocks: readonly string[];
  /** By account: the role of default host management; `isBare`: no policy is attached to it; absent: not asked or read. */
  readonly roles: Readonly<
    Record<AccountId, { readonly exists: boolean; readonly isBare: boolean }>
  >;
  /** By account, then Region. */
  readonly patching: Readonly<Record<AccountId, Readonly<Record<RegionName, PatchState>>>>;
  /** Patch policies, where the file has some; members that were not read are absent. */
  readonly patchPolicies?: {
    /** By name of the file: what the stack says; `null` when there is none. */
    readonly stacks: Readonly<Record<string, JsonObject | null>>;
    /** By operating system: AWS's own patch baseline in the management account's home Region. */
    readonly awsBaselines?: Readonly<Record<string, string>>;
  };
  /** Resource data syncs of the organization, where they are read; absent: not read. */
  readonly syncs?: {
    readonly account: AccountId;
    readonly list: readonly { readonly name: string; readonly source: JsonObject }[];
  };
}
