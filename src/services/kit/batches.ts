import { canonicalJson, type Json, type JsonObject } from "../../core/json.ts";
import type { ResolvedChange } from "../service.ts";

/** A list in pieces of at most so many items, in its order. */
export function inBatches<T>(items: readonly T[], size: number): readonly (readonly T[])[] {
  const batches: T[][] = [];
  for (let start = 0; start < items.length; start += size) {
    batches.push(items.slice(start, start + size));
  }
  return batches;
}

/**
 * The facet of a change of several accounts at once, whose `before` and `after` hold a list of them
 * under `member`: as `after` has it when all are so already, else as `before` has it. Some of a
 * batch may be done already, by AWS itself or by a call that was cut off; doing them again is no
 * harm.
 */
export function batchFacet(
  { before, after }: Pick<ResolvedChange, "before" | "after">,
  member: string,
  has: (account: string) => boolean,
): JsonObject | null {
  const wanted = idsOf(after, member);
  const given = idsOf(before, member);
  const isDone = wanted.length > 0 ? wanted.every((id) => has(id)) : !given.some((id) => has(id));
  return isDone ? after : before;
}

/** The ids that a facet lists under a member. */
export function idsOf(facet: JsonObject | null, member: string): readonly string[] {
  const list = facet?.[member];
  return Array.isArray(list) ? (list as readonly Json[]).map(String) : [];
}

/** What `facet` names of what is there, so that both can be compared; members that lack are `null`. */
export function sameMembers(facet: JsonObject | null, seen: JsonObject): JsonObject {
  const picked: Record<string, Json> = {};
  for (const [name, wanted] of Object.entries(facet ?? {})) {
    const found = seen[name] ?? null;
    picked[name] = isObject(wanted) && isObject(found) ? sameMembers(wanted, found) : found;
  }
  return picked;
}

/** Whether two JSON values are equal. */
export function isSame(a: Json | undefined, b: Json | undefined): boolean {
  return canonicalJson(a ?? null) === canonicalJson(b ?? null);
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
