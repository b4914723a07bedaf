import type { CallOptions } from "../../aws/aws.ts";
import type { AccountId, RegionName } from "../../core/identifiers.ts";
import { insideOf } from "../kit/coverage.ts";
import type { CollectContext } from "../security-service.ts";
import { withRegions } from "./collect-regions.ts";
import { readInsights, selectorsState, settingsState, statusState } from "./read.ts";
import type { CloudTrailBlock } from "./schema.ts";
import type { CloudTrailState, TrailState } from "./state.ts";

type Context = CollectContext<CloudTrailBlock>;

/** A trail as ListTrails names it. */
interface Named {
  readonly arn: string;
  readonly name: string;
  readonly home: RegionName;
}

/**
 * Reads the trails that members made themselves, when the tier is `inside`: one call an account, which
 * names the trails of all Regions, and three or four for each that is found. A trail of the
 * organization, which members see as a shadow, is told by its ARN and left out. Where an account has
 * several, each Region is asked about them, since they may stand in for one another. What one of the
 * calls does not tell is a gap of that trail alone.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_ListTrails.html
 */
export async function collectOwnTrails(
  context: Context,
  home: CallOptions,
): Promise<NonNullable<CloudTrailState["local"]>> {
  const { aws, organization } = context;
  const management = new Set([organization.managementAccountId]);
  const named = await insideOf(context, "local", undefined, management, async ({ id }) => {
    const found: Named[] = [];
    const how = { ...home, account: id };
    for await (const { Trails = [] } of aws.pages("cloudtrail", "ListTrails", {}, how)) {
      for (const { TrailARN: arn = "", Name: name = "", HomeRegion = "" } of Trails) {
        if (arn.split(":")[4] === id) found.push({ arn, name, home: HomeRegion });
      }
    }
    return found.sort((a, b) => (a.arn < b.arn ? -1 : 1));
  });
  const read = await context.each(Object.entries(named), async ([account, trails]) => {
    const states = await context.each(trails, async (trail) => {
      const state = await readOwn(context, account, trail, home);
      // One that stands alone is compared with the organization's, of which each Region is known.
      const subject = `local/${account}/${trail.name}`;
      return trails.length < 2
        ? state
        : withRegions(context, state, account, subject, { ...home, account });
    });
    return [account, states] as const;
  });
  return Object.fromEntries(read);
}

async function readOwn(
  context: Context,
  account: AccountId,
  { arn, name, home: homeRegion }: Named,
  home: CallOptions,
): Promise<TrailState> {
  const { aws } = context;
  const place = { ...home, account, region: homeRegion };
  const subject = `local/${account}/${name}`;
  const [trail, status, selectors] = await Promise.all([
    context.attempt(subject, async () => {
      const { Trail = {} } = await aws.call("cloudtrail", "GetTrail", { Name: arn }, place);
      return Trail;
    }),
    context.attempt(`${subject}/status`, () =>
      aws.call("cloudtrail", "GetTrailStatus", { Name: arn }, place),
    ),
    context.attempt(`${subject}/selectors`, () =>
      aws.call("cloudtrail", "GetEventSelectors", { TrailName: arn }, place),
    ),
  ]);
  const insights =
    trail === undefined
      ? undefined
      : trail.HasInsightSelectors === false
        ? []
        : await context.attempt(`${subject}/insights`, () => readInsights(aws, arn, place));
  return {
    name,
    arn,
    homeRegion,
    ...(trail === undefined ? {} : { settings: settingsState(trail) }),
    ...(trail?.SnsTopicARN === undefined ? {} : { snsTopic: trail.SnsTopicARN }),
    ...(status === undefined ? {} : statusState(status)),
    ...(selectors === undefined ? {} : { selectors: selectorsState(selectors) }),
    ...(insights === undefined ? {} : { insights }),
  };
}
