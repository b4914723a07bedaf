import type { RegionName } from "../../core/identifiers.ts";
import type { ServiceChange } from "../../core/service-plan.ts";
import { macieFacts } from "../../data/macie.ts";
import { isRegionEnabled } from "../kit/scope.ts";
import { type MaciePlanning, regionAddress, say } from "./planning.ts";

/**
 * Plans the administrator in each Region. Another that is there is withdrawn first, everywhere, for
 * AWS knows one administrator of an organization.
 *
 * @returns Regions in which the administrator is, or will be, designated
 */
export function planAdministrators(
  planning: MaciePlanning,
  regions: readonly RegionName[],
): readonly RegionName[] {
  const { state, administrator } = planning;
  let withdrawn = 0;
  for (const [region, { administrator: found }] of Object.entries(state.regions)) {
    if (found === null || found === administrator.id) continue;
    planning.changes.push(withdrawal(region, found, "another administrator takes its place"));
    withdrawn += 1;
  }
  const ready: RegionName[] = [];
  for (const region of regions) {
    const found = state.regions[region]?.administrator;
    if (found === undefined) continue; // A gap says why it was not read.
    if (!isRegionEnabled(administrator, region)) {
      say(
        planning,
        "warning",
        "ORGRAIL3072",
        ["delegatedAdministrator"],
        `${administrator.name} has not enabled \`${region}\`: Macie is not planned there`,
        "enable the Region in that account, or leave it out with `excludeRegions`",
      );
      continue;
    }
    ready.push(region);
    planning.compared.push(regionAddress("administrator", region));
    if (found === administrator.id) continue;
    planning.changes.push({
      operation: "EnableOrganizationAdminAccount",
      address: regionAddress("administrator", region),
      action: "register",
      input: { adminAccountId: administrator.id },
      before: null,
      after: { account: administrator.id },
      reason: "the file names this administrator",
      region,
      account: administrator.id,
      path: ["delegatedAdministrator"],
      needs: [
        `account:${administrator.name}`,
        `trustedAccess:${macieFacts.principal}`,
        `delegatedAdministrator:${macieFacts.principal}/${administrator.name}`,
      ],
    });
  }
  const other = state.registered != null && state.registered !== administrator.id;
  if (withdrawn > 0 || other) {
    say(
      planning,
      "warning",
      "ORGRAIL3140",
      ["delegatedAdministrator"],
      `another account administers Macie${withdrawn > 0 ? ` in ${withdrawn} Regions` : ""} and is replaced`,
      "until all is applied members are on their own; jobs, filters, allow lists and results of the " +
        "old administrator stay with it, and automated discovery begins anew",
    );
  }
  return ready;
}

/**
 * Takes the designation of an administrator back in a Region. AWS Organizations lets it go after
 * that.
 */
export function withdrawal(
  region: RegionName,
  account: string,
  reason: string,
  more: Pick<ServiceChange, "needs" | "path"> = {},
): ServiceChange {
  return {
    operation: "DisableOrganizationAdminAccount",
    address: regionAddress("formerAdministrator", region),
    action: "deregister",
    input: { adminAccountId: account },
    before: { account },
    after: null,
    reason,
    region,
    account,
    risk: "protection",
    phase: "undo",
    path: ["delegatedAdministrator"],
    ...more,
  };
}
