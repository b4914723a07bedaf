import type { AccountId, RegionName } from "../core/identifiers.ts";
import { type Destination, destinationOf } from "./destination.ts";
import { eventClasses, type TrailEvents } from "./event-classes.ts";
import type { RegionFacts, TrailFacts, TrailsState } from "./state.ts";

/** What a trail does. `failing`: it is logging, and cannot deliver. */
export type TrailStatus = "logging" | "stopped" | "failing" | "unknown";

/** A trail, once, however many Regions and members see a shadow of it. */
export interface TrailRow {
  readonly arn: string;
  readonly name: string;
  /** The account that owns it. */
  readonly account: AccountId;
  readonly kind: "organization" | "local" | "unknown";
  readonly homeRegion: RegionName;
  /** `null`: not read. */
  readonly isMultiRegion: boolean | null;
  readonly status: TrailStatus;
  /** ISO 8601: since when it is logging or stopped, as far as CloudTrail tells. */
  readonly since?: string;
  /** ISO 8601; in the home Region. */
  readonly latestDelivery?: string;
  /** S3's error, and where, when it is not everywhere. */
  readonly error?: string;
  /** How it is in each Region of which it was read, its home Region among them. */
  readonly regions: Readonly<Record<RegionName, RegionFacts>>;
  /** Regions in which it is not as it is in its home Region. */
  readonly otherwise: Readonly<Record<RegionName, string>>;
  /** `null`: not read. */
  readonly events: TrailEvents | null;
  readonly insights: readonly string[] | null;
  readonly hasValidation: boolean | null;
  readonly logGroup: string;
  readonly logGroupError?: string;
  readonly snsTopic: string;
  /** Absent: its settings were not read. */
  readonly destination?: Destination;
}

/** All trails that were read, those of the organization first, then by account and name. */
export function trailRows(state: TrailsState, managementAccount: AccountId): readonly TrailRow[] {
  const all = [...(state.trails ?? []), ...Object.values(state.local ?? {}).flat()];
  const byArn = new Map(all.map((trail) => [trail.arn, trail]));
  const rank = { organization: 0, unknown: 1, local: 2 };
  return [...byArn.values()]
    .map((trail) => rowOf(trail, state, managementAccount))
    .sort(
      (a, b) =>
        rank[a.kind] - rank[b.kind] ||
        order(a.account, b.account) ||
        order(a.name, b.name) ||
        order(a.arn, b.arn),
    );
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function rowOf(trail: TrailFacts, state: TrailsState, managementAccount: AccountId): TrailRow {
  const { settings, arn, name, homeRegion, selectors, insights, regionStatus = {} } = trail;
  const otherwise: Record<RegionName, string> = {};
  for (const [region, there] of Object.entries(regionStatus)) {
    const error = there.latestDeliveryError ?? "";
    if (!there.logging && trail.logging === true) otherwise[region] = "stopped";
    else if (there.logging && error !== "" && (trail.latestDeliveryError ?? "") === "") {
      otherwise[region] = error;
    }
  }
  const [firstElsewhere] = Object.entries(otherwise).filter(([, what]) => what !== "stopped");
  const own = trail.latestDeliveryError ?? "";
  const error =
    own !== ""
      ? own
      : firstElsewhere === undefined
        ? ""
        : `${firstElsewhere[1]} in ${firstElsewhere[0]}`;
  const status: TrailStatus =
    trail.logging === undefined
      ? "unknown"
      : !trail.logging
        ? "stopped"
        : error === ""
          ? "logging"
          : "failing";
  const since = status === "stopped" ? trail.stoppedLogging : trail.startedLogging;
  const destination = destinationOf(trail, state, managementAccount);
  return {
    arn,
    name,
    account: arn.split(":")[4] ?? "",
    kind:
      settings === undefined ? "unknown" : settings.IsOrganizationTrail ? "organization" : "local",
    homeRegion,
    isMultiRegion: settings?.IsMultiRegionTrail ?? null,
    status,
    ...(since === undefined ? {} : { since }),
    ...(trail.latestDelivery === undefined ? {} : { latestDelivery: trail.latestDelivery }),
    ...(error === "" || status === "stopped" ? {} : { error }),
    regions: {
      ...regionStatus,
      ...(trail.logging === undefined
        ? {}
        : {
            [homeRegion]: {
              logging: trail.logging,
              ...(own === "" ? {} : { latestDeliveryError: own }),
              ...(trail.latestDelivery === undefined
                ? {}
                : { latestDelivery: trail.latestDelivery }),
            },
          }),
    },
    otherwise,
    events: selectors === undefined ? null : eventClasses(selectors),
    insights: insights ?? null,
    hasValidation: settings?.EnableLogFileValidation ?? null,
    logGroup: settings?.CloudWatchLogsLogGroupArn ?? "",
    ...(trail.cloudWatchLogsError === undefined
      ? {}
      : { logGroupError: trail.cloudWatchLogsError }),
    snsTopic: trail.snsTopic ?? "",
    ...(destination === undefined ? {} : { destination }),
  };
}
