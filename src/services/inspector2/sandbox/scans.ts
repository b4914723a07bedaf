import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { isJsonObject, type Json } from "../../../core/json.ts";
import { type InspectorScanType, inspectorFacts } from "../../../data/inspector2-facts.ts";
import type { World } from "../../../sandbox/world.ts";
import { effectiveSettings } from "../../kit/sandbox-effective-policy.ts";
import { ensureServiceLinkedRole } from "../../kit/sandbox-service-linked-role.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { invalid } from "./errors.ts";
import { inspectorPrincipal, regionState, type ScanName, type Scans } from "./state.ts";

/** How long Inspector takes to switch a scan type on or off. */
export const switchingMs = 30_000;

/** A scan type's status at a time. */
export function statusOf(
  scans: Scans | undefined,
  name: ScanName,
  now: number,
): "ENABLED" | "ENABLING" | "DISABLED" | "DISABLING" {
  const scan = scans?.[name];
  if (scan === undefined) return "DISABLED";
  if (scan.at <= now) return scan.on ? "ENABLED" : "DISABLED";
  return scan.on ? "ENABLING" : "DISABLING";
}

/** Inspector's status in an account: that of its scan types taken together. */
export function overallStatus(
  scans: Scans | undefined,
  now: number,
): "ENABLED" | "ENABLING" | "DISABLED" | "DISABLING" {
  const all = inspectorFacts.scanTypes.map(({ name }) => statusOf(scans, name, now));
  const order = ["ENABLED", "ENABLING", "DISABLING"] as const;
  return order.find((status) => all.includes(status)) ?? "DISABLED";
}

/** Reads the scan types of a request. */
export function readScanTypes(types: readonly string[] | undefined): readonly InspectorScanType[] {
  return (types ?? []).map((type) => {
    const found = inspectorFacts.scanTypes.find(({ resourceType }) => resourceType === type);
    if (found === undefined) throw invalid(`Unknown resource type: ${type}`);
    return found;
  });
}

/** Switches scan types of an account on or off; those that are so already stay as they are. */
export function switchScans(
  world: World,
  account: AccountId,
  region: RegionName,
  names: readonly ScanName[],
  on: boolean,
): void {
  const state = regionState(world, account, region);
  const changed = names.filter((name) => (state.scans?.[name]?.on === true) !== on);
  if (changed.length === 0) return;
  if (on) ensureServiceLinkedRole(world, account, inspectorPrincipal);
  const at = world.clock.now() + switchingMs;
  state.scans = {
    ...state.scans,
    ...Object.fromEntries(changed.map((name) => [name, { on, at }])),
  };
}

/**
 * What the organization's Inspector policy says of scan types in an account and Region; a type that
 * is absent is not managed. Disabling wins over enabling.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_inspector_syntax.html
 */
export function policyScans(
  organization: OrganizationRecord,
  account: AccountId,
  region: RegionName,
): Readonly<Partial<Record<ScanName, boolean>>> {
  const settings = effectiveSettings(organization, account, "INSPECTOR_POLICY");
  if (settings === undefined) return {};
  const managed: Partial<Record<ScanName, boolean>> = {};
  for (const { name, policyPath } of inspectorFacts.scanTypes) {
    const block = ["inspector", "enablement", ...policyPath].reduce<Json | undefined>(
      (value, key) => (isJsonObject(value) ? value[key] : undefined),
      settings,
    );
    if (!isJsonObject(block)) continue;
    if (names(block.disable_in_regions, region)) managed[name] = false;
    else if (names(block.enable_in_regions, region)) managed[name] = true;
  }
  return managed;
}

function names(list: Json | undefined, region: RegionName): boolean {
  return Array.isArray(list) && (list.includes(region) || list.includes("ALL_SUPPORTED"));
}
