import type { JsonObject } from "../../core/json.ts";
import type { Gap } from "../../core/read.ts";
import type { AuditContext } from "../context.ts";
import { at, objectAt, textAt } from "../read-state.ts";
import { unknown } from "../results.ts";
import type { AuditResult, AuditRule } from "../rule.ts";
import { usesRegion } from "./regional.ts";

/** A recorder's place, as far as it was read. */
export interface RecorderPlace {
  readonly state: JsonObject;
  readonly name: string;
  readonly place: { readonly account: string; readonly region: string };
}

/**
 * Asks about AWS Config in every account and Region. A stack that is current stands for the
 * recorder that it makes; a place that neither was looked at nor has such a stack is unknown.
 */
export function eachRecorder(
  evaluate: (context: AuditContext, found: RecorderPlace) => readonly AuditResult[],
  byStack?: (context: AuditContext, found: Omit<RecorderPlace, "state">) => AuditResult,
): AuditRule["evaluate"] {
  return (context) => {
    const state = context.service("config");
    const places = objectAt(state, "places");
    const stacks = stacked(objectAt(state, "stackSets"));
    const regions = regionsOf(context, Object.keys(places ?? {}), stacks);
    if (places === undefined || regions.length === 0) {
      return [unknown(context.whyUnread("services/config/places"))];
    }
    return context.active.flatMap((account) => {
      const unread: string[] = [];
      const results = regions
        .filter((region) => usesRegion(account, region))
        .flatMap((region): readonly AuditResult[] => {
          const key = `${account.id}/${region}`;
          const place = { account: account.id, region };
          const name = (): string => `${context.named(account.id)} in ${region}`;
          const found = objectAt(places, key);
          if (found !== undefined) return evaluate(context, { state: found, name: name(), place });
          if (byStack !== undefined && stacks.has(key)) {
            return [byStack(context, { name: name(), place })];
          }
          unread.push(region);
          return [];
        });
      return unread.length === 0 ? results : [...results, ...notRead(context, account.id, unread)];
    });
  };
}

/** The Regions of an account that were not looked at, by the reason: one result each. */
function notRead(
  { gaps, whyUnread, named }: AuditContext,
  account: string,
  regions: readonly string[],
): AuditResult[] {
  const subject = (region: string): string => `services/config/places/${account}/${region}`;
  const byReason = new Map<Gap | undefined, string[]>();
  for (const region of regions) {
    const gap = gaps.near(subject(region));
    const together = byReason.get(gap);
    if (together === undefined) byReason.set(gap, [region]);
    else together.push(region);
  }
  return [...byReason].map(([gap, together]) => {
    const [first = ""] = together;
    if (together.length === 1)
      return unknown(whyUnread(subject(first)), { account, region: first });
    const places = `${named(account)} in ${together.length} Regions (${together.join(", ")})`;
    return unknown(
      gap === undefined
        ? `nobody looked at AWS Config of ${places}`
        : `${whyUnread(subject(first))}: ${places}`,
      { account },
    );
  });
}

function regionsOf(
  { snapshot }: AuditContext,
  places: readonly string[],
  stacks: ReadonlySet<string>,
): readonly string[] {
  const seen = [...places, ...stacks].map((key) => key.split("/")[1] ?? "");
  const asked = places.length + stacks.size === 0 ? [] : (snapshot.scope?.regions ?? []);
  return [...new Set([...asked, ...seen])].filter((region) => region !== "").sort();
}

/** `account/region` of stacks of recorders that are as their stack set wants them. */
function stacked(stackSets: JsonObject | undefined): ReadonlySet<string> {
  const found = new Set<string>();
  for (const set of Object.values(stackSets ?? {})) {
    for (const [region, stacks] of Object.entries(objectAt(set, "instances") ?? {})) {
      const current = at(stacks, "current");
      if (!Array.isArray(current) || !textAt(set, "name")?.includes("recorder")) continue;
      for (const account of current) found.add(`${String(account)}/${region}`);
    }
  }
  return found;
}
