import type { RegionName } from "../../core/identifiers.ts";
import { thingAddress } from "../kit/address.ts";
import { isRegionEnabled } from "../kit/scope.ts";
import {
  administratorAddress,
  designation,
  type HubPlanning,
  warn,
  withdrawal,
} from "./planning.ts";

/**
 * Plans the administrator: in the home Region under central configuration, which sets it in the
 * linked ones; else in every Region. Another that is there is withdrawn first, everywhere, for AWS
 * knows one administrator of an organization.
 *
 * @returns Regions in which the administrator is, or will be, designated
 */
export function planAdministrators(planning: HubPlanning): readonly RegionName[] {
  const { state, block, home, administrator } = planning;
  const designated = block.configuration === "central" ? [home] : planning.regions;
  const ready: RegionName[] = [];
  const needs = planEndOfReplaced(planning);
  let withdrawn = 0;
  for (const region of new Set([...planning.regions, ...Object.keys(state.regions)])) {
    const found = state.regions[region]?.administrator;
    if (found === undefined || found === null || found === administrator.id) continue;
    planning.changes.push(
      withdrawal(region, found, "another administrator takes its place", { needs }),
    );
    withdrawn += 1;
  }
  for (const region of designated) {
    const found = state.regions[region]?.administrator;
    if (found === undefined) continue; // A gap says why it was not read.
    if (!isRegionEnabled(administrator, region)) {
      warn(
        planning,
        "ORGRAIL3072",
        ["delegatedAdministrator"],
        `${administrator.name} has not enabled \`${region}\`: Security Hub is not planned there`,
        "enable the Region in that account, or leave it out with `excludeRegions`",
      );
      continue;
    }
    ready.push(region);
    planning.compared.push(administratorAddress(region));
    if (found === administrator.id) continue;
    planning.changes.push(designation(planning, region));
  }
  const other = state.registered != null && state.registered !== administrator.id;
  if (withdrawn > 0 || other) {
    warn(
      planning,
      "ORGRAIL3130",
      ["delegatedAdministrator"],
      `another account administers Security Hub${withdrawn > 0 ? ` in ${withdrawn} Regions` : ""} and is replaced`,
      "until all is applied nobody sees the organization's findings in one place; the old " +
        "administrator's configuration policies, insights and automation rules are not carried " +
        "over; accounts keep the standards that they have",
    );
  }
  return ready;
}

/** Central configuration must end before its administrator can be withdrawn. */
function planEndOfReplaced(planning: HubPlanning): readonly string[] {
  const { replaced } = planning.state;
  if (replaced?.configurationType !== "CENTRAL") return [];
  const { administrator, home = planning.home } = replaced;
  const address = thingAddress("securityhub", "configuration", { account: administrator });
  planning.changes.push({
    operation: "UpdateOrganizationConfiguration",
    address,
    action: "update",
    input: {
      AutoEnable: false,
      AutoEnableStandards: "NONE",
      OrganizationConfiguration: { ConfigurationType: "LOCAL" },
    },
    before: { configurationType: "CENTRAL" },
    after: { configurationType: "LOCAL" },
    reason: "central configuration ends before its administrator is replaced",
    phase: "undo",
    workIn: administrator,
    account: administrator,
    region: home,
    risk: "protection",
    path: ["delegatedAdministrator"],
  });
  return [address];
}
