import type { JsonObject } from "../core/json.ts";
import type { Tags } from "../core/snapshot.ts";

/** Tags as a member of an operation's input, sorted by key; nothing when there are none. */
export function tagList(tags: Tags | undefined): JsonObject {
  const entries = Object.entries(tags ?? {})
    .filter(([key]) => !isReservedTag(key))
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  if (entries.length === 0) return {};
  return { Tags: entries.map(([Key, Value]) => ({ Key, Value })) };
}

/** Whether a tag is AWS's own, which nobody else can set or remove. */
export function isReservedTag(key: string): boolean {
  return key.toLowerCase().startsWith("aws:");
}
