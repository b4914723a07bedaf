import { digest } from "../../../core/digest.ts";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { Slot, World } from "../../../sandbox/world.ts";

/** How many events an account has in a Region in 30 days. */
export interface Activity {
  /** Management events by what selectors can tell apart. */
  readonly management: readonly {
    readonly readOnly: boolean;
    readonly source: "kms.amazonaws.com" | "rdsdata.amazonaws.com" | "other";
    readonly events: number;
  }[];
  /** Data events of S3 objects, of which a trail that logs them takes all. */
  readonly dataEvents: number;
}

const slot: Slot<{ isReady: boolean; readonly set: Map<string, Activity> }> = {
  name: "ce",
  scope: "world",
  init: () => ({ isReady: true, set: new Map() }),
};

/** Whether AWS Cost Explorer has data: not within the first day after it is enabled. */
export function hasCostData(world: World): boolean {
  return world.state(slot).isReady;
}

/** Gives AWS Cost Explorer data, or takes it away. */
export function setCostData(world: World, isReady: boolean): void {
  world.state(slot).isReady = isReady;
}

/** Says how many events an account has in a Region in 30 days. */
export function setActivity(
  world: World,
  account: AccountId,
  region: RegionName,
  activity: Activity,
): void {
  world.state(slot).set.set(`${account}/${region}`, activity);
}

/** Regions in which accounts work, beside the global one; nothing happens in others. */
const busy: readonly RegionName[] = ["eu-central-1", "eu-west-1", "us-west-2"];

/** Regions of which an account's activity is known. */
export function activeRegions(world: World, account: AccountId): readonly RegionName[] {
  const named = [...world.state(slot).set.keys()].flatMap((key) =>
    key.startsWith(`${account}/`) ? [key.slice(account.length + 1)] : [],
  );
  return [...new Set(["us-east-1", ...busy, ...named])].sort();
}

/**
 * How many events an account has in a Region in 30 days: what was set, else numbers that follow from
 * the account and the Region alone. A tenth of the reads is KMS's, as in accounts that encrypt.
 */
export function activityOf(world: World, account: AccountId, region: RegionName): Activity {
  const set = world.state(slot).set.get(`${account}/${region}`);
  if (set !== undefined) return set;
  const part = Number.parseInt(digest(`${account}/${region}`).slice(0, 6), 16) % 1_000;
  const reads = 200_000 + part * 1_000;
  const event = (readOnly: boolean, share: number, source: "kms.amazonaws.com" | "other") => ({
    readOnly,
    source,
    events: Math.round(reads * share),
  });
  return {
    management: [
      event(true, 0.9, "other"),
      event(true, 0.1, "kms.amazonaws.com"),
      event(false, 0.05, "other"),
    ],
    dataEvents: reads * 4,
  };
}
