import type { CellState } from "./coverage.ts";
import type { Evidence } from "./finding.ts";
import type { RegionName } from "./identifiers.ts";
import type { OrganizationAccountState, OrganizationState } from "./snapshot.ts";

/** What is said of a service in one place. One value may stand for many places that are alike. */
export interface Verdict {
  readonly state: CellState;
  /** In words that end no sentence. */
  readonly reason: string;
  readonly evidence: readonly Evidence[];
  /**
   * For `unknown`: what would have told, as a path under `services/ID/` such as
   * `eu-west-1/members`; `{account}` stands for the id of the account that is asked about, so that
   * accounts share a verdict. A gap of the snapshot there takes the place of the reason.
   */
  readonly subject?: string;
}

/** What a service's coverage is told by. */
export interface CoverageInput<State> {
  /** As `collect` read it, from a snapshot. */
  readonly state: State;
  readonly organization: OrganizationState;
  readonly homeRegion: RegionName;
}

/** A service's state, ready to be asked about many places. */
export interface CoverageReader {
  /**
   * What is known of an active account, in a Region that the service has and that the account may
   * use; without Region where the service's cells have none. INVARIANT: what was not read is
   * `unknown`, never `off`.
   */
  at(account: OrganizationAccountState, region: RegionName | undefined): Verdict;
  /** What the service does with new accounts, in AWS's words, as far as it was read. */
  autoEnable?(region: RegionName): string | undefined;
}

/**
 * How a service answers "is it on there?". Pure: a saved snapshot answers as AWS did.
 *
 * `cells`: whether there is an answer for every account and Region, for every account, or one for
 * the organization (it is then asked with the management account).
 */
export interface ServiceCoverage<State> {
  readonly cells: "region" | "account" | "organization";
  read(input: CoverageInput<State>): CoverageReader;
}
