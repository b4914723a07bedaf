import type { AccountId, RegionName } from "../core/identifiers.ts";
import { managementClasses } from "./overlap.ts";
import type { Place } from "./places.ts";
import type { RegionFacts } from "./state.ts";
import type { TrailRow } from "./trail-row.ts";
import type { Bill } from "./usage.ts";

/**
 * Whether a trail could be deleted. `keep`: nothing else takes what it takes; `unverified`: others
 * should, and it was not seen that they deliver; `possible`: others do. Even then `open` is left to
 * be answered by people.
 */
export interface Removal {
  readonly verdict: "keep" | "unverified" | "possible";
  /** In words that end no sentence. */
  readonly why: string;
  /** What would be lost with it, beside copies. */
  readonly loses: readonly string[];
  /** What nobody but people can answer. */
  readonly open: readonly string[];
}

/** How old the delivery of another trail may be. */
const freshMs = 3_600_000;

/** What a removal is judged by. */
export interface RemovalContext {
  readonly rows: readonly TrailRow[];
  /** Places where a trail logs, by its ARN. */
  readonly placesOf: ReadonlyMap<string, readonly Place[]>;
  readonly takenAtMs: number;
  readonly bill?: Bill;
  nameOf(account: AccountId): string;
}

/**
 * Judges whether a trail could be deleted: in every place where it logs, another one must take each
 * class of its events, and have delivered there within the hour before it was read. A Region in which
 * the bill has no events has nothing to deliver; one in which it has some, and that nobody looked at,
 * leaves it unverified.
 */
export function removalOf(row: TrailRow, context: RemovalContext): Removal {
  const { verdict, why } = judge(row, context);
  const looked = [...new Set((context.placesOf.get(row.arn) ?? []).map(({ region }) => region))];
  const isOpenElsewhere =
    verdict === "possible" && row.isMultiRegion === true && context.bill === undefined;
  const elsewhere = isOpenElsewhere
    ? [`does what stands in deliver where nobody looked? Only ${looked.join(", ")} were looked at`]
    : [];
  return { verdict, why, loses: losses(row, context), open: [...elsewhere, ...openQuestions(row)] };
}

function judge(row: TrailRow, context: RemovalContext): Pick<Removal, "verdict" | "why"> {
  const { rows, placesOf, bill, nameOf } = context;
  if (row.events === null || row.status === "unknown") {
    return { verdict: "unverified", why: "what it takes was not read" };
  }
  if (row.status === "stopped") {
    const others = rows.filter((one) => one.arn !== row.arn && one.kind === "organization");
    const good = others.find(({ regions, homeRegion }) =>
      isFresh(regions[homeRegion], context.takenAtMs),
    );
    return good === undefined
      ? { verdict: "unverified", why: "it is stopped, and no other trail was seen to deliver" }
      : { verdict: "possible", why: `it is stopped, and ${good.name} delivers` };
  }
  const own = placesOf.get(row.arn) ?? [];
  let unverified: string | undefined;
  let count = 0;
  // Places with the same trails, which is most of them, share one list.
  const known = new Map<Place["trails"], Map<RegionName, PlaceVerdict>>();
  for (const { account, region, trails } of own) {
    const byRegion = known.get(trails) ?? new Map<RegionName, PlaceVerdict>();
    known.set(trails, byRegion);
    const found = byRegion.get(region) ?? judgePlace(row, trails, region, context.takenAtMs);
    byRegion.set(region, found);
    if (found.kept !== undefined) {
      return { verdict: "keep", why: `${found.kept} in ${nameOf(account)}, ${region}` };
    }
    const isIdle = bill !== undefined && bill.at(account, region).freeEvents === 0;
    if (found.unverified !== undefined && !(isIdle && found.isQuiet === true)) {
      unverified ??= `${found.unverified} in ${region}`;
      count += 1;
    }
  }
  if (own.length === 0) return { verdict: "unverified", why: "where it logs is not known" };
  if (unverified !== undefined) {
    const more = count > 1 ? `, and in ${count - 1} more places` : "";
    return { verdict: "unverified", why: `${unverified} was not seen to deliver${more}` };
  }
  const unseen = row.isMultiRegion === true && bill !== undefined ? unseenIn(own, bill) : [];
  if (unseen.length > 0) {
    const where = unseen.slice(0, 5).join(", ");
    const more = unseen.length > 5 ? ` and ${unseen.length - 5} more` : "";
    return {
      verdict: "unverified",
      why: `nobody looked at ${where}${more}, where it takes events too: name governedRegions`,
    };
  }
  const others = new Set([...known.keys()].flatMap((trails) => standIns(row, trails)));
  const isSeen = ({ regions }: TrailRow): boolean =>
    Object.values(regions).some((facts) => isFresh(facts, context.takenAtMs));
  const seen = [...others].filter(isSeen);
  if (seen.length === 0) {
    return { verdict: "unverified", why: "no other trail was seen to deliver anywhere" };
  }
  const names = seen.map(({ name }) => name).join(" and ");
  const does =
    seen.length === 1 ? "takes the same everywhere, and delivers" : "take the same, and deliver";
  return { verdict: "possible", why: `${names} ${does}` };
}

