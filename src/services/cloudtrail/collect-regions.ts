import type { CallOptions } from "../../aws/aws.ts";
import type { AccountId } from "../../core/identifiers.ts";
import type { CollectContext } from "../security-service.ts";
import { statusState } from "./read.ts";
import type { CloudTrailBlock } from "./schema.ts";
import type { TrailState } from "./state.ts";

/**
 * Adds how a trail of all Regions is in each that its account has enabled: GetTrailStatus tells of
 * one, a call each. `subject` is where gaps are.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
export async function withRegions(
  context: CollectContext<CloudTrailBlock>,
  trail: TrailState,
  account: AccountId,
  subject: string,
  how: CallOptions,
): Promise<TrailState> {
  const { aws, regions } = context;
  if (trail.settings?.IsMultiRegionTrail !== true) return trail;
  const others = regions.filter(
    (region) => region !== trail.homeRegion && context.isRegionEnabled(account, region),
  );
  const read = await context.each(others, async (region) => {
    const status = await context.attempt(`${subject}/status/${region}`, () =>
      aws.call("cloudtrail", "GetTrailStatus", { Name: trail.arn }, { ...how, region }),
    );
    return [region, status === undefined ? undefined : statusState(status)] as const;
  });
  const unread = read.flatMap(([region, status]) => (status === undefined ? [region] : []));
  return {
    ...trail,
    regionStatus: Object.fromEntries(
      read.flatMap(([region, status]) => (status === undefined ? [] : [[region, status] as const])),
    ),
    ...(unread.length === 0 ? {} : { unreadRegions: unread }),
  };
}
