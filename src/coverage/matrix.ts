import type { Cell } from "../core/coverage.ts";
import type { AccountId, RegionName } from "../core/identifiers.ts";
import type { CoverageReader, ServiceCoverage, Verdict } from "../core/service-coverage.ts";
import type { CollectTier, OrganizationAccountState, Snapshot } from "../core/snapshot.ts";
import { evidenceTimes } from "./evidence-times.ts";
import { gapFinder } from "./gap-finder.ts";
import { placeVerdict } from "./place-verdict.ts";
import { staleVerdict } from "./stale-verdict.ts";

/** A service that says where it is on. */
export interface CoveredService {
  readonly id: string;
  readonly title: string;
  /** Regions that have the service. */
  readonly regions: readonly RegionName[];
  // biome-ignore lint/suspicious/noExplicitAny: states differ by service
  readonly coverage?: ServiceCoverage<any>;
}

/** An account of the matrix; a row. */
export interface MatrixAccount {
  readonly id: AccountId;
  readonly name: string;
  /** Names of the organizational units above it, the topmost first; `[]`: below the root. */
  readonly path: readonly string[];
  readonly state: OrganizationAccountState["state"];
  readonly isManagement: boolean;
  readonly joinedAt: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** A service of the matrix with its cells. */
export interface MatrixColumn {
  readonly service: string;
  readonly title: string;
  /** `[undefined]` for a service that has one cell an account. */
  readonly regions: readonly (RegionName | undefined)[];
  /** Index into the verdicts, by `account index * regions.length + region index`. */
  readonly cells: Uint32Array;
  /** What the service does with new accounts, by Region. */
  readonly autoEnable: Readonly<Record<RegionName, string>>;
}

/** What is known of every account, Region and service; places that are alike share a verdict. */
export interface Matrix {
  readonly organizationId: string;
  readonly takenAt: string;
  /** Absent: the snapshot says nothing of services. */
  readonly tier?: CollectTier;
  readonly regions: readonly RegionName[];
  /** By path, then by name. */
  readonly accounts: readonly MatrixAccount[];
  readonly columns: readonly MatrixColumn[];
  readonly verdicts: readonly Verdict[];
  /** Titles of all services, by id. */
  readonly titles: Readonly<Record<string, string>>;
  /** Services that are on or off for the organization as a whole. */
  readonly organization: readonly Cell[];
}

/** When the matrix is made, and from when on what was read is too old. */
export interface MatrixOptions {
  readonly nowMs: number;
  /** In milliseconds; never when absent. */
  readonly maxAgeMs?: number;
}

/**
 * Makes the matrix of a snapshot. Regions that a service or an account lacks and accounts that are
 * not active are not applicable; what was not read is unknown, with the gap's reason; else the
 * service says what it found.
 */
export function coverageMatrix(
  snapshot: Snapshot,
  services: readonly CoveredService[],
  { nowMs, maxAgeMs }: MatrixOptions,
): Matrix {
  const { organization, scope, takenAt } = snapshot;
  const times = evidenceTimes(snapshot);
  const accounts = rowsOf(snapshot);
  const states = new Map(organization.accounts.map((account) => [account.id, account]));
  const regions = scope?.regions ?? [];
  const gaps = gapFinder(snapshot);
  const verdicts: Verdict[] = [];
  const indexOf = staleIndex(verdicts, nowMs, maxAgeMs);
  const staleAs = (found: Verdict, readMs: number): Verdict =>
    verdicts[indexOf(found, readMs)] ?? found;
  const columns: MatrixColumn[] = [];
  const wide: Cell[] = [];
  for (const service of services) {
    const { coverage, id } = service;
    if (coverage === undefined) continue;
    const state = snapshot.services?.[id];
    const reader: CoverageReader | undefined =
      state === undefined
        ? undefined
        : coverage.read({ state, organization, homeRegion: scope?.homeRegion ?? "" });
    const verdictAt = placeVerdict({ service, reader, organization, gaps, times });
    if (coverage.cells === "organization") {
      const management = states.get(organization.managementAccountId);
      if (management === undefined) continue;
      const {
        state: cellState,
        reason,
        evidence,
      } = staleAs(verdictAt(management, undefined), times.of(id, management.id, undefined));
      wide.push({ service: id, account: management.id, state: cellState, reason, evidence });
      continue;
    }
    const columnRegions = coverage.cells === "region" ? regions : [undefined];
    const cells = new Uint32Array(accounts.length * columnRegions.length);
    let at = 0;
    for (const { id: account } of accounts) {
      const row = states.get(account);
      for (const region of columnRegions) {
        if (row !== undefined) {
          cells[at] = indexOf(verdictAt(row, region), times.of(id, account, region));
        }
        at += 1;
      }
    }
    const autoEnable: Record<RegionName, string> = {};
    for (const region of regions) {
      const how = reader?.autoEnable?.(region);
      if (how !== undefined) autoEnable[region] = how;
    }
    columns.push({ service: id, title: service.title, regions: columnRegions, cells, autoEnable });
  }
  return {
    organizationId: organization.id,
    takenAt,
    ...(scope === undefined ? {} : { tier: scope.tier }),
    regions,
    accounts,
    columns,
    verdicts,
    titles: Object.fromEntries(services.map(({ id, title }) => [id, title])),
    organization: wide,
  };
}

/** Numbers verdicts, each once for every time at which it was read too long ago. */
function staleIndex(
  verdicts: Verdict[],
  nowMs: number,
  maxAgeMs: number | undefined,
): (found: Verdict, readMs: number) => number {
  const known = new Map<Verdict, Map<number, number>>();
  return (found, readMs) => {
    const ageMs = nowMs - readMs;
    const isStale = maxAgeMs !== undefined && ageMs > maxAgeMs;
    // Those that are not stale are the same, however old.
    const key = isStale ? readMs : 0;
    let byTime = known.get(found);
    if (byTime === undefined) {
      byTime = new Map();
      known.set(found, byTime);
    }
    let index = byTime.get(key);
    if (index === undefined) {
      index = verdicts.push(isStale ? staleVerdict(found, ageMs) : found) - 1;
      byTime.set(key, index);
    }
    return index;
  };
}

function rowsOf({ organization }: Snapshot): readonly MatrixAccount[] {
  const units = new Map(organization.organizationalUnits.map((unit) => [unit.id, unit]));
  const paths = new Map<string, readonly string[]>();
  const pathOf = (id: string): readonly string[] => {
    let path = paths.get(id);
    if (path === undefined) {
      const unit = units.get(id);
      path = unit === undefined ? [] : [...pathOf(unit.parentId), unit.name];
      paths.set(id, path);
    }
    return path;
  };
  return organization.accounts
    .map((account) => ({
      id: account.id,
      name: account.name,
      path: pathOf(account.parentId),
      state: account.state,
      isManagement: account.id === organization.managementAccountId,
      joinedAt: account.joinedAt,
      tags: account.tags ?? {},
      key: `${pathOf(account.parentId).join("\n")}\n\n${account.name}\n${account.id}`,
    }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ key: _, ...row }) => row);
}

/** The verdict of a column in a row and the Region of that index. */
export function verdictAt(
  matrix: Matrix,
  column: MatrixColumn,
  row: number,
  region: number,
): Verdict {
  const index = column.cells[row * column.regions.length + region] ?? -1;
  const found = matrix.verdicts[index];
  if (found === undefined) throw new RangeError(`no cell ${row}, ${region} of ${column.service}`);
  return found;
}
