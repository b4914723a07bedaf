import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { isJsonObject, type Json } from "../../../core/json.ts";
import type { World } from "../../../sandbox/world.ts";
import { effectiveSettings } from "../../kit/sandbox-effective-policy.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";

/** Whether the organization's Security Hub policies switch V2 on for an account in a Region. */
export function isPolicyManaged(world: World, account: AccountId, region: RegionName): boolean {
  const organization = organizationWith(world, account);
  if (organization === undefined) return false;
  const hub = effectiveSettings(organization, account, "SECURITYHUB_POLICY")?.securityhub ?? null;
  if (!isJsonObject(hub)) return false;
  const on = listOf(hub.enable_in_regions);
  const isOn = on.includes(region) || on.includes("ALL_SUPPORTED");
  return isOn && !listOf(hub.disable_in_regions).includes(region);
}

function listOf(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}
