import type { RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import type { OrganizationAccountState } from "../../core/snapshot.ts";
import { regions as regionFacts } from "../../data/regions.ts";
import type { AuditContext } from "../context.ts";
import { objectAt } from "../read-state.ts";
import { unknown } from "../results.ts";
import type { AuditResult, AuditRule } from "../rule.ts";

/** What was read of a service in a Region. */
export interface RegionPlace {
  readonly region: RegionName;
  readonly state: JsonObject;
}

/** A service by its id in snapshots. */
export type ServiceId =
  | "access-analyzer"
  | "backup"
  | "detective"
  | "fms"
  | "guardduty"
  | "inspector2"
  | "macie2"
  | "securityhub";

const regionName = /^[a-z]{2,3}(-[a-z]+)+-\d$/;

/**
 * Asks about every Region in which a service was read. A Region that gave no answer is unknown, and
 * so is a service that was not read at all.
 */
export function eachRegion(
  id: ServiceId,
  evaluate: (context: AuditContext, place: RegionPlace) => readonly AuditResult[],
): AuditRule["evaluate"] {
  return (context) => {
    const read = objectAt(context.service(id), "regions");
    const missing = context.gaps.below(`services/${id}`).filter((one) => regionName.test(one));
    const names = [...new Set([...Object.keys(read ?? {}), ...missing])].sort();
    if (names.length === 0) return [unknown(context.whyUnread(`services/${id}`))];
    return names.flatMap((region) => {
      const state = objectAt(read, region);
      if (state === undefined) {
        return [unknown(context.whyUnread(`services/${id}/${region}`), { region })];
      }
      return evaluate(context, { region, state });
    });
  };
}

/** A member of a Region's state that was not read, with the reason. */
export function unreadIn(
  context: AuditContext,
  id: ServiceId,
  region: RegionName,
  subject: string,
): AuditResult {
  return unknown(context.whyUnread(`services/${id}/${region}/${subject}`), { region });
}

const optIn = new Set(regionFacts.list.filter((one) => one.optIn).map(({ name }) => name));

/** Whether an account may use a Region; one whose Regions were not read uses those of everybody. */
export function usesRegion(account: OrganizationAccountState, region: RegionName): boolean {
  const status = account.regions?.find(({ name }) => name === region)?.status;
  if (status === undefined) return !optIn.has(region);
  return status === "ENABLED" || status === "ENABLED_BY_DEFAULT";
}
