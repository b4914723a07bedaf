import type { CallOptions } from "../../aws/aws.ts";
import type { CollectContext } from "../security-service.ts";
import { collectDestinations } from "./collect-destinations.ts";
import { collectOwnTrails } from "./collect-own-trails.ts";
import { collectStores } from "./collect-stores.ts";
import { collectUsage } from "./collect-usage.ts";
import { statusState } from "./read.ts";
import type { CloudTrailBlock } from "./schema.ts";
import type { CloudTrailState, TrailState } from "./state.ts";

type Context = CollectContext<CloudTrailBlock>;

/**
 * Reads what only coverage and `orgrail trails` ask for: how trails of several Regions are in each of
 * them, what they write to, what they cost, and, when the tier is `inside`, the trails that members
 * have of their own. `headline` stays with the management account's trails.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
export async function collectForCoverage(
  context: Context,
  { trails: found }: CloudTrailState,
  home: CallOptions,
): Promise<Omit<CloudTrailState, "account">> {
  if (context.tier === "headline") return {};
  const [trails, local, stores, usage] = await Promise.all([
    found === undefined
      ? undefined
      : context.each(found, (trail) => withRegions(context, trail, home)),
    collectOwnTrails(context, home),
    collectStores(context, home),
    collectUsage(context),
  ]);
  const destinations = await collectDestinations(context, trails ?? [], local, home);
  return {
    ...(trails === undefined ? {} : { trails }),
    ...(Object.keys(local).length === 0 ? {} : { local }),
    ...(stores === undefined ? {} : { stores }),
    ...(usage === undefined ? {} : { usage }),
    ...destinations,
  };
}

async function withRegions(
  context: Context,
  trail: TrailState,
  home: CallOptions,
): Promise<TrailState> {
  const { aws, organization, regions } = context;
  if (trail.settings?.IsMultiRegionTrail !== true) return trail;
  const others = regions.filter(
    (region) =>
      region !== trail.homeRegion &&
      context.isRegionEnabled(organization.managementAccountId, region),
  );
  const read = await context.each(others, async (region) => {
    const status = await context.attempt(`trails/${trail.name}/status/${region}`, () =>
      aws.call("cloudtrail", "GetTrailStatus", { Name: trail.arn }, { ...home, region }),
    );
    return status === undefined ? [] : [[region, statusState(status)] as const];
  });
  return { ...trail, regionStatus: Object.fromEntries(read.flat()) };
}
