import type { AccountId, RegionName } from "../../core/identifiers.ts";

/** Detective in one Region. Members that are absent were not read, or not asked for. */
export interface RegionRead {
  /** The administrator; `null`: there is none. */
  readonly administrator: AccountId | null;
  /** The organization's behavior graph; `null`: there is none. */
  readonly graph: string | null;
  readonly autoEnable?: boolean;
  /** Ids of the organization graph's members by status, such as `ENABLED`; sorted. */
  readonly members?: Readonly<Record<string, readonly AccountId[]>>;
  /** Members that came by invitation. */
  readonly invited?: readonly AccountId[];
  /** Source packages that are started, sorted. */
  readonly packages?: readonly string[];
  /** Whether accounts that are no members have a graph of their own, of those that were asked. */
  readonly ownGraphs?: Readonly<Record<AccountId, boolean>>;
}

/** What was read of Detective. */
export interface DetectiveState {
  /** By Region; one that is absent was not read. */
  readonly regions: Readonly<Record<RegionName, RegionRead>>;
}
