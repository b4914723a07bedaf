import type { AccountId, RegionName } from "../core/identifiers.ts";
import { cloudtrailPrices } from "../data/cloudtrail-prices.ts";
import { usageTypeRegions } from "../data/usage-type-regions.ts";
import type { UsageFacts } from "./state.ts";

/** What an account and Region were charged for. */
export interface PlaceUsage {
  readonly freeEvents: number;
  readonly paidEvents: number;
  readonly paidCost: number;
  readonly dataCost: number;
  readonly networkCost: number;
}

/** The bill by account and Region. */
export interface Bill {
  readonly start: string;
  readonly end: string;
  readonly currency: string;
  at(account: AccountId, region: RegionName): PlaceUsage;
  /** Places that were charged for further copies of management events. */
  readonly paid: readonly { readonly account: AccountId; readonly region: RegionName | null }[];
  /** Places that had management events, paid for or not. */
  readonly active: readonly { readonly account: AccountId; readonly region: RegionName | null }[];
  /** Of further copies of management events, in all accounts. */
  readonly paidCost: number;
  /** All that CloudTrail was charged for. */
  readonly total: number;
}

/** How many events a log of CloudTrail's holds, by account and Region. */
export interface EventCounts {
  readonly days: number;
  readonly lines: readonly {
    readonly account: AccountId;
    readonly region: RegionName;
    readonly access: "read" | "write";
    readonly source: string;
    readonly events: number;
  }[];
}

const none: PlaceUsage = { freeEvents: 0, paidEvents: 0, paidCost: 0, dataCost: 0, networkCost: 0 };

/** Reads the bill's lines. A Region whose code is not known is not guessed: `null`. */
export function billOf(usage: UsageFacts): Bill {
  const { usageTypes } = cloudtrailPrices;
  const places = new Map<string, { -readonly [M in keyof PlaceUsage]: PlaceUsage[M] }>();
  const paid = new Map<string, { account: AccountId; region: RegionName | null }>();
  const active = new Map<string, { account: AccountId; region: RegionName | null }>();
  let paidCost = 0;
  let total = 0;
  for (const { account, type, events, cost } of usage.lines) {
    const cut = type.lastIndexOf("-");
    const region =
      cut === -1
        ? usageTypeRegions.withoutCode
        : (usageTypeRegions.byCode[type.slice(0, cut)] ?? null);
    const kind = type.slice(cut + 1);
    const key = `${account}/${region}`;
    const place = places.get(key) ?? { ...none };
    places.set(key, place);
    total += cost;
    const isManagement = kind === usageTypes.free || kind === usageTypes.paid;
    if (isManagement && events > 0) active.set(key, { account, region });
    if (kind === usageTypes.free) place.freeEvents += events;
    else if (kind === usageTypes.data) place.dataCost += cost;
    else if (kind === usageTypes.network) place.networkCost += cost;
    else if (kind === usageTypes.paid) {
      place.paidEvents += events;
      place.paidCost += cost;
      paidCost += cost;
      if (events > 0) paid.set(key, { account, region });
    }
  }
  return {
    start: usage.start,
    end: usage.end,
    currency: usage.currency,
    at: (account, region) => places.get(`${account}/${region}`) ?? none,
    paid: [...paid.values()],
    active: [...active.values()],
    paidCost,
    total,
  };
}
