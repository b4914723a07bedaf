import type { AdvancedEventSelector } from "@aws-sdk/client-cloudtrail";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { cloudtrailPrices } from "../../../data/cloudtrail-prices.ts";
import { usageTypeRegions } from "../../../data/usage-type-regions.ts";
import type { World } from "../../../sandbox/world.ts";
import { type TrailRecord, trailsSeen } from "../../cloudtrail/sandbox/state.ts";
import { type Activity, activeRegions, activityOf } from "./activity.ts";

/** A line of the bill: a usage type of an account in a Region. */
export interface UsageLine {
  readonly account: AccountId;
  readonly region: RegionName;
  readonly usageType: string;
  readonly quantity: number;
  /** US dollars. */
  readonly cost: number;
}

const { perEvent, usageTypes } = cloudtrailPrices;
const monthMs = 30 * 86_400_000;

/**
 * What CloudTrail charges accounts for a time, by the trails that there are: each logged from its last
 * start on, until now or until it was last stopped. Trails that are gone have left nothing behind. A
 * trail that cannot deliver is charged like any other.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-manage-costs.html
 */
export function trailUsage(
  world: World,
  accounts: readonly AccountId[],
  start: number,
  end: number,
): readonly UsageLine[] {
  return accounts.flatMap((account) =>
    activeRegions(world, account).flatMap((region) => {
      const trails = trailsSeen(world, account, region);
      if (trails.length === 0) return [];
      const activity = activityOf(world, account, region);
      const sums = { free: 0, paid: 0, data: 0 };
      const edges = [start, end, ...trails.flatMap(timesOf)]
        .filter((at) => at >= start && at <= end)
        .sort((a, b) => a - b);
      for (const [index, from] of edges.entries()) {
        const to = edges[index + 1] ?? from;
        if (to <= from) continue;
        const logging = trails.filter((trail) => isLogging(trail, from, world.clock.now()));
        addCopies(sums, logging, activity, (to - from) / monthMs);
      }
      return lines(account, region, sums);
    }),
  );
}

function timesOf({ startedAt, stoppedAt, logging }: TrailRecord): readonly number[] {
  return [startedAt, logging ? undefined : stoppedAt].filter((at) => at !== undefined);
}

function isLogging({ startedAt, stoppedAt, logging }: TrailRecord, at: number, now: number) {
  if (startedAt === undefined || at < startedAt) return false;
  return at < (logging ? now : (stoppedAt ?? startedAt));
}

function addCopies(
  sums: { free: number; paid: number; data: number },
  trails: readonly TrailRecord[],
  activity: Activity,
  months: number,
): void {
  for (const { readOnly, source, events } of activity.management) {
    const copies = trails.filter((trail) => logs(trail, readOnly, source)).length;
    if (copies === 0) continue;
    sums.free += events * months;
    sums.paid += (copies - 1) * events * months;
  }
  sums.data += trails.filter(logsObjects).length * activity.dataEvents * months;
}

function lines(
  account: AccountId,
  region: RegionName,
  sums: { readonly free: number; readonly paid: number; readonly data: number },
): readonly UsageLine[] {
  const [code = ""] = Object.entries(usageTypeRegions.byCode).find(([, it]) => it === region) ?? [];
  const line = (type: string, events: number, price: number): readonly UsageLine[] => {
    const quantity = Math.round(events);
    const usageType = code === "" ? type : `${code}-${type}`;
    return quantity === 0 ? [] : [{ account, region, usageType, quantity, cost: quantity * price }];
  };
  return [
    ...line(usageTypes.free, sums.free, 0),
    ...line(usageTypes.paid, sums.paid, perEvent.management),
    ...line(usageTypes.data, sums.data, perEvent.data),
  ];
}

function logs(
  { eventSelectors: basic, advancedEventSelectors: advanced }: TrailRecord,
  readOnly: boolean,
  source: string,
): boolean {
  if (advanced !== undefined) {
    return advanced.some(
      (selector) =>
        field(selector, "eventCategory")?.Equals?.includes("Management") === true &&
        field(selector, "readOnly")?.Equals?.includes(String(readOnly)) !== false &&
        field(selector, "eventSource")?.NotEquals?.includes(source) !== true &&
        field(selector, "eventSource")?.Equals?.includes(source) !== false,
    );
  }
  if (basic === undefined) return true;
  return basic.some(
    ({ IncludeManagementEvents, ReadWriteType, ExcludeManagementEventSources }) =>
      IncludeManagementEvents !== false &&
      ReadWriteType !== (readOnly ? "WriteOnly" : "ReadOnly") &&
      ExcludeManagementEventSources?.includes(source) !== true,
  );
}

function logsObjects(trail: TrailRecord): boolean {
  const { eventSelectors: basic, advancedEventSelectors: advanced } = trail;
  const type = "AWS::S3::Object";
  return (
    advanced?.some((one) => field(one, "resources.type")?.Equals?.includes(type) === true) ??
    basic?.some(({ DataResources }) => DataResources?.some(({ Type }) => Type === type)) ??
    false
  );
}

function field({ FieldSelectors }: AdvancedEventSelector, name: string) {
  return FieldSelectors?.find(({ Field }) => Field === name);
}
