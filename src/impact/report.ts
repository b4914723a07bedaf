import type { GuardPolicyType } from "./chains.ts";

/** What becomes of a call. `alreadyDenied`: it would be denied, and was denied as it was. */
export const effects = ["newlyDenied", "newlyAllowed", "alreadyDenied"] as const;

/** What becomes of a call. */
export type Effect = (typeof effects)[number];

/** Calls of one principal to one action, with the same effect. */
export interface ImpactRow {
  readonly effect: Effect;
  /** `possible`: something decides that the records do not tell. */
  readonly certainty: "certain" | "possible";
  /** The caller's; of resource control policies the resource's. */
  readonly account: string;
  readonly principal: string;
  readonly action: string;
  /** Whether a service made the calls with the principal's permissions. */
  readonly onBehalf: boolean;
  readonly count: number;
  /** Calls among them that ended in an error that is no denial. */
  readonly failed: number;
  readonly first?: string;
  readonly last?: string;
  /** Regions of the calls, sorted. */
  readonly regions: readonly string[];
  /** For `possible`: condition keys, `resource` or `requestParameters`, of the first such call. */
  readonly missing: readonly string[];
  /** The Deny that decides or may, of the first such call. */
  readonly decidedBy?: string;
}

/** How many calls, and of how many (event source, event name) pairs. */
export interface Share {
  readonly calls: number;
  readonly pairs: number;
}

/** Calls that were not judged, and why. */
export interface Unjudged extends Share {
  readonly reason: string;
  /** Up to three pairs, most calls first: `sso.amazonaws.com Federate`. */
  readonly examples: readonly string[];
}

/** How much of the records could be judged. */
export interface Coverage {
  readonly all: Share;
  /** Judged, those that the policies do not bind included. */
  readonly judged: Share;
  /** Calls that the policies do not bind. */
  readonly exempt: readonly Unjudged[];
  /** Events that are no request or whose request is not known. */
  readonly unjudged: readonly Unjudged[];
  /** Calls among all that are data events; 0 tells that the trail has none. */
  readonly dataEvents: number;
}

/** What changes of policies would have done to calls. */
export interface ImpactReport {
  /** Of which policies. */
  readonly type: GuardPolicyType;
  /** The most calls first. */
  readonly rows: readonly ImpactRow[];
  readonly coverage: Coverage;
  /** Of all calls. */
  readonly first?: string;
  readonly last?: string;
  /**
   * Ids of member accounts where, before and after the change, no policy of a level allows anything:
   * every call there is denied.
   */
  readonly withoutAllow: { readonly before: readonly string[]; readonly after: readonly string[] };
  /** What of the policies was not read; not empty: the answer may be other. */
  readonly unread: readonly string[];
  /** Whether policies of the type are enabled; where not, the answer is as if they were. */
  readonly isEnabled: boolean;
}

/** Calls with how many principals and accounts made them. */
export interface EffectTotal {
  readonly calls: number;
  readonly principals: number;
  readonly accounts: number;
}

/** Adds rows up. */
export function totalOf(
  rows: readonly ImpactRow[],
  effect: Effect,
  certainty?: ImpactRow["certainty"],
): EffectTotal {
  const found = rows.filter(
    (row) => row.effect === effect && (certainty === undefined || row.certainty === certainty),
  );
  return {
    calls: found.reduce((sum, { count }) => sum + count, 0),
    principals: new Set(found.map(({ principal }) => principal)).size,
    accounts: new Set(found.map(({ account }) => account)).size,
  };
}
