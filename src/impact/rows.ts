import { createTuples } from "../core/tuples.ts";
import type { Assessor, Judged } from "./assess.ts";
import type { Outcome } from "./call.ts";
import { type Grounds, groundsOf } from "./judge.ts";
import { type Effect, effects, type ImpactRow } from "./report.ts";
import { rowOrder } from "./row-order.ts";
import { compareTexts } from "./tally.ts";

/** Who is named, in which Region: numbers of texts. */
export interface RowPlace {
  readonly principal: number;
  readonly account: number;
  readonly region: number;
  readonly outcome: Outcome;
  /** The verdict that calls of this place share, where it is what they were judged. */
  readonly verdict?: { readonly number: number; readonly assessed: unknown };
}

/** The rows of a report while calls are added. */
export interface Rows {
  /** Adds calls whose answer changes, of times in milliseconds since the epoch. */
  add(judged: Judged, place: RowPlace, count: number, first: number, last: number): void;
  close(): readonly ImpactRow[];
}

/** Rows by columns: there may be a million, and each is added to again and again. */
interface OpenRows {
  size: number;
  /** The judged calls that came first, which rows are explained by. */
  readonly leads: Judged[];
  readonly principals: number[];
  readonly accounts: number[];
  effects: Int32Array;
  regions: Int32Array;
  counts: Float64Array;
  failed: Float64Array;
  first: Float64Array;
  last: Float64Array;
}

/** So many different requests, of the heaviest rows, are explained; others share with those alike. */
const explained = 200;

/** Makes rows, none at first; `text` gives the texts of numbers. */
export function createRows(assessor: Assessor, text: (number: number) => string): Rows {
  const kinds = new Map<string, number>();
  const kindsByVerdict: (Int32Array | undefined)[] = [];
  const numbers = createTuples(3);
  const tuple = new Int32Array(3);
  const regions = createSets();
  const rows: OpenRows = {
    size: 0,
    leads: [],
    principals: [],
    accounts: [],
    effects: new Int32Array(1_024),
    regions: new Int32Array(1_024),
    counts: new Float64Array(1_024),
    failed: new Float64Array(1_024),
    first: new Float64Array(1_024),
    last: new Float64Array(1_024),
  };

  /** The number of what rows of a judged call have in common, by effect. */
  const kindsOf = (judged: Judged): Int32Array => {
    const { change, checked, standing } = judged;
    return Int32Array.from(effects, (effect) => {
      const name = `${effect} ${change.certain} ${checked.action} ${standing.onBehalf}`;
      const kind = kinds.get(name) ?? kinds.size;
      kinds.set(name, kind);
      return kind;
    });
  };

  const knownKinds = (judged: Judged, { verdict }: RowPlace): Int32Array => {
    if (verdict?.assessed !== judged) return kindsOf(judged);
    const known = kindsByVerdict[verdict.number] ?? kindsOf(judged);
    kindsByVerdict[verdict.number] = known;
    return known;
  };

  const open = (judged: Judged, place: RowPlace, effect: number): void => {
    const { size } = rows;
    if (size === rows.counts.length) {
      for (const name of ["effects", "regions"] as const) rows[name] = more(rows[name]);
      for (const name of ["counts", "failed", "first", "last"] as const) {
        rows[name] = more(rows[name]);
      }
    }
    rows.leads.push(judged);
    rows.principals.push(place.principal);
    rows.accounts.push(place.account);
    rows.effects[size] = effect;
    rows.first[size] = Number.NaN;
    rows.last[size] = Number.NaN;
    rows.size = size + 1;
  };

  return {
    add: (judged, place, count, first, last) => {
      const effect = effectOf(judged, place.outcome);
      tuple[0] = knownKinds(judged, place)[effect] as number;
      tuple[1] = place.principal;
      tuple[2] = place.account;
      const row = numbers.number(tuple);
      const isNew = row === rows.size;
      if (isNew) open(judged, place, effect);
      const lead = rows.leads[row] as Judged;
      const before = rows.first[row] as number;
      // Whichever comes first explains the row, and never by chance.
      if (lead !== judged && !isNew) {
        const isFirst =
          first < before ||
          (first === before && assessor.signature(judged) < assessor.signature(lead));
        if (isFirst) rows.leads[row] = judged;
      }
      rows.counts[row] = (rows.counts[row] as number) + count;
      if (place.outcome === "other") rows.failed[row] = (rows.failed[row] as number) + count;
      rows.regions[row] = regions.with(rows.regions[row] as number, place.region);
      // Not a number where no time is known: comparisons are false.
      if (!(first >= before)) rows.first[row] = first;
      if (!(last <= (rows.last[row] as number))) rows.last[row] = last;
    },
    close: () => closeRows(rows, regions, text),
  };
}

function more<T extends Int32Array | Float64Array>(old: T): T {
  const next = (
    old instanceof Int32Array ? new Int32Array(old.length * 2) : new Float64Array(old.length * 2)
  ) as T;
  next.set(old);
  return next;
}

/** Sets of numbers, by number; 0 is the empty one. */
interface Sets {
  /** The set with one member more. */
  with(set: number, member: number): number;
  members(set: number): readonly number[];
}

