import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";

/** How an organization is set up in one Region. */
export interface OrganizationConfigurationState {
  readonly autoEnable: boolean;
  readonly autoEnableStandards: string;
  readonly configurationType: string;
  readonly status: string;
  readonly limitReached: boolean;
}

/** What was read of one Region. Members that are absent were not read, or not asked for. */
export interface RegionHubState {
  /** The account that administers Security Hub CSPM here; `null`: none. */
  readonly administrator: AccountId | null;
  readonly configuration?: OrganizationConfigurationState;
  /** Members by state, which is `Enabled` for those that are on. */
  readonly members?: Readonly<Record<AccountId, string>>;
  /** Whether the management account has a hub. */
  readonly managementHub?: boolean;
  /** Whether accounts that no administrator enables have a hub, of those that were asked. */
  readonly hubs?: Readonly<Record<AccountId, boolean>>;
}

/** An aggregator, of either kind. */
export interface AggregatorState {
  readonly arn: string;
  readonly home: RegionName;
  readonly linking: string;
  readonly regions: readonly RegionName[];
}

/** A configuration policy as it was read. */
export interface ConfigurationPolicyState {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  /** Content of the SDK's `SecurityHub` member; absent: not read. */
  readonly content?: JsonObject;
}

/** What was read of Security Hub. Lists and members that are absent were not read. */
export interface SecurityHubState {
  /** The account that the block names, as far as it exists. */
  readonly administrator?: AccountId;
  /** The account that AWS Organizations has registered; `null`: none. */
  readonly registered?: AccountId | null;
  readonly regions: Readonly<Record<RegionName, RegionHubState>>;
  /** Whether the administrator has a hub in the home Region. */
  readonly hub?: boolean;
  /** The administrator's finding aggregator; `null`: none. */
  readonly aggregator?: AggregatorState | null;
  readonly policies?: readonly ConfigurationPolicyState[];
  /** Applied associations: configuration policy by target. */
  readonly associations?: Readonly<Record<string, string>>;
  readonly v2?: {
    /** `null`: none. */
    readonly administrator?: AccountId | null;
    readonly hub?: boolean;
    /** `null`: none. */
    readonly aggregator?: AggregatorState | null;
    /** Names of policies that switch V2 on or off, attached anywhere. */
    readonly policies?: readonly string[];
    /** Whether the organization's resource policy lets the administrator manage such policies. */
    readonly isDelegated?: boolean;
  };
  /** The administrator in the home Region that the block's is to replace. */
  readonly replaced?: {
    readonly administrator: AccountId;
    /** Absent: not read. */
    readonly configurationType?: string;
    /** The home Region of its aggregator. */
    readonly home?: RegionName;
  };
  /** Names of attached policies of the type that competes with central configuration. */
  readonly competingPolicies?: readonly string[];
}
