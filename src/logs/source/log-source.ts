import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { Gap } from "../../core/read.ts";
import type { DigestPlace } from "../digest/read-digests.ts";
import type { LogObject } from "../read/log-object.ts";

/** Objects that are read together: of one account and month where their names say so. */
export interface LogGroup {
  /** `unknown` where the names do not say. */
  readonly account: AccountId | "unknown";
  /** `YYYY-MM`, or `unknown`. */
  readonly month: string;
  /** In order of days, then names. */
  readonly objects: readonly LogObject[];
}

/** Where logs come from. */
export interface LogSource {
  /** As the user named it. */
  readonly name: string;
  /** The objects, group by group: no more than a group is held. */
  groups(): AsyncIterable<LogGroup>;
  /** An object's bytes; `undefined` for a file of this machine by its path. Throws an AwsError. */
  readonly read: (object: LogObject, signal?: AbortSignal) => Promise<Uint8Array | undefined>;
  /** What could not be listed or read so far. */
  readonly gaps: readonly Gap[];
  /** The same since the last call, taken out: for whoever reads a source for days. */
  readonly takeGaps?: () => readonly Gap[];
  /** Where digests lie, if this is a place that may have some. */
  readonly digests?: () => Promise<DigestPlace>;
  /** Whether objects keep their content, so that each needs to be ingested once only. */
  readonly isLasting: boolean;
}

/** Which objects of a source are wanted, by what their folders and names say. */
export interface LogSelection {
  readonly accounts?: ReadonlySet<AccountId>;
  readonly regions?: ReadonlySet<RegionName>;
  /** First and last day of delivery, `YYYY-MM-DD`. */
  readonly from?: string;
  readonly to?: string;
}

/** Whether an object is wanted. What its name does not say does not exclude it. */
export function isSelected(object: LogObject, selection: LogSelection): boolean {
  const { account, region, day } = object;
  const { accounts, regions, from, to } = selection;
  if (account !== undefined && accounts?.has(account) === false) return false;
  if (region !== undefined && regions?.has(region) === false) return false;
  if (day !== undefined && from !== undefined && day < from) return false;
  return !(day !== undefined && to !== undefined && day > to);
}

/** Sorts objects into groups, as their names say. */
export function groupObjects(objects: readonly LogObject[]): LogGroup[] {
  const groups = new Map<string, LogObject[]>();
  for (const object of objects) {
    const key = `${object.account ?? "unknown"} ${object.day?.slice(0, 7) ?? "unknown"}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [object]);
    else group.push(object);
  }
  return [...groups].map(([key, members]) => {
    const [account = "unknown", month = "unknown"] = key.split(" ");
    return { account, month, objects: members.sort(byDayAndName) };
  });
}

function byDayAndName(a: LogObject, b: LogObject): number {
  const days = (a.day ?? "") < (b.day ?? "") ? -1 : (a.day ?? "") > (b.day ?? "") ? 1 : 0;
  return days !== 0 ? days : a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
