import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import type { StackSetState } from "../kit/stack-sets/stack-set-state.ts";

/** A recorder with its channel, in an account and Region. Facets have the form of their changes'. */
export interface PlaceState {
  readonly account: AccountId;
  readonly region: RegionName;
  /** `null`: there is none. */
  readonly recorder: JsonObject | null;
  readonly recording: boolean;
  readonly channel: JsonObject | null;
}

/** The bucket that recorders deliver to, as it was read. */
export interface BucketState {
  readonly region: RegionName;
  readonly publicAccessBlock: JsonObject | null;
  /** Statements of its policy. */
  readonly statements: readonly JsonObject[];
}

/** How it stands with a rule or pack in one account. */
export interface PartStatus {
  readonly account: AccountId;
  readonly status: string;
  /** What AWS says of it. */
  readonly reason?: string;
}

/** What an administrator has in a Region; a member that is absent was not read. */
export interface OrganizationConfigState {
  /** Organization rules by name, in the form of their facets. */
  readonly rules?: Readonly<Record<string, JsonObject>>;
  readonly packs?: Readonly<Record<string, JsonObject>>;
  /** Rules and packs that failed somewhere, with what AWS says. */
  readonly failures?: Readonly<Record<string, string>>;
  /** Where those failed, by `rule:NAME` and `conformancePack:NAME`; absent: AWS named no account. */
  readonly failedAccounts?: Readonly<Record<string, readonly PartStatus[]>>;
  /** Rules and packs that AWS is at work on, with their status. */
  readonly underWay?: Readonly<Record<string, string>>;
}

/** What was read of AWS Config. A member that is absent was not read. */
export interface ConfigState {
  /** The account that was asked for rules, packs and the aggregator; empty: there is none yet. */
  readonly administrator: AccountId | "";
  /** Other accounts that are registered for organization rules. */
  readonly otherAdministrators?: readonly AccountId[];
  readonly stackSetAccess?: string;
  /** By name; `null`: there is none. */
  readonly stackSets: Readonly<Record<string, StackSetState | null>>;
  /** Places that were looked at directly, by `account/region`. */
  readonly places: Readonly<Record<string, PlaceState>>;
  /** Accounts that were looked at directly in all Regions; sorted. */
  readonly asked?: readonly AccountId[];
  /** Whether accounts have the role that is linked to Config. */
  readonly linkedRoles: Readonly<Record<AccountId, boolean>>;
  /** Days by `account/region`; `null`: AWS's default. */
  readonly retention: Readonly<Record<string, number | null>>;
  readonly bucket?: BucketState | "taken" | null;
  readonly aggregator?: JsonObject | null;
  /** `null`: there is none; whether the policy for aggregators is attached. */
  readonly aggregatorRole?: { readonly arn: string; readonly attached: boolean } | null;
  /** Templates of AWS's own that the file names; `null`: AWS has none of that name. */
  readonly awsTemplates?: Readonly<Record<string, string | null>>;
  readonly organization: Readonly<Record<RegionName, OrganizationConfigState>>;
}
