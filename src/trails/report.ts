import type { AccountId, RegionName } from "../core/identifiers.ts";
import type { Gap } from "../core/read.ts";
import type { CollectTier, Snapshot } from "../core/snapshot.ts";
import { gapFinder } from "../coverage/gap-finder.ts";
import { type Money, type MoneySources, moneyOf } from "./money.ts";
import { type OverlapGroup, overlapGroups } from "./overlap.ts";
import { type Place, placesOf } from "./places.ts";
import { type Removal, removalOf } from "./removal.ts";
import type { StoreFacts, TrailsState } from "./state.ts";
import { type TrailRow, trailRows } from "./trail-row.ts";
import { type Bill, billOf, type EventCounts } from "./usage.ts";

/** What can be wrong with a trail; `--fail-on` names them. */
export const trailFaults = ["duplicate", "stopped", "failing", "unsafe"] as const;

/** What can be wrong with a trail. */
export type TrailFault = (typeof trailFaults)[number];

/** A trail with what was found. */
export interface ReportedTrail extends TrailRow {
  readonly accountName: string;
  readonly faults: readonly TrailFault[];
  /** Numbers of the groups that it is in. */
  readonly groups: readonly number[];
  readonly removal: Removal;
}

/** A group with what it costs. */
export interface PricedGroup extends OverlapGroup {
  /** From 1. */
  readonly number: number;
  readonly money: Money;
}

/** What is known of all trails of an organization. */
export interface TrailsReport {
  readonly organizationId: string;
  readonly takenAt: string;
  readonly tier: CollectTier | null;
  readonly trails: readonly ReportedTrail[];
  readonly groups: readonly PricedGroup[];
  readonly stores: readonly StoreFacts[] | null;
  /** Further copies of management events on the bill, and how much of that the groups explain. */
  readonly bill: {
    readonly start: string;
    readonly end: string;
    readonly currency: string;
    readonly total: number;
    readonly copies: number;
    readonly explained: number;
  } | null;
  /** Why there is no bill. */
  readonly noBill: string | null;
  /** Accounts that paid for copies where no second trail was seen. */
  readonly unexplained: readonly UnexplainedCopies[];
  /** What is not known, in words that end no sentence. */
  readonly unknown: readonly string[];
}

/** Copies that an account paid for, and that no trails explain. */
export interface UnexplainedCopies {
  readonly account: AccountId;
  readonly name: string;
  /** Where, of the Regions that were looked at. */
  readonly regions: readonly RegionName[];
  /** Where else: Regions that were not looked at, and those that the bill does not name. */
  readonly elsewhere: readonly string[];
}

/** What a report is made from beside the snapshot. */
export interface TrailsOptions {
  /** Counts of events from logs, for where there is no bill. */
  readonly counts?: EventCounts;
}

/** Says what trails there are, where they do the same, what that costs, and what is not known. */
export function trailsReport(snapshot: Snapshot, options: TrailsOptions = {}): TrailsReport {
  const { organization, takenAt, scope } = snapshot;
  // A service's state is plain JSON in the service's own form.
  const state = snapshot.services?.cloudtrail as TrailsState | undefined;
  const names = new Map(organization.accounts.map(({ id, name }) => [id, name]));
  const rows = state === undefined ? [] : trailRows(state, organization.managementAccountId);
  const places = placesOf(snapshot, rows);
  const bill = state?.usage ? billOf(state.usage) : undefined;
  const gaps = gapFinder(snapshot);
  const why = (subject: string): string => {
    const gap = gaps.near("cloudtrail", subject);
    return gap === undefined ? "it was not read" : gapWords(gap);
  };
  const noBill = bill === undefined ? noBillWords(state, gaps.at("cloudtrail", "usage")) : null;
  const sources: MoneySources = {
    ...(bill === undefined ? {} : { bill }),
    ...(options.counts === undefined ? {} : { counts: options.counts }),
    noBill: noBill ?? "",
    begun: new Map(
      rows.flatMap(({ arn, status, since = "" }): [string, string][] =>
        bill !== undefined && status !== "stopped" && since > bill.start ? [[arn, since]] : [],
      ),
    ),
  };
  const groups = overlapGroups(places)
    .map((group) => ({ ...group, money: moneyOf(group, sources) }))
    .sort((a, b) => (b.money.amount ?? 0) - (a.money.amount ?? 0))
    .map((group, index): PricedGroup => ({ ...group, number: index + 1 }));
  const context = {
    rows,
    placesOf: placesByTrail(places),
    takenAtMs: Date.parse(takenAt),
    nameOf: (account: AccountId) => names.get(account) ?? account,
    ...(bill === undefined ? {} : { bill }),
  };
  const trails = rows.map((row): ReportedTrail => {
    const own = groups.filter((group) => group.trails.includes(row.arn));
    return {
      ...row,
      accountName: names.get(row.account) ?? row.account,
      faults: faultsOf(row, own),
      groups: own.map(({ number }) => number),
      removal: removalOf(row, context),
    };
  });
  return {
    organizationId: organization.id,
    takenAt,
    tier: scope?.tier ?? null,
    trails,
    groups,
    stores: state?.stores ?? null,
    bill: bill === undefined ? null : billSums(bill, groups),
    noBill,
    unexplained:
      bill === undefined
        ? []
        : unexplainedIn(bill, groups, new Set(places.map(({ region }) => region))).map((found) => ({
            ...found,
            name: names.get(found.account) ?? found.account,
          })),
    unknown: unknownsOf(snapshot, state, rows, why, names),
  };
}