/** Regions with events of the accounts that a trail logs in, of which nobody read how it is there. */
function unseenIn(own: readonly Place[], { active }: Bill): readonly string[] {
  const accounts = new Set(own.map(({ account }) => account));
  const looked = new Set(own.map(({ account, region }) => `${account}/${region}`));
  const found = active
    .filter(({ account, region }) => accounts.has(account) && !looked.has(`${account}/${region}`))
    .map(({ region }) => region ?? "a Region that the bill does not name");
  return [...new Set(found)].sort();
}

/** What becomes of a place without a trail. */
interface PlaceVerdict {
  /** Why it must be kept for this place. */
  readonly kept?: string;
  /** Names of those that should stand in and were not seen to deliver. */
  readonly unverified?: string;
  /** They are logging without an error, and may have had nothing to deliver. */
  readonly isQuiet?: boolean;
}

/**
 * Trails that can stand in for one: for the organization's, which takes accounts that are yet to join,
 * another of the organization's; for one of all Regions, which takes those that nobody governs,
 * another of all Regions.
 */
function standIns(row: TrailRow, trails: readonly TrailRow[]): readonly TrailRow[] {
  return trails.filter(
    (one) =>
      one !== row &&
      (row.kind !== "organization" || one.kind === "organization") &&
      (row.isMultiRegion !== true || one.isMultiRegion === true),
  );
}

function judgePlace(
  row: TrailRow,
  trails: readonly TrailRow[],
  region: RegionName,
  takenAtMs: number,
): PlaceVerdict {
  const others = standIns(row, trails);
  const sole = soleIn(row, others);
  if (sole !== undefined) {
    const all = trails.filter((one) => one !== row);
    return soleIn(row, all) === undefined
      ? { kept: `what else takes ${sole} is of one account or one Region alone` }
      : { kept: `nothing else takes ${sole}` };
  }
  const delivering = others.filter(({ regions }) => isFresh(regions[region], takenAtMs));
  if (soleIn(row, delivering) === undefined) return {};
  const quiet = others.filter(({ regions }) => isWell(regions[region]));
  return {
    unverified: others.map(({ name }) => name).join(", "),
    isQuiet: soleIn(row, quiet) === undefined,
  };
}

/** The first class of a trail that none of the others takes. */
function soleIn(row: TrailRow, others: readonly TrailRow[]): string | undefined {
  const reading = [row, ...others].flatMap((one) =>
    one.events === null ? [] : [{ ...one, events: one.events }],
  );
  const lone = managementClasses(reading).find(
    ({ trails }) => trails.length === 1 && trails[0] === row.arn,
  );
  if (lone !== undefined) return lone.what;
  const rest = others.flatMap(({ events }) => events ?? []);
  const narrowed = row.events?.narrowedBy ?? [];
  const takesAll = rest.some(({ reads, writes }) => reads !== null && writes !== null);
  if (narrowed.length > 0 && !takesAll) return `management events chosen by ${narrowed.join(", ")}`;
  const data = row.events?.data.find(
    ({ type, reads, writes }) =>
      !rest
        .flatMap((events) => events.data)
        .some(
          (one) => one.type === type && one.all && (one.reads || !reads) && (one.writes || !writes),
        ),
  );
  if (data !== undefined) return `data events of ${data.type}`;
  const network = row.events?.network.find((source) =>
    rest.every((events) => !events.network.includes(source)),
  );
  return network === undefined ? undefined : `network activity of ${network}`;
}

/** Whether it is logging there without an error. */
function isWell(facts: RegionFacts | undefined): facts is RegionFacts {
  return facts?.logging === true && (facts.latestDeliveryError ?? "") === "";
}

function isFresh(facts: RegionFacts | undefined, takenAtMs: number): boolean {
  if (!isWell(facts) || facts.latestDelivery === undefined) return false;
  return takenAtMs - Date.parse(facts.latestDelivery) <= freshMs;
}

function losses(row: TrailRow, { rows }: RemovalContext): readonly string[] {
  const others = rows.filter((one) => one !== row && one.status === "logging");
  const found = (row.insights ?? []).filter((type) =>
    others.every(({ insights }) => insights?.includes(type) !== true),
  );
  const lost = found.map((type) => `CloudTrail Insights (${type}), which no other trail has`);
  if (row.hasValidation === true && others.every(({ hasValidation }) => hasValidation !== true)) {
    lost.push("digests by which log files are proved, which no other trail writes");
  }
  return lost;
}

function openQuestions(row: TrailRow): readonly string[] {
  const { destination, logGroup, snsTopic, kind } = row;
  const bucket = destination?.account === undefined ? undefined : destination.bucket;
  const group = /:log-group:([^:]+)/.exec(logGroup)?.[1];
  return [
    ...(bucket === undefined
      ? ["where are the files that it once wrote, and does anybody need them?"]
      : [
          `does anybody read s3://${bucket}: a SIEM, Athena, Security Lake, auditors?`,
          `how long must the files stay that are in s3://${bucket}? Deleting a trail keeps them`,
        ]),
    ...(group === undefined ? [] : [`which metric filters and alarms hang on log group ${group}?`]),
    ...(snsTopic === "" ? [] : [`who subscribes to ${snsTopic}?`]),
    ...(kind === "organization"
      ? [
          "does AWS Control Tower or a landing zone manage it? It then makes it anew, or breaks",
          "trusted access of cloudtrail.amazonaws.com must stay for the trail that stays",
        ]
      : []),
  ];
}
