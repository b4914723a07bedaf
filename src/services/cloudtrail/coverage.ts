import type { RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import type {
  CoverageInput,
  CoverageReader,
  ServiceCoverage,
  Verdict,
} from "../../core/service-coverage.ts";
import { fact, outside, remembering, unread, verdict } from "../kit/coverage.ts";
import type { CloudTrailState, SelectorsState, TrailState } from "./state.ts";

const status = "cloudtrail:GetTrailStatus";

/**
 * Where management events are logged: by an organization trail that is logging and delivering, else
 * by a trail of the account's own.
 */
export const cloudTrailCoverage: ServiceCoverage<CloudTrailState> = { cells: "region", read };

function read({ state, organization }: CoverageInput<CloudTrailState>): CoverageReader {
  const once = remembering<Verdict>();
  return {
    at: ({ id }, region = "") => {
      const { trails } = state;
      if (trails === undefined) return once("trails", () => unread("trails"));
      const best = once(`organization ${region}`, () =>
        bestOf(organizationTrails(trails), region, "trails"),
      );
      if (best.state === "on" || best.state === "unknown") return best;
      const isManagement = id === organization.managementAccountId;
      const own = isManagement ? trails.filter((one) => !isOrganizational(one)) : state.local?.[id];
      if (own !== undefined && own.length > 0) {
        const local = bestOf(own, region, isManagement ? "trails" : `local/${id}`);
        if (local.state === "unknown") return local;
        if (local.state !== "off") {
          return { ...local, state: "partial", reason: `${best.reason}; ${local.reason}` };
        }
      }
      if (best.state === "partial" || (own !== undefined && best.evidence.length > 0)) return best;
      return once(`${region} ${own?.length}`, () => ({
        ...outside(
          "CloudTrail",
          own === undefined ? undefined : false,
          best.reason,
          "local",
          "cloudtrail:ListTrails",
        ),
        ...(best.evidence.length > 0 ? { evidence: best.evidence } : {}),
      }));
    },
  };
}

function isOrganizational({ settings }: TrailState): boolean {
  return settings?.IsOrganizationTrail === true;
}

/** A trail whose settings were not read may be the organization's. */
function organizationTrails(trails: readonly TrailState[]): readonly TrailState[] {
  return trails.filter((one) => one.settings === undefined || isOrganizational(one));
}

const order = ["on", "unknown", "partial", "off"];

/** The best that trails do in a Region. `base` is where their gaps are. */
function bestOf(trails: readonly TrailState[], region: RegionName, base: string): Verdict {
  const verdicts = trails
    .map((trail) => trailVerdict(trail, region, base))
    .filter((one) => one !== undefined)
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return verdicts[0] ?? verdict("off", "no organization trail covers the Region");
}

function trailVerdict(trail: TrailState, region: RegionName, base: string): Verdict | undefined {
  const { name, settings, homeRegion } = trail;
  if (settings === undefined) return unread(`${base}/${name}`);
  if (!settings.IsMultiRegionTrail && homeRegion !== region) return undefined;
  const here = trail.regionStatus?.[region];
  const logging = here?.logging ?? trail.logging;
  if (logging === undefined) return unread(`${base}/${name}/status`);
  const seen = [
    fact("trail", trail.arn, "cloudtrail:DescribeTrails"),
    fact("IsLogging", logging, status),
  ];
  if (!logging) return verdict("off", `the trail ${name} is stopped`, ...seen);
  // It logs; whether what it logs there is delivered was asked there, without an answer.
  if (trail.unreadRegions?.includes(region)) return unread(`${base}/${name}/status/${region}`);
  const error =
    here?.latestDeliveryError ?? (here === undefined ? trail.latestDeliveryError : undefined);
  if (error !== undefined && error !== "") {
    const failed = fact("LatestDeliveryError", error, status);
    return verdict("off", `the trail ${name} cannot deliver: ${error}`, ...seen, failed);
  }
  if (trail.selectors === undefined) return unread(`${base}/${name}/selectors`);
  const events = managementEvents(trail.selectors);
  if (events === "none") return undefined;
  seen.push(fact("management events", events, "cloudtrail:GetEventSelectors"));
  return events === "all"
    ? verdict("on", `the trail ${name} logs there`, ...seen)
    : verdict("partial", `the trail ${name} logs only ${events}`, ...seen);
}

/** Which management events selectors take. */
function managementEvents({ EventSelectors, AdvancedEventSelectors }: SelectorsState): string {
  const found = [
    ...(EventSelectors ?? []).map(classic),
    ...(AdvancedEventSelectors ?? []).map(advanced),
  ];
  if (found.includes("all") || (found.includes("reads") && found.includes("writes"))) return "all";
  return found.find((one) => one !== "none") ?? "none";
}

function classic({ IncludeManagementEvents, ReadWriteType }: JsonObject): string {
  if (IncludeManagementEvents === false) return "none";
  if (ReadWriteType === "ReadOnly") return "reads";
  return ReadWriteType === "WriteOnly" ? "writes" : "all";
}

function advanced({ FieldSelectors }: JsonObject): string {
  const fields = (Array.isArray(FieldSelectors) ? FieldSelectors : []) as readonly JsonObject[];
  const values = (field: string, operator: string): readonly unknown[] => {
    const found = fields.find(({ Field }) => Field === field)?.[operator];
    return Array.isArray(found) ? found : [];
  };
  if (!values("eventCategory", "Equals").includes("Management")) return "none";
  const readOnly = values("readOnly", "Equals");
  if (readOnly.length !== 1) return "all";
  return readOnly[0] === "true" ? "reads" : "writes";
}
