import type { LogGroupClass } from "@aws-sdk/client-cloudwatch-logs";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { Slot, World } from "../../../sandbox/world.ts";

/** A log group. */
export interface LogGroupRecord {
  readonly name: string;
  /** Without the `:*` that some operations append. */
  readonly arn: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  readonly logGroupClass: LogGroupClass;
  retentionDays?: number;
  kmsKeyId?: string;
  readonly tags: Map<string, string>;
}

const slot: Slot<{ readonly groups: Map<string, LogGroupRecord> }> = {
  name: "logs",
  scope: "region",
  init: () => ({ groups: new Map() }),
};

/** The log groups of an account in a Region, by name. */
export function logGroups(
  world: World,
  account: AccountId,
  region: RegionName,
): Map<string, LogGroupRecord> {
  return world.state(slot, account, region).groups;
}
