import type { RegionName } from "../../core/identifiers.ts";
import type {
  BlockIssue,
  OrganizationNeeds,
  ServiceChange,
  ServicePlan,
  ServicePlanInput,
  ServicePlanner,
} from "../../core/service-plan.ts";
import { backupFacts } from "../../data/backup.ts";
import { thingAddress } from "../kit/address.ts";
import { organizationNeeds } from "../kit/organization-needs.ts";
import { isRegionEnabled, selectRegions } from "../kit/scope.ts";
import type { BackupBlock } from "./schema.ts";
import {
  type BackupRegionState,
  type BackupState,
  differing,
  globalSettings,
  pick,
} from "./settings.ts";

const { principal } = backupFacts;

/** Plans AWS Backup. */
export const backupPlanner: ServicePlanner<BackupBlock, BackupState> = {
  id: "backup",
  title: "AWS Backup",
  needs: (block): OrganizationNeeds => organizationNeeds(block, principal),
  plan: planBackup,
};

function planBackup({
  block,
  state,
  facts,
}: ServicePlanInput<BackupBlock, BackupState>): ServicePlan {
  const changes: ServiceChange[] = [];
  const compared: string[] = [];
  const issues: BlockIssue[] = [];
  const planned = { changes, compared, foreign: [], issues };
  if (state === undefined) return planned;
  if (state.global !== undefined) {
    compared.push(thingAddress("backup", "globalSettings"));
    const change = globalChange(block, state.global, facts.homeRegion);
    if (change !== undefined) changes.push(change);
  }
  if (block.remove === true || (block.resourceTypes ?? block.fullManagement) === undefined) {
    return planned;
  }
  const management = facts.accounts.find(({ isManagement }) => isManagement);
  for (const region of selectRegions(facts, block, backupFacts.regions.names)) {
    const now = state.regions[region];
    if (management === undefined || !isRegionEnabled(management, region)) continue;
    if (now === undefined) continue; // A gap says why it was not read.
    compared.push(thingAddress("backup", "regionSettings", { region }));
    for (const [member, types] of [
      ["resourceTypes", now.optIn],
      ["fullManagement", now.managed],
    ] as const) {
      for (const type of Object.keys(block[member] ?? {})) {
        if (type in types) continue;
        issues.push({
          severity: "error",
          code: "ORGRAIL3190",
          path: [member, type],
          summary: `AWS Backup does not know the resource type \`${type}\` in \`${region}\``,
          help: `it knows ${Object.keys(types).sort().join(", ")}`,
        });
      }
    }
    const change = regionChange(block, now, region);
    if (change !== undefined) changes.push(change);
  }
  return planned;
}

function globalChange(
  block: BackupBlock,
  now: Readonly<Record<string, boolean>>,
  region: RegionName,
): ServiceChange | undefined {
  const named = globalSettings(block);
  const ends = block.remove === true;
  const wanted = ends ? Object.fromEntries(Object.keys(named).map((name) => [name, false])) : named;
  const changed = differing(wanted, now);
  if (Object.keys(changed).length === 0) return undefined;
  return {
    operation: "UpdateGlobalSettings",
    address: thingAddress("backup", "globalSettings"),
    action: "update",
    input: {
      GlobalSettings: Object.fromEntries(
        Object.entries(changed).map(([name, value]) => [name, String(value)]),
      ),
    },
    before: pick(now, changed),
    after: changed,
    reason: ends ? "the file says `remove: true`" : "the file sets it so for the organization",
    region,
    // The other way round, trusted access goes after what the phase takes back.
    ...(ends ? { phase: "undo" } : { needs: [`trustedAccess:${principal}`] }),
    ...(Object.values(changed).every(Boolean) ? {} : { risk: "protection" }),
  };
}

function regionChange(
  { resourceTypes = {}, fullManagement = {} }: BackupBlock,
  now: BackupRegionState,
  region: RegionName,
): ServiceChange | undefined {
  const optIn = differing(resourceTypes, now.optIn);
  const managed = differing(fullManagement, now.managed);
  if (Object.keys(optIn).length + Object.keys(managed).length === 0) return undefined;
  const isLess = [...Object.values(optIn), ...Object.values(managed)].includes(false);
  return {
    operation: "UpdateRegionSettings",
    address: thingAddress("backup", "regionSettings", { region }),
    action: "update",
    input: { ResourceTypeOptInPreference: optIn, ResourceTypeManagementPreference: managed },
    before: { optIn: pick(now.optIn, optIn), managed: pick(now.managed, managed) },
    after: { optIn, managed },
    reason: "the file sets the service opt-in of the management account",
    region,
    path: ["resourceTypes"],
    ...(isLess ? { risk: "protection" } : {}),
  };
}
