import type { AccountId, RegionName } from "../core/identifiers.ts";
import { type DataEvents, hasSource, namedSources, type TrailEvents } from "./event-classes.ts";
import type { Place } from "./places.ts";
import type { TrailRow } from "./trail-row.ts";

/** Events of one class, and the trails that take them. */
export interface ClassCopies {
  /** `management events that read`, `data events of AWS::S3::Object that write`. */
  readonly what: string;
  /** For management events. */
  readonly access?: "read" | "write";
  /** Sources of management events; `other` stands for all that no selector names. */
  readonly sources: readonly string[];
  /** ARNs. */
  readonly trails: readonly string[];
}

/** Trails that take the same events in the same places. */
export interface OverlapGroup {
  readonly kind: "management" | "data" | "network";
  /** ARNs, sorted. */
  readonly trails: readonly string[];
  /** Classes that more than one of them takes. */
  readonly classes: readonly ClassCopies[];
  /** The most copies of an event. */
  readonly copies: number;
  /** How many of them are free: the first of management events, none of others. */
  readonly free: 0 | 1;
  /** Whether every event that one of them takes is taken by all: then the bill can be checked. */
  readonly isUniform: boolean;
  /** Why it may be that they take different events after all. */
  readonly inexact?: string;
  readonly places: Readonly<Record<AccountId, readonly RegionName[]>>;
}

/**
 * Groups places by the trails that take the same events there. A place is in one group of each kind at
 * most, so that sums over groups count nothing twice.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-manage-costs.html
 */
export function overlapGroups(places: readonly Place[]): readonly OverlapGroup[] {
  const known = new Map<string, { group: Omit<OverlapGroup, "places">; places: Places }>();
  const kinds = remembered((trails) =>
    groupsOf(trails).map((group) => ({
      group,
      key: `${group.kind} ${group.trails.join()} ${group.classes.map(keyOf).join()}`,
    })),
  );
  for (const { account, region, trails } of places) {
    if (trails.length < 2) continue;
    for (const { group, key } of kinds(trails)) {
      const entry = known.get(key) ?? { group, places: {} };
      known.set(key, entry);
      const regions = entry.places[account];
      if (regions === undefined) entry.places[account] = [region];
      else regions.push(region);
    }
  }
  const size = ({ places: all }: OverlapGroup): number => Object.values(all).flat().length;
  return [...known.values()]
    .map(({ group, places: all }) => ({ ...group, places: all }))
    .sort((a, b) => size(b) - size(a) || (a.trails.join() < b.trails.join() ? -1 : 1));
}

type Places = Record<AccountId, RegionName[]>;
type Reading = TrailRow & { readonly events: TrailEvents };

function keyOf({ what, trails }: ClassCopies): string {
  return `${what}:${trails.length}`;
}

/** Places with the same trails share the work: those of one Region share one list as a rule. */
function remembered<T>(
  make: (trails: readonly TrailRow[]) => T,
): (trails: readonly TrailRow[]) => T {
  const byList = new Map<readonly TrailRow[], T>();
  const byKey = new Map<string, T>();
  return (trails) => {
    const known = byList.get(trails);
    if (known !== undefined) return known;
    const key = trails.map(({ arn }) => arn).join();
    const value = byKey.get(key) ?? make(trails);
    byKey.set(key, value);
    byList.set(trails, value);
    return value;
  };
}

function groupsOf(trails: readonly TrailRow[]): readonly Omit<OverlapGroup, "places">[] {
  const read = trails.filter((trail): trail is Reading => trail.events !== null);
  return [
    ...group("management", managementClasses(read), narrowed(read)),
    ...group("data", dataClasses(read), partial(read)),
    ...group("network", networkClasses(read), undefined),
  ];
}

function group(
  kind: OverlapGroup["kind"],
  all: readonly ClassCopies[],
  inexact: string | undefined,
): readonly Omit<OverlapGroup, "places">[] {
  const classes = all.filter(({ trails }) => trails.length > 1);
  if (classes.length === 0) return [];
  const copies = Math.max(...classes.map(({ trails }) => trails.length));
  return [
    {
      kind,
      trails: [...new Set(classes.flatMap(({ trails }) => trails))].sort(),
      classes,
      copies,
      free: kind === "management" ? 1 : 0,
      isUniform: all.every(({ trails }) => trails.length === copies),
      ...(inexact === undefined ? {} : { inexact }),
    },
  ];
}

/** Classes that some trail takes, sources with the same trails in one. */
export function managementClasses(trails: readonly Reading[]): readonly ClassCopies[] {
  const named = trails.flatMap(({ events }) => [
    ...namedSources(events.reads),
    ...namedSources(events.writes),
  ]);
  const sources = [...new Set(["other", ...named])].sort();
  return (["read", "write"] as const).flatMap((access) => {
    const byTrails = new Map<string, { trails: string[]; sources: string[] }>();
    for (const source of sources) {
      const taking = trails
        .filter(({ events }) => hasSource(access === "read" ? events.reads : events.writes, source))
        .map(({ arn }) => arn);
      if (taking.length === 0) continue;
      const entry = byTrails.get(taking.join()) ?? { trails: taking, sources: [] };
      byTrails.set(taking.join(), entry);
      entry.sources.push(source);
    }
    return [...byTrails.values()].map((entry) => ({
      what: `management events that ${access}${sourceWords(entry.sources, sources)}`,
      access,
      ...entry,
    }));
  });
}

function sourceWords(sources: readonly string[], all: readonly string[]): string {
  if (sources.length === all.length) return "";
  const missing = all.filter((source) => !sources.includes(source));
  return sources.includes("other")
    ? `, but those of ${missing.join(", ")}`
    : `, of ${sources.join(", ")}`;
}

function dataClasses(trails: readonly Reading[]): readonly ClassCopies[] {
  const types = [...new Set(trails.flatMap(({ events }) => events.data.map(({ type }) => type)))];
  return types.sort().flatMap((type) =>
    (["reads", "writes"] as const).flatMap((access) => {
      const takes = (one: DataEvents): boolean => one.type === type && one[access];
      const taking = trails.filter(({ events }) => events.data.some(takes));
      if (taking.length === 0) return [];
      const what = `data events of ${type} that ${access === "reads" ? "read" : "write"}`;
      return [{ what, sources: [], trails: taking.map(({ arn }) => arn) }];
    }),
  );
}

function networkClasses(trails: readonly Reading[]): readonly ClassCopies[] {
  const sources = [...new Set(trails.flatMap(({ events }) => events.network))].sort();
  return sources.map((source) => ({
    what: `network activity of ${source}`,
    sources: [],
    trails: trails.filter(({ events }) => events.network.includes(source)).map(({ arn }) => arn),
  }));
}

function narrowed(trails: readonly Reading[]): string | undefined {
  const some = trails.filter(({ events }) => events.narrowedBy.length > 0);
  if (some.length === 0) return undefined;
  const names = some.map(({ name, events }) => `${name} (by ${events.narrowedBy.join(", ")})`);
  return `selectors narrow management events further, which is not counted: ${names.join(", ")}`;
}

function partial(trails: readonly Reading[]): string | undefined {
  const some = trails.filter(({ events }) => events.data.some(({ all }) => !all));
  if (some.length === 0) return undefined;
  return `of some resources only, which may be others: ${some.map(({ name }) => name).join(", ")}`;
}
