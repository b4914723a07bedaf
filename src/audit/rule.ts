import type { Evidence, FindingStatus, Severity } from "../core/finding.ts";
import type { AccountId, RegionName } from "../core/identifiers.ts";
import type { Json } from "../core/json.ts";
import type { ComplianceFramework } from "../data/compliance-frameworks.ts";
import type { AuditContext } from "./context.ts";

/** What a rule says of one thing: an account, a Region, a resource, or the organization. */
export interface AuditResult {
  /** INVARIANT: what was not read is `unknown`, never `pass` nor `fail`. */
  readonly status: FindingStatus;
  /** In words that begin with a capital and end with a period. */
  readonly message: string;
  readonly account?: AccountId;
  readonly region?: RegionName;
  /** ARN or address of the thing that it is about. */
  readonly resource?: string;
  readonly evidence: readonly Evidence[];
}

/** Ids of published controls that a rule answers for. Ids only. */
export type Compliance = Readonly<Partial<Record<ComplianceFramework, readonly string[]>>>;

/** A rule over a snapshot: one file of `rules`, named like its id. */
export interface AuditRule {
  /** Area and name, which are also the file's: `guardduty/members-enabled`. */
  readonly id: string;
  /** What is so where it passes, in a few words. */
  readonly title: string;
  readonly severity: Severity;
  /** Why it matters; sentences. */
  readonly why: string;
  /** What to do; sentences. */
  readonly remedy: string;
  /** The block of `orgrail.yaml` that fixes it. */
  readonly config?: string;
  readonly compliance: Compliance;
  /** Pages of AWS that say what it rests on. */
  readonly sources: readonly string[];
  /** Never throws, whatever a snapshot holds. Gives one result at least. */
  evaluate(context: AuditContext): readonly AuditResult[];
  /**
   * What makes the example organization, which keeps every rule, break this one: values by their
   * paths in a snapshot, such as `services/guardduty/regions/eu-central-1/administrator`.
   */
  readonly breaks: Readonly<Record<string, Json>>;
}
