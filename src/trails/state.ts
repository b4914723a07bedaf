import type { AccountId, RegionName } from "../core/identifiers.ts";
import type { JsonObject } from "../core/json.ts";

/** What of a trail this room looks at, as the service `cloudtrail` reads it. Times are ISO 8601. */
export interface TrailFacts {
  readonly name: string;
  readonly arn: string;
  readonly homeRegion: RegionName;
  readonly settings?: {
    readonly S3BucketName: string;
    readonly IsMultiRegionTrail: boolean;
    readonly IsOrganizationTrail: boolean;
    readonly EnableLogFileValidation: boolean;
    readonly KmsKeyId: string;
    readonly CloudWatchLogsLogGroupArn: string;
  };
  readonly snsTopic?: string;
  readonly logging?: boolean;
  readonly latestDeliveryError?: string;
  readonly latestDelivery?: string;
  readonly startedLogging?: string;
  readonly stoppedLogging?: string;
  readonly cloudWatchLogsError?: string;
  readonly regionStatus?: Readonly<Record<RegionName, RegionFacts>>;
  readonly selectors?: SelectorFacts;
  readonly insights?: readonly string[];
}

/** How a trail is in one Region. */
export interface RegionFacts {
  readonly logging: boolean;
  readonly latestDeliveryError?: string;
  readonly latestDelivery?: string;
}

/** Event selectors of either kind, as the API gives them. */
export interface SelectorFacts {
  readonly EventSelectors?: readonly JsonObject[];
  readonly AdvancedEventSelectors?: readonly JsonObject[];
}

/** A bucket as its account tells of it; an absent member was not read, `null`: there is none. */
export interface BucketFacts {
  readonly account: AccountId;
  readonly policy?: string | null;
  readonly publicAccessBlock?: JsonObject | null;
  readonly versioning?: string | null;
  readonly objectLock?: JsonObject | null;
}

/** A key as its account tells of it. */
export interface KeyFacts {
  readonly arn: string;
  readonly state: string;
  readonly policy?: string;
}

/** An event data store. */
export interface StoreFacts {
  readonly arn: string;
  readonly name: string;
  readonly status: string;
  readonly organization: boolean;
  readonly retentionDays: number;
}

/** A month of the bill. */
export interface UsageFacts {
  readonly start: string;
  readonly end: string;
  readonly currency: string;
  readonly lines: readonly {
    readonly account: AccountId;
    readonly type: string;
    readonly events: number;
    readonly cost: number;
  }[];
}

/** What was read of CloudTrail, as far as this room looks at it. */
export interface TrailsState {
  readonly account: AccountId;
  readonly trails?: readonly TrailFacts[];
  readonly local?: Readonly<Record<AccountId, readonly TrailFacts[]>>;
  readonly buckets?: Readonly<Record<string, BucketFacts | "missing" | "foreign" | "elsewhere">>;
  readonly keys?: Readonly<Record<string, KeyFacts | "foreign" | null>>;
  readonly stores?: readonly StoreFacts[];
  readonly usage?: UsageFacts | null;
}
