import type { AccountId, RegionName } from "./identifiers.ts";
import type { Json } from "./json.ts";

/** How bad a finding is, the worst first. */
export const severities = ["critical", "high", "medium", "low", "info"] as const;

/** How bad a finding is. */
export type Severity = (typeof severities)[number];

/**
 * What a rule says of a thing. A rule of `audit` says one of four; what `detect` finds in events is
 * always a `fail`. `unknown` is never counted as good nor as bad.
 */
export const findingStatuses = ["pass", "fail", "unknown", "not-applicable"] as const;

/** What a rule says of a thing. */
export type FindingStatus = (typeof findingStatuses)[number];

/** What a finding rests on: a fact as it was read, and where it comes from. */
export interface Evidence {
  /** Such as `IsLogging`, or `requestParameters.targetId`. */
  readonly what: string;
  readonly value: Json;
  /** IAM service prefix and API operation, or the id of an event. */
  readonly source?: string;
  /** ISO 8601. */
  readonly observedAt?: string;
}

/** What a rule found; audit and detection share it, and all formats are made of it. */
export interface Finding {
  /** The same for the same thing found again: rule, account, Region and resource, or event. */
  readonly id: string;
  /** Name of the rule's file, such as `cloudtrail/stop-logging`. */
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity;
  readonly status: FindingStatus;
  /** One or two sentences with the names of the things that it is about. */
  readonly message: string;
  readonly account?: AccountId;
  readonly accountName?: string;
  readonly region?: RegionName;
  /** ARN or address of the thing that it is about. */
  readonly resource?: string;
  /** ARN of who did it, for what was found in events. */
  readonly principal?: string;
  /** When it happened, or was read; ISO 8601. */
  readonly time: string;
  readonly evidence: readonly Evidence[];
  /** What to do. */
  readonly remedy: string;
  /** Ids of published controls by framework, such as `{ "cis-v5": ["3.1"] }`. */
  readonly compliance?: Readonly<Record<string, readonly string[]>>;
  /** Why it is expected or accepted, and until when; shown, and counted apart. */
  readonly exception?: {
    readonly reason: string;
    readonly owner?: string;
    readonly expires?: string;
  };
}
