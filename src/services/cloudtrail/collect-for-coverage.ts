import type { CallOptions } from "../../aws/aws.ts";
import type { CollectContext } from "../security-service.ts";
import { collectDestinations } from "./collect-destinations.ts";
import { collectOwnTrails } from "./collect-own-trails.ts";
import { withRegions } from "./collect-regions.ts";
import { collectStores } from "./collect-stores.ts";
import { collectUsage } from "./collect-usage.ts";
import type { CloudTrailBlock } from "./schema.ts";
import type { CloudTrailState } from "./state.ts";

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
  const management = context.organization.managementAccountId;
  const [trails, local, stores, usage] = await Promise.all([
    found === undefined
      ? undefined
      : context.each(found, (trail) =>
          withRegions(context, trail, management, `trails/${trail.name}`, home),
        ),
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
