import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Tags } from "../../core/snapshot.ts";

/** A trail as it was read, from the account that owns it. Absent members were not read. */
export interface TrailState {
  readonly name: string;
  readonly arn: string;
  readonly homeRegion: RegionName;
  /** Present when the trail was seen from the home Region. */
  readonly settings?: TrailFacet;
  /** ARN of the SNS topic that is told of log files. */
  readonly snsTopic?: string;
  readonly logging?: boolean;
  readonly latestDeliveryError?: string;
  /** ISO 8601, as all times here. Absent: never. */
  readonly latestDelivery?: string;
  readonly startedLogging?: string;
  readonly stoppedLogging?: string;
  readonly cloudWatchLogsError?: string;
  /** The same by Region, of a trail of several Regions: GetTrailStatus tells of one. */
  readonly regionStatus?: Readonly<Record<RegionName, TrailStatus>>;
  /** Regions that were asked for the same and did not tell. */
  readonly unreadRegions?: readonly RegionName[];
  /** As the API gives them. */
  readonly selectors?: SelectorsState;
  /** Sorted. */
  readonly insights?: readonly string[];
  readonly tags?: Tags;
}

/** What GetTrailStatus says of a trail in a Region. */
export interface TrailStatus {
  readonly logging: boolean;
  readonly latestDeliveryError?: string;
  readonly latestDelivery?: string;
  readonly startedLogging?: string;
  readonly stoppedLogging?: string;
  readonly cloudWatchLogsError?: string;
}

/** A trail's settings under the names of CreateTrail's input; a text that is empty is not set. */
export type TrailFacet = Readonly<{
  S3BucketName: string;
  S3KeyPrefix: string;
  IncludeGlobalServiceEvents: boolean;
  IsMultiRegionTrail: boolean;
  EnableLogFileValidation: boolean;
  KmsKeyId: string;
  IsOrganizationTrail: boolean;
  CloudWatchLogsLogGroupArn: string;
  CloudWatchLogsRoleArn: string;
}>;

/** Either kind of event selectors, as the API gives them. */
export type SelectorsState = Readonly<{
  EventSelectors?: readonly JsonObject[];
  AdvancedEventSelectors?: readonly JsonObject[];
}>;

/** The bucket of the log archive. A member that is absent was not read; `null`: there is none. */
export interface BucketState {
  readonly region: RegionName;
  readonly policy?: string | null;
  readonly publicAccessBlock?: JsonObject | null;
  readonly versioning?: string | null;
  readonly encryption?: JsonObject | null;
  readonly ownership?: string | null;
  readonly objectLock?: JsonObject | null;
  readonly lifecycle?: readonly JsonObject[] | null;
  readonly logging?: JsonObject | null;
  readonly tags?: Tags;
}

/**
 * The bucket of any trail, with the account that holds it. `missing`: no such bucket exists;
 * `foreign`: it is in none of the organization's accounts; `elsewhere`: it exists, and is in none of
 * the accounts that were asked.
 */
export type TrailBucketState =
  | (BucketState & { readonly account: AccountId })
  | "missing"
  | "foreign"
  | "elsewhere";

/** An event data store of CloudTrail Lake, in the management account. */
export interface EventDataStoreState {
  readonly arn: string;
  readonly name: string;
  readonly status: string;
  readonly organization: boolean;
  readonly multiRegion: boolean;
  readonly retentionDays: number;
  readonly selectors: readonly JsonObject[];
}

/** What AWS Cost Explorer says that CloudTrail was charged for, in a month. */
export interface TrailUsageState {
  /** First day, and the day after the last; ISO 8601. */
  readonly start: string;
  readonly end: string;
  readonly currency: string;
  readonly lines: readonly {
    readonly account: AccountId;
    /** As on the bill: `EUC1-PaidEventsRecorded`. */
    readonly type: string;
    readonly events: number;
    readonly cost: number;
  }[];
}

/** The key of the log archive. */
export interface KeyState {
  readonly arn: string;
  readonly state: string;
  readonly policy?: string;
  readonly rotation?: boolean;
}

/** What was read of CloudTrail and of what it writes to. */
export interface CloudTrailState {
  /** The account that owns the organization's trails. */
  readonly account: AccountId;
  readonly trails?: readonly TrailState[];
  /** Members' own trails, of the accounts that were asked. */
  readonly local?: Readonly<Record<AccountId, readonly TrailState[]>>;
  /** `null`: it does not exist; `taken`: it is another account's. */
  readonly bucket?: BucketState | "taken" | null;
  readonly key?: KeyState | null;
  /** Buckets of all trails, by name. */
  readonly buckets?: Readonly<Record<string, TrailBucketState>>;
  /** Keys of all trails, by ARN; `foreign`: of an account outside of the organization. */
  readonly keys?: Readonly<Record<string, KeyState | "foreign" | null>>;
  readonly stores?: readonly EventDataStoreState[];
  /** `null`: AWS Cost Explorer has no data, or does not tell this account of others. */
  readonly usage?: TrailUsageState | null;
  /** By name; `null`: it does not exist. */
  readonly logGroups?: Readonly<Record<string, { readonly retentionDays: number } | null>>;
  /** By name: the inline policy of CloudTrail's role, canonical; `null`: no such role. */
  readonly roles?: Readonly<
    Record<string, { readonly trust: string; readonly policy: string } | null>
  >;
}
