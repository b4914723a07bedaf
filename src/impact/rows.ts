import type { Assessor, Judged } from "./assess.ts";
import type { Outcome } from "./call.ts";
import { type Grounds, groundsOf } from "./judge.ts";
import { type Effect, effects, type ImpactRow } from "./report.ts";
import { compareTexts } from "./tally.ts";
import { createTuples } from "./tuples.ts";

/** Who is named, in which Region: numbers of texts. */
export interface RowPlace {
  readonly principal: number;
  readonly account: number;
  readonly region: number;
  readonly outcome: Outcome;
}

/** The rows of a report while calls are added. */
export interface Rows {
  /** Adds calls whose answer changes, of times in milliseconds since the epoch. */
  add(judged: Judged, place: RowPlace, count: number, first: number, last: number): void;
  close(): readonly ImpactRow[];
}

interface OpenRow {
  readonly effect: Effect;
  /** The judged call that came first, which the row is explained by. */
  lead: Judged;
  readonly place: { readonly principal: number; readonly account: number };
  readonly regions: number[];
  count: number;
  failed: number;
  first: number;
  last: number;
}

/** So many rows, the heaviest, are each explained by their own first call. */
const explainedRows = 200;

/** Makes rows, none at first; `text` gives the texts of numbers. */
export function createRows(assessor: Assessor, text: (number: number) => string): Rows {
  const kinds = new Map<string, number>();
  const kindOf = new Map<Judged, Int32Array>();
  const numbers = createTuples(3);
  const tuple = new Int32Array(3);
  const rows: OpenRow[] = [];

  /** The number of what rows of a judged call have in common, by effect. */
  const kindsOf = (judged: Judged): Int32Array => {
    const { change, checked, standing } = judged;
    const found = Int32Array.from(effects, (effect) => {
      const name = `${effect} ${change.certain} ${checked.action} ${standing.onBehalf}`;
      const kind = kinds.get(name) ?? kinds.size;
      kinds.set(name, kind);
      return kind;
    });
    return found;
  };

  /** Whether a call comes before the one that a row is explained by; never by chance. */
  const leads = (judged: Judged, first: number, row: OpenRow): boolean => {
    if (judged === row.lead) return false;
    if (first !== row.first) return first < row.first;
    return assessor.signature(judged) < assessor.signature(row.lead);
  };

  return {
    add: (judged, place, count, first, last) => {
      const effect = effectOf(judged, place.outcome);
      // Those of keys are asked for again and again; those of records never.
      const known = kindOf.get(judged) ?? kindsOf(judged);
      if (judged.open.length === 0 && judged.question.resources.known.length === 0) {
        kindOf.set(judged, known);
      }
      tuple[0] = known[effect] as number;
      tuple[1] = place.principal;
      tuple[2] = place.account;
      const number = numbers.number(tuple);
      const row = rows[number];
      const failed = place.outcome === "other" ? count : 0;
      if (row === undefined) {
        rows.push({
          effect: effects[effect] as Effect,
          lead: judged,
          place: { principal: place.principal, account: place.account },
          regions: [place.region],
          count,
          failed,
          first,
          last,
        });
        return;
      }
      if (leads(judged, first, row)) row.lead = judged;
      if (!row.regions.includes(place.region)) row.regions.push(place.region);
      row.count += count;
      row.failed += failed;
      // Not a number where no time is known: comparisons are false.
      if (!(first >= row.first)) row.first = first;
      if (!(last <= row.last)) row.last = last;
    },
    close: () => closeRows(rows, text),
  };
}

function effectOf({ change }: Judged, outcome: Outcome): number {
  if (change.effect === "allowed") return effects.indexOf("newlyAllowed");
  return effects.indexOf(
    outcome === "none" || outcome === "other" ? "newlyDenied" : "alreadyDenied",
  );
}

/** Rows in order, with what they rest on; beyond the first those of an action share it. */
function closeRows(
  open: readonly OpenRow[],
  text: (number: number) => string,
): readonly ImpactRow[] {
  const shared = new Map<string, Grounds>();
  const named = open.map((row) => {
    const { change, checked, standing } = row.lead;
    const certainty: ImpactRow["certainty"] = change.certain ? "certain" : "possible";
    return {
      row,
      effect: row.effect,
      certainty,
      account: text(row.place.account),
      principal: text(row.place.principal),
      action: checked.action,
      onBehalf: standing.onBehalf,
      count: row.count,
    };
  });
  return named.sort(byWeight).map(({ row, ...shown }, index) => {
    const { lead } = row;
    const where = lead.question.context["aws:RequestedRegion"];
    const id = `${lead.chains.id} ${shown.action} ${shown.effect} ${shown.certainty} ${String(where)} ${shown.onBehalf}`;
    const held = index < explainedRows ? undefined : shared.get(id);
    const grounds = held ?? rowGrounds(lead, row.effect);
    shared.set(id, grounds);
    return {
      ...shown,
      failed: row.failed,
      ...(Number.isNaN(row.first) ? {} : { first: isoTime(row.first) }),
      ...(Number.isNaN(row.last) ? {} : { last: isoTime(row.last) }),
      regions: row.regions
        .map(text)
        .filter((one) => one !== "")
        .sort(compareTexts),
      ...grounds,
    };
  });
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
  return `${new Date(Math.floor(ms / 1_000) * 1_000).toISOString().slice(0, 19)}Z`;
}

interface Weighed {
  readonly effect: Effect;
  readonly certainty: string;
  readonly count: number;
  readonly account: string;
  readonly principal: string;
  readonly action: string;
  readonly onBehalf: boolean;
}

function byWeight(a: Weighed, b: Weighed): number {
  return (
    effects.indexOf(a.effect) - effects.indexOf(b.effect) ||
    compareTexts(a.certainty, b.certainty) ||
    b.count - a.count ||
    compareTexts(a.account, b.account) ||
    compareTexts(a.principal, b.principal) ||
    compareTexts(a.action, b.action) ||
    Number(a.onBehalf) - Number(b.onBehalf)
  );
}