function placesByTrail(places: readonly Place[]): ReadonlyMap<string, readonly Place[]> {
  const found = new Map<string, Place[]>();
  for (const place of places) {
    for (const { arn } of place.trails) {
      const known = found.get(arn);
      if (known === undefined) found.set(arn, [place]);
      else known.push(place);
    }
  }
  return found;
}

function faultsOf(row: TrailRow, groups: readonly PricedGroup[]): readonly TrailFault[] {
  const found: Readonly<Record<TrailFault, boolean>> = {
    duplicate: groups.length > 0,
    stopped: row.status === "stopped",
    failing: row.status === "failing",
    unsafe: row.destination?.safety === "unsafe",
  };
  return trailFaults.filter((fault) => found[fault]);
}

function billSums(bill: Bill, groups: readonly PricedGroup[]): NonNullable<TrailsReport["bill"]> {
  const { start, end, currency, total, paidCost: copies } = bill;
  const explained = groups.reduce(
    (sum, { money }) => sum + (money.source === "bill" ? (money.amount ?? 0) : 0),
    0,
  );
  const exact = { total, copies, explained };
  const sums = Object.entries(exact).map(([name, sum]) => [name, Number(sum.toFixed(6))]);
  return { start, end, currency, ...(Object.fromEntries(sums) as typeof exact) };
}

function unexplainedIn(
  bill: Bill,
  groups: readonly PricedGroup[],
  looked: ReadonlySet<RegionName>,
): readonly Omit<UnexplainedCopies, "name">[] {
  const seen = new Set(
    groups.flatMap(({ kind, places }) =>
      kind === "management"
        ? Object.entries(places).flatMap(([account, regions]) =>
            regions.map((region) => `${account}/${region}`),
          )
        : [],
    ),
  );
  const left = bill.paid.filter(({ account, region }) => !seen.has(`${account}/${region}`));
  return [...new Set(left.map(({ account }) => account))].sort().map((account) => {
    const regions = left.flatMap((one) => (one.account === account ? [one.region] : []));
    const isLooked = (region: string | null): region is string =>
      region !== null && looked.has(region);
    return {
      account,
      regions: regions.filter(isLooked).sort(),
      elsewhere: regions
        .filter((region) => !isLooked(region))
        .map((region) => region ?? "a Region that the bill does not name")
        .sort(),
    };
  });
}

function noBillWords(state: TrailsState | undefined, gap: Gap | undefined): string {
  if (gap !== undefined) return gapWords(gap);
  if (state?.usage === null)
    return "AWS Cost Explorer has no data, or tells this account of itself alone";
  return "AWS Cost Explorer was not asked";
}

function gapWords({ operation, kind, message }: Gap): string {
  return `${operation} gave no answer (${kind}: ${message.replace(/\.+$/, "")})`;
}

/** Accounts whose own trails nobody told of: those that gave the same answer in one line. */
function ownTrailsUnknown(
  members: readonly { readonly id: AccountId; readonly name: string }[],
  why: (subject: string) => string,
): readonly string[] {
  const alike = new Map<string, { readonly names: string[]; readonly why: string }>();
  for (const { id, name } of members) {
    const reason = why(`local/${id}`);
    const key = reason.replaceAll(id, "");
    const known = alike.get(key) ?? { names: [], why: reason };
    known.names.push(`${name} (${id})`);
    alike.set(key, known);
  }
  return [...alike.values()].map(({ names, why: reason }) => {
    const rest = names.length - mostNames;
    const shown = `${names.slice(0, mostNames).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
    return `own trails of ${shown}: ${reason}`;
  });
}

/** Accounts that a line names. */
const mostNames = 10;

/** What was not read, the same for many accounts in one line. */
function unknownsOf(
  { organization, scope }: Snapshot,
  state: TrailsState | undefined,
  rows: readonly TrailRow[],
  why: (subject: string) => string,
  names: ReadonlyMap<AccountId, string>,
): readonly string[] {
  if (state?.trails === undefined) {
    return [`trails of the organization and the management account: ${why("trails")}`];
  }
  const members = organization.accounts.filter(
    (one) =>
      one.state === "ACTIVE" &&
      one.id !== organization.managementAccountId &&
      state.local?.[one.id] === undefined,
  );
  const found: string[] = [];
  if (members.length > 0 && scope?.tier !== "inside") {
    found.push(
      `own trails of ${members.length} member accounts: only they know, and were not asked (\`--tier inside\`)`,
    );
  } else {
    found.push(...ownTrailsUnknown(members, why));
  }
  const management = organization.managementAccountId;
  for (const { account, name, status, events, kind, destination } of rows) {
    const base = account === management ? `trails/${name}` : `local/${account}/${name}`;
    const of = `${name} of ${names.get(account) ?? account}`;
    if (kind === "unknown") found.push(`settings of ${of}: ${why(base)}`);
    if (status === "unknown") found.push(`whether ${of} is logging: ${why(`${base}/status`)}`);
    if (destination?.safety === "unknown") {
      const { text } = destination.remarks[0] ?? { text: "" };
      found.push(`whether s3://${destination.bucket}, where ${of} writes to, is safe: ${text}`);
    }
    if (events === null) found.push(`what ${of} takes: ${why(`${base}/selectors`)}`);
  }
  return found;
}
