import type { AccountId, RegionName } from "../../core/identifiers.ts";

/** An archive rule as it was read. */
export interface ArchiveRuleState {
  readonly name: string;
  readonly filter: Readonly<Record<string, Readonly<Record<string, readonly string[] | boolean>>>>;
}

/** An analyzer as it was read. */
export interface AnalyzerState {
  readonly name: string;
  readonly arn: string;
  /** Such as `ORGANIZATION` or `ORGANIZATION_UNUSED_ACCESS`. */
  readonly type: string;
  readonly status: string;
  readonly statusReason?: string;
  readonly unusedAccessAge?: number;
  /** Absent: not read. */
  readonly archiveRules?: readonly ArchiveRuleState[];
}

/** What was read of IAM Access Analyzer. */
export interface AccessAnalyzerState {
  /** The account that was asked: the delegated administrator, or the management account. */
  readonly account: string;
  /** By Region; one that is absent was not read. */
  readonly regions: Readonly<
    Record<
      RegionName,
      {
        readonly analyzers: readonly AnalyzerState[];
        /** Whether accounts have an active analyzer of their own, of those that were asked. */
        readonly own?: Readonly<Record<AccountId, boolean>>;
      }
    >
  >;
}
