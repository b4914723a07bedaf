import type { AccountId, RegionName } from "../core/identifiers.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { regions as allRegions } from "../data/regions.ts";
import type { TrailRow } from "./trail-row.ts";

/** An account and Region, with the trails that take its events. */
export interface Place {
  readonly account: AccountId;
  readonly region: RegionName;
  /** Trails that log there, whatever becomes of what they deliver. */
  readonly trails: readonly TrailRow[];
}

/** Every active account in every governed Region that it has enabled. */
export function placesOf(snapshot: Snapshot, rows: readonly TrailRow[]): readonly Place[] {
  const { organization, scope } = snapshot;
  const logging = rows.filter(({ status }) => status === "logging" || status === "failing");
  const shared = logging.filter(({ kind }) => kind === "organization");
  const own = new Map<AccountId, TrailRow[]>();
  for (const row of logging) {
    if (row.kind === "organization") continue;
    const known = own.get(row.account);
    if (known === undefined) own.set(row.account, [row]);
    else known.push(row);
  }
  const named = scope?.regions ?? [];
  // A local trail may log where the organization does not look.
  const governed = [...new Set([...named, ...logging.map(({ homeRegion }) => homeRegion)])].sort();
  const sharedIn = new Map(governed.map((region) => [region, covering(shared, region)]));
  return organization.accounts
    .filter(({ state }) => state === "ACTIVE")
    .flatMap(({ id: account, regions }) =>
      governed.flatMap((region): readonly Place[] => {
        const read = regions?.find(({ name }) => name === region);
        const isEnabled =
          regions === undefined ? optIn.get(region) !== true : read?.status.startsWith("ENABLED");
        if (isEnabled !== true) return [];
        const locals = covering(own.get(account) ?? [], region);
        const trails = sharedIn.get(region) ?? [];
        return [{ account, region, trails: locals.length === 0 ? trails : [...trails, ...locals] }];
      }),
    );
}

const optIn: ReadonlyMap<string, boolean> = new Map(
  allRegions.list.map((region) => [region.name, region.optIn]),
);

function covering(rows: readonly TrailRow[], region: RegionName): readonly TrailRow[] {
  return rows.filter(
    ({ homeRegion, isMultiRegion, otherwise }) =>
      (isMultiRegion === true || homeRegion === region) && otherwise[region] !== "stopped",
  );
}
