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
  readonly logging?: boolean;
  readonly latestDeliveryError?: string;
  /** The same by Region, of a trail of several Regions: GetTrailStatus tells of one. */
  readonly regionStatus?: Readonly<
    Record<RegionName, { readonly logging: boolean; readonly latestDeliveryError?: string }>
  >;
  /** As the API gives them. */
  readonly selectors?: SelectorsState;
  /** Sorted. */
  readonly insights?: readonly string[];
  readonly tags?: Tags;
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
  /** By name; `null`: it does not exist. */
  readonly logGroups?: Readonly<Record<string, { readonly retentionDays: number } | null>>;
  /** By name: the inline policy of CloudTrail's role, canonical; `null`: no such role. */
  readonly roles?: Readonly<
    Record<string, { readonly trust: string; readonly policy: string } | null>
  >;
}
