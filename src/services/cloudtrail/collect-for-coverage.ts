import type { CallOptions } from "../../aws/aws.ts";
import type { RegionName } from "../../core/identifiers.ts";
import { insideOf } from "../kit/coverage.ts";
import type { CollectContext } from "../security-service.ts";
import { selectorsState, settingsState } from "./read.ts";
import type { CloudTrailBlock } from "./schema.ts";
import type { CloudTrailState, TrailState } from "./state.ts";

type Context = CollectContext<CloudTrailBlock>;

/**
 * Reads what only coverage asks for: how trails of several Regions are in each of them, and, when
 * the tier is `inside`, the trails that members have of their own.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
export async function collectForCoverage(
  context: Context,
  { trails }: CloudTrailState,
  home: CallOptions,
): Promise<Pick<CloudTrailState, "trails" | "local">> {
  const { organization } = context;
  const local = await insideOf(
    context,
    "local",
    undefined,
    new Set([organization.managementAccountId]),
    ({ id }) => readOwnTrails(context, id, home),
  );
  return {
    ...(trails === undefined
      ? {}
      : { trails: await context.each(trails, (trail) => withRegions(context, trail, home)) }),
    ...(Object.keys(local).length === 0 ? {} : { local }),
  };
}

async function withRegions(
  context: Context,
  trail: TrailState,
  home: CallOptions,
): Promise<TrailState> {
  const { aws, organization, regions } = context;
  if (trail.settings?.IsMultiRegionTrail !== true || context.tier === "headline") return trail;
  const others = regions.filter(
    (region) =>
      region !== trail.homeRegion &&
      context.isRegionEnabled(organization.managementAccountId, region),
  );
  const read = await context.each(others, async (region) => {
    const status = await context.attempt(`trails/${trail.name}/status/${region}`, () =>
      aws.call("cloudtrail", "GetTrailStatus", { Name: trail.arn }, { ...home, region }),
    );
    return status === undefined ? [] : [[region, statusOf(status)] as const];
  });
  return { ...trail, regionStatus: Object.fromEntries(read.flat()) };
}

/** The trails that an account made itself, without those of its organization that it sees. */
async function readOwnTrails(
  { aws }: Context,
  account: string,
  home: CallOptions,
): Promise<readonly TrailState[]> {
  const how = { ...home, account };
  const found: { readonly arn: string; readonly name: string; readonly home: RegionName }[] = [];
  for await (const { Trails = [] } of aws.pages("cloudtrail", "ListTrails", {}, how)) {
    for (const { TrailARN: arn = "", Name: name = "", HomeRegion = "" } of Trails) {
      if (arn.split(":")[4] === account) found.push({ arn, name, home: HomeRegion });
    }
  }
  const trails: TrailState[] = [];
  for (const { arn, name, home: homeRegion } of found) {
    const place = { ...how, region: homeRegion };
    const { Trail = {} } = await aws.call("cloudtrail", "GetTrail", { Name: arn }, place);
    const status = await aws.call("cloudtrail", "GetTrailStatus", { Name: arn }, place);
    const selectors = await aws.call("cloudtrail", "GetEventSelectors", { TrailName: arn }, place);
    trails.push({
      name,
      arn,
      homeRegion,
      settings: settingsState(Trail),
      ...statusOf(status),
      selectors: selectorsState(selectors),
    });
  }
  return trails.sort((a, b) => (a.arn < b.arn ? -1 : 1));
}

function statusOf({
  IsLogging,
  LatestDeliveryError,
}: {
  readonly IsLogging?: boolean | undefined;
  readonly LatestDeliveryError?: string | undefined;
}): { readonly logging: boolean; readonly latestDeliveryError?: string } {
  return {
    logging: IsLogging === true,
    ...(LatestDeliveryError === undefined ? {} : { latestDeliveryError: LatestDeliveryError }),
  };
}