/** Makes sets: few of Regions, each of which many rows share. */
function createSets(): Sets {
  const sets: (readonly number[])[] = [[]];
  const numbers = new Map<string, number>([["", 0]]);
  const steps: Map<number, number>[] = [new Map()];
  return {
    members: (set) => sets[set] ?? [],
    with: (set, member) => {
      const known = steps[set]?.get(member);
      if (known !== undefined) return known;
      const members = [...new Set([...(sets[set] ?? []), member])].sort((a, b) => a - b);
      const id = members.join();
      let number = numbers.get(id);
      if (number === undefined) {
        number = sets.push(members) - 1;
        steps.push(new Map());
        numbers.set(id, number);
      }
      steps[set]?.set(member, number);
      return number;
    },
  };
}

function effectOf({ change }: Judged, outcome: Outcome): number {
  if (change.effect === "allowed") return effects.indexOf("newlyAllowed");
  return effects.indexOf(
    outcome === "none" || outcome === "other" ? "newlyDenied" : "alreadyDenied",
  );
}

/** Rows in order, with what they rest on. */
function closeRows(
  rows: OpenRows,
  regions: Sets,
  text: (number: number) => string,
): readonly ImpactRow[] {
  const shared = new Map<string, Grounds>();
  const own = new Map<Judged, Grounds>();
  const lists = new Map<number, readonly string[]>();
  const time = timeWriter();

  const regionsOf = (set: number): readonly string[] => {
    const known = lists.get(set);
    if (known !== undefined) return known;
    const members = regions.members(set).map(text);
    const list = members.filter((one) => one !== "").sort(compareTexts);
    lists.set(set, list);
    return list;
  };

  const groundsOfRow = (lead: Judged, effect: Effect): Grounds => {
    const known = own.get(lead);
    if (known !== undefined) return known;
    const { change, checked, chains, question, standing } = lead;
    const where = String(question.context["aws:RequestedRegion"]);
    const id = `${chains.id} ${checked.action} ${effect} ${change.certain} ${where} ${standing.onBehalf}`;
    const alike = own.size < explained ? undefined : shared.get(id);
    const grounds = alike ?? rowGrounds(lead, effect);
    own.set(lead, grounds);
    shared.set(id, grounds);
    return grounds;
  };

  const rowOf = (row: number): ImpactRow => {
    const lead = rows.leads[row] as Judged;
    const effect = effects[rows.effects[row] as number] as Effect;
    const first = rows.first[row] as number;
    const last = rows.last[row] as number;
    const { missing, decidedBy } = groundsOfRow(lead, effect);
    const made: ImpactRow = {
      effect,
      certainty: lead.change.certain ? "certain" : "possible",
      account: text(rows.accounts[row] as number),
      principal: text(rows.principals[row] as number),
      action: lead.checked.action,
      onBehalf: lead.standing.onBehalf,
      count: rows.counts[row] as number,
      failed: rows.failed[row] as number,
      regions: regionsOf(rows.regions[row] as number),
      missing,
      first: time(first),
      last: time(last),
      decidedBy: decidedBy ?? "",
    };
    // Nearly all rows have all members, and are made at once: one by one takes twice the time.
    if (decidedBy !== undefined && first <= last) return made;
    const { first: _, last: __, decidedBy: ___, ...others } = made;
    return {
      ...others,
      ...(Number.isNaN(first) ? {} : { first: made.first }),
      ...(Number.isNaN(last) ? {} : { last: made.last }),
      ...(decidedBy === undefined ? {} : { decidedBy }),
    } as ImpactRow;
  };
  return Array.from(rowOrder(rows, text), rowOf);
}

function rowGrounds({ chains, question, change }: Judged, effect: Effect): Grounds {
  const { before, after } = chains;
  const [own, other] = effect === "newlyAllowed" ? [before, after] : [after, before];
  const grounds = groundsOf(own, question);
  if (change.certain) return { ...grounds, missing: [] };
  const missing = new Set([...grounds.missing, ...groundsOf(other, question).missing]);
  if (missing.size === 0) missing.add("requestParameters");
  return { ...grounds, missing: [...missing].sort(compareTexts) };
}

/** A time as CloudTrail writes it, in whole seconds. */
export function isoTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

const dayMs = 86_400_000;

const minutesOfDay = 1_440;

/** Writes times as {@link isoTime} does, of parts; not a number is no text. */
function timeWriter(): (ms: number) => string {
  const days = new Map<number, string>();
  const two = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, "0"));
  const minutes = Array.from(
    { length: minutesOfDay },
    (_, minute) => `${two[Math.floor(minute / 60)]}:${two[minute % 60]}:`,
  );
  const seconds = two.map((text) => `${text}Z`);
  return (ms) => {
    if (Number.isNaN(ms)) return "";
    const day = Math.floor(ms / dayMs);
    let date = days.get(day);
    if (date === undefined) {
      date = isoTime(day * dayMs).slice(0, 11);
      days.set(day, date);
    }
    const second = Math.floor((ms - day * dayMs) / 1_000);
    const minute = Math.floor(second / 60);
    return date + minutes[minute] + seconds[second - minute * 60];
  };
}
