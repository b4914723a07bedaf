import { cloudtrailPrices } from "../data/cloudtrail-prices.ts";
import type { OverlapGroup } from "./overlap.ts";
import type { Place } from "./places.ts";
import type { Bill, EventCounts } from "./usage.ts";

/** What copies cost, and how that is known. An estimate is never called a bill. */
export interface Money {
  /** Dollars a month; `null`: not known. */
  readonly amount: number | null;
  readonly source: "bill" | "estimate" | "unknown";
  /** Where it comes from, in words that end no sentence. */
  readonly basis: string;
  /** First day, and the day after the last. */
  readonly period?: { readonly start: string; readonly end: string };
  /** Day of the prices that an estimate is made with. */
  readonly pricesOf?: string;
  /**
   * `agrees`: the bill is what these trails explain; `incomplete`: it is not, so something is missing
   * here; `unchecked`: it cannot be said.
   */
  readonly check: "agrees" | "incomplete" | "unchecked";
  readonly checkWhy: string;
  /** Dollars a month from now on, at list prices: what the bill's events cost with today's trails. */
  readonly fromNowOn: number | null;
}

/** What money is told by. */
export interface MoneySources {
  readonly bill?: Bill;
  readonly counts?: EventCounts;
  /** Why there is no bill. */
  readonly noBill: string;
  /** Trails that began to log since the bill's month began, by ARN, with the time. */
  readonly begun: ReadonlyMap<string, string>;
}

const { perEvent, tolerance, asOf: pricesOf } = cloudtrailPrices;

/** Says what the further copies of a group cost. */
export function moneyOf(group: OverlapGroup, sources: MoneySources): Money {
  const { amount, fromNowOn, ...money } = exactMoney(group, sources);
  return { ...money, amount: rounded(amount), fromNowOn: rounded(fromNowOn) };
}

/** To a millionth: what is less comes from adding floating numbers. */
function rounded(amount: number | null): number | null {
  return amount === null ? null : Number(amount.toFixed(6));
}

function exactMoney(group: OverlapGroup, sources: MoneySources): Money {
  const { bill, counts, noBill } = sources;
  if (bill !== undefined)
    return group.kind === "management" ? billed(group, bill, sources) : shared(group, bill);
  const estimate =
    counts !== undefined && group.kind === "management" ? counted(group, counts) : undefined;
  if (counts !== undefined && estimate !== undefined) {
    return {
      amount: estimate,
      source: "estimate",
      basis: `events of ${counts.days} days in logs, scaled to 30 days, at list prices of ${pricesOf}`,
      pricesOf,
      check: "unchecked",
      checkWhy: noBill,
      fromNowOn: estimate,
    };
  }
  return {
    amount: null,
    source: "unknown",
    basis: noBill,
    check: "unchecked",
    checkWhy: noBill,
    fromNowOn: null,
  };
}

function placesIn({ places }: OverlapGroup): readonly Pick<Place, "account" | "region">[] {
  return Object.entries(places).flatMap(([account, regions]) =>
    regions.map((region) => ({ account, region })),
  );
}

function billed(group: OverlapGroup, bill: Bill, { begun }: MoneySources): Money {
  const { start, end } = bill;
  let [free, paid, amount] = [0, 0, 0];
  for (const { account, region } of placesIn(group)) {
    const usage = bill.at(account, region);
    free += usage.freeEvents;
    paid += usage.paidEvents;
    amount += usage.paidCost;
  }
  const common = {
    amount,
    source: "bill",
    basis: "AWS Cost Explorer, further copies of management events",
    period: { start, end },
    pricesOf,
  } as const;
  if (!group.isUniform || group.inexact !== undefined) {
    const checkWhy = "the trails take different events, which the bill does not tell apart";
    return { ...common, check: "unchecked", checkWhy, fromNowOn: null };
  }
  const expected = (group.copies - 1) * free;
  const fromNowOn = expected * perEvent.management;
  const off = Math.abs(paid - expected) > tolerance * Math.max(paid, expected);
  const late = group.trails.flatMap((arn) => {
    const at = begun.get(arn);
    return at === undefined ? [] : [`${arn.split("/").at(-1)} began to log on ${at.slice(0, 10)}`];
  });
  const numbers = `${whole(paid)} copies were paid for, ${group.copies - 1} x ${whole(free)} are explained`;
  return {
    ...common,
    check: off ? "incomplete" : "agrees",
    checkWhy: off ? [numbers, ...late].join("; ") : numbers,
    fromNowOn,
  };
}

/** Every copy of data events is paid for, and the bill does not say by which trail. */
function shared(group: OverlapGroup, bill: Bill): Money {
  const cost = placesIn(group).reduce((sum, { account, region }) => {
    const { dataCost, networkCost } = bill.at(account, region);
    return sum + (group.kind === "data" ? dataCost : networkCost);
  }, 0);
  const extra = group.isUniform && group.inexact === undefined;
  const checkWhy = "the bill has one sum for all trails";
  if (!extra) {
    const basis = "the trails take different events, and the bill has one sum for all of them";
    return {
      amount: null,
      source: "unknown",
      basis,
      check: "unchecked",
      checkWhy,
      fromNowOn: null,
    };
  }
  const amount = (cost * (group.copies - 1)) / group.copies;
  return {
    amount,
    source: "estimate",
    basis: `${group.copies - 1} of ${group.copies} parts of what AWS Cost Explorer has for such events`,
    period: { start: bill.start, end: bill.end },
    check: "unchecked",
    checkWhy,
    fromNowOn: amount,
  };
}

function counted(group: OverlapGroup, { days, lines }: EventCounts): number | undefined {
  if (days <= 0) return undefined;
  const named = new Set(group.classes.flatMap(({ sources }) => sources));
  const where = new Set(placesIn(group).map(({ account, region }) => `${account}/${region}`));
  let paid = 0;
  for (const { account, region, access, source, events } of lines) {
    if (!where.has(`${account}/${region}`)) continue;
    const name = named.has(source) ? source : "other";
    const found = group.classes.find((one) => one.access === access && one.sources.includes(name));
    paid += events * ((found?.trails.length ?? 1) - 1);
  }
  return (paid / days) * 30 * perEvent.management;
}

function whole(events: number): string {
  return Math.round(events).toLocaleString("en-US");
}
