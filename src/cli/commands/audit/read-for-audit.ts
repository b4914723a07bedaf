import { collectTiers, type Snapshot } from "../../../core/snapshot.ts";
import { connect } from "../../connect.ts";
import type { Deps } from "../../deps.ts";
import { progressOf } from "../../make-plan.ts";
import type { ReadConfig } from "../../read-config.ts";
import { readOrganization } from "../../read-organization.ts";
import { detailsToRead, regionsToRead, servicesToRead } from "../../snapshots/services-to-read.ts";

/** Reads AWS as it is now, as deep as is wanted; `full` when absent. */
export async function readForAudit(
  deps: Deps,
  config: ReadConfig | undefined,
  wanted: string | undefined,
): Promise<Snapshot> {
  const tier = collectTiers.find((one) => one === wanted) ?? "full";
  const organization = config?.desired.organization;
  const governedRegions = regionsToRead([], organization?.governedRegions ?? []);
  const progress = progressOf(deps);
  const aws = await connect(deps, {
    progress,
    homeRegion: organization?.homeRegion,
    memberRole: organization?.memberRoles?.read,
  });
  try {
    return await readOrganization(deps, aws, progress, {
      ...detailsToRead(tier, [], governedRegions),
      services: {
        services: await servicesToRead([]),
        homeRegion: organization?.homeRegion ?? aws.region,
        governedRegions,
        tier,
      },
    });
  } finally {
    aws.close();
  }
}
