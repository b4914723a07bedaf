import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";

/** What was read of one Region. Members that are absent were not read, or not asked for. */
export interface MacieRegionState {
  /** `null`: none. */
  readonly administrator: AccountId | null;
  /** How often the administrator publishes; `null`: it has no Macie yet. */
  readonly frequency?: string | null;
  readonly autoEnable?: boolean;
  readonly limitReached?: boolean;
  /** Members by state, such as `Enabled`, `Paused` or `RegionDisabled`. */
  readonly members?: Readonly<Record<AccountId, string>>;
  /** Whether the management account has Macie. */
  readonly managementEnabled?: boolean;
  /** Whether accounts that are no enabled members have Macie, of those that were asked. */
  readonly sessions?: Readonly<Record<AccountId, boolean>>;
  readonly discovery?: { readonly status: string; readonly mode: string };
  /** Automated discovery of accounts, where it goes by account. */
  readonly discoveryAccounts?: Readonly<Record<AccountId, string>>;
  /** In the form of the SDK's destination; `null`: none. */
  readonly export?: JsonObject | null;
  readonly publication?: { readonly policy: boolean; readonly classification: boolean };
}

/** What was read of Macie. */
export interface MacieState {
  /** The account that the block names, as far as it exists. */
  readonly administrator?: AccountId;
  /** The account that AWS Organizations has registered; `null`: none. */
  readonly registered?: AccountId | null;
  readonly regions: Readonly<Record<RegionName, MacieRegionState>>;
}
