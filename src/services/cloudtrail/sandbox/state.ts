import type {
  AdvancedEventSelector,
  EventSelector,
  InsightSelector,
} from "@aws-sdk/client-cloudtrail";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { Slot, World } from "../../../sandbox/world.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";

/** What a trail is set to. */
export interface TrailSettings {
  bucket: string;
  prefix?: string;
  snsTopic?: string;
  globalServiceEvents: boolean;
  multiRegion: boolean;
  validation: boolean;
  logGroupArn?: string;
  roleArn?: string;
  /** ARN of the key. */
  kmsKeyArn?: string;
  organization: boolean;
}

/** A trail. One of an organization is owned by the management account, whoever made it. */
export interface TrailRecord {
  readonly name: string;
  readonly arn: string;
  readonly account: AccountId;
  readonly homeRegion: RegionName;
  settings: TrailSettings;
  eventSelectors?: readonly EventSelector[];
  advancedEventSelectors?: readonly AdvancedEventSelector[];
  insightSelectors: readonly InsightSelector[];
  logging: boolean;
  /** Milliseconds since the epoch. */
  startedAt?: number;
  stoppedAt?: number;
  readonly tags: Map<string, string>;
}

/** All trails of the world, by ARN. */
export const trailsSlot: Slot<{ readonly trails: Map<string, TrailRecord> }> = {
  name: "cloudtrail",
  scope: "world",
  init: () => ({ trails: new Map() }),
};

/** Trails that an account sees in a Region: its own and its organization's, shadows included. */
export function trailsSeen(
  world: World,
  account: AccountId,
  region: RegionName,
): readonly TrailRecord[] {
  return trailsOf(world, account).filter(
    (trail) => trail.homeRegion === region || trail.settings.multiRegion,
  );
}

/** Trails that an account has, its organization's among them, in any Region. */
export function trailsOf(world: World, account: AccountId): readonly TrailRecord[] {
  const management = organizationWith(world, account)?.managementAccountId;
  return [...world.state(trailsSlot).trails.values()].filter(
    (trail) =>
      trail.account === account || (trail.settings.organization && trail.account === management),
  );
}
