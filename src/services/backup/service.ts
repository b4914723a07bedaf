import { backupFacts } from "../../data/backup.ts";
import { tamperActions } from "../../data/tamper-actions.ts";
import { changeHandler } from "../kit/change-handler.ts";
import { checkScope } from "../kit/scope.ts";
import type { CollectContext, SecurityService } from "../security-service.ts";
import { backupCoverage } from "./coverage.ts";
import { backupPlanner } from "./plan.ts";
import { type BackupBlock, backupSchema } from "./schema.ts";
import { type BackupState, globalSettings, pick, readGlobal, readRegion } from "./settings.ts";

const { id, title } = backupPlanner;
const { principal } = backupFacts;
const regions = backupFacts.regions.names;

/** AWS Backup: administrator, settings of the organization, service opt-in. */
export const backup: SecurityService<BackupBlock, BackupState> = {
  id,
  title,
  layers: ["organization", "account", "resources"],
  scope: "regional",
  principals: { trustedAccess: [principal], delegatedAdministrator: [principal], byOwnApi: false },
  regions,
  permissions: {
    read: ["backup:DescribeGlobalSettings", "backup:DescribeRegionSettings"],
    write: ["backup:UpdateGlobalSettings", "backup:UpdateRegionSettings"],
  },
  tamperActions: tamperActions.services.backup?.actions ?? [],
  probes: [],
  schema: backupSchema,
  check: (block, context) => checkScope(block, context, { title, regions }),
  planner: backupPlanner,
  coverage: backupCoverage,
  collect: collectBackup,
  changes: {
    UpdateGlobalSettings: changeHandler("backup", "UpdateGlobalSettings", {
      observe: async ({ aws }, { after }, how) => pick(await readGlobal(aws, how), after ?? {}),
    }),
    UpdateRegionSettings: changeHandler("backup", "UpdateRegionSettings", {
      observe: async ({ aws }, { after }, how) => {
        const now = await readRegion(aws, how);
        const { optIn, managed } = (after ?? {}) as { optIn?: object; managed?: object };
        return { optIn: pick(now.optIn, optIn ?? {}), managed: pick(now.managed, managed ?? {}) };
      },
    }),
  },
};

/** One call for the organization, and one a Region when the block speaks of the opt-in. */
async function collectBackup(context: CollectContext<BackupBlock>): Promise<BackupState> {
  const { aws, block, homeRegion, organization, signal } = context;
  const how = signal === undefined ? {} : { signal };
  const global =
    block === undefined || Object.keys(globalSettings(block)).length > 0
      ? await context.attempt("globalSettings", () =>
          readGlobal(aws, { ...how, region: homeRegion }),
        )
      : undefined;
  const asksRegions = block?.resourceTypes ?? block?.fullManagement;
  const excluded = new Set(block?.excludeRegions ?? []);
  const wanted = (block?.regions ?? context.regions).filter(
    (region) =>
      !excluded.has(region) && context.isRegionEnabled(organization.managementAccountId, region),
  );
  const read = await context.each(asksRegions === undefined ? [] : wanted, async (region) => {
    const found = await context.attempt(`${region}/settings`, () =>
      readRegion(aws, { ...how, region }),
    );
    return found === undefined ? [] : [[region, found] as const];
  });
  return { ...(global === undefined ? {} : { global }), regions: Object.fromEntries(read.flat()) };
}
