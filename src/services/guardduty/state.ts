import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { AutoEnable, Settings } from "./features.ts";

/** A detector as it was read. */
export interface DetectorState {
  readonly id: string;
  readonly enabled: boolean;
  /** Absent: only its id was asked for. */
  readonly frequency?: string;
  readonly features?: Settings<boolean>;
  /** Features that a GuardDuty policy manages. */
  readonly managed?: readonly string[];
}

/** Members with one status and the same features. */
export interface MemberGroup {
  /** In GuardDuty's words: `Enabled`, `Disabled` (suspended), `Removed` and so on. */
  readonly relationship: string;
  /** Absent: not asked for. */
  readonly features?: Settings<boolean>;
  readonly managed?: readonly string[];
  /** Sorted. */
  readonly accounts: readonly AccountId[];
}

/** A place that findings are exported to. */
export interface DestinationState {
  readonly id: string;
  readonly status: string;
  readonly bucketArn: string;
  readonly kmsKeyArn: string;
  readonly expectedBucketOwner?: string;
}

/** The kinds of lists, as the operations call them. */
export const listKinds = [
  "IPSet",
  "ThreatIntelSet",
  "TrustedEntitySet",
  "ThreatEntitySet",
] as const;

/** A kind of list. */
export type ListKind = (typeof listKinds)[number];

/** A list as it was read. */
export interface ListState {
  readonly id: string;
  readonly name: string;
  readonly format: string;
  readonly location: string;
  readonly active: boolean;
  readonly status: string;
  readonly expectedBucketOwner?: string;
}

/** How many accounts have GuardDuty on in a Region, by the organization's statistics. */
export interface OrganizationStatistics {
  /** Accounts of the organization. */
  readonly total: number;
  /** Those that have GuardDuty on. */
  readonly enabled: number;
  /** Accounts that have a feature on, by feature. */
  readonly features: Readonly<Record<string, number>>;
  /** ISO 8601: when AWS counted. */
  readonly updatedAt?: string;
}

/** GuardDuty in one Region. Members that are absent were not read, or not asked for. */
export interface RegionRead {
  /** The delegated administrator; `null`: there is none. */
  readonly administrator: AccountId | null;
  /** By account, of those that were asked; `null`: the account has none. */
  readonly detectors: Readonly<Record<AccountId, DetectorState | null>>;
  /** Configuration of the present administrator. */
  readonly organization?: {
    readonly autoEnable: AutoEnable;
    readonly features: Settings<AutoEnable>;
    readonly limitReached: boolean;
  };
  /** Members of the present administrator. */
  readonly members?: readonly MemberGroup[];
  /** What the headline tier asks for in place of members. */
  readonly statistics?: OrganizationStatistics;
  readonly destinations?: readonly DestinationState[];
  readonly lists?: Readonly<Partial<Record<ListKind, readonly ListState[]>>>;
}

/** What was read of GuardDuty. */
export interface GuardDutyState {
  /** Whether AWS Organizations' policy type for GuardDuty is enabled. */
  readonly policyType: boolean;
  /** By Region; one that is absent was not read. */
  readonly regions: Readonly<Record<RegionName, RegionRead>>;
}
