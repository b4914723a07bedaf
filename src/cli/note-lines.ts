import type { Note } from "../config/note.ts";

/** Notes of what was not carried over, for people, by reason; nothing when there are none. */
export function noteLines(notes: readonly Note[], title: string): string[] {
  if (notes.length === 0) return [];
  const reasons = new Map<string, string[]>();
  for (const { what, why } of notes) reasons.set(why, [...(reasons.get(why) ?? []), what]);
  const lines = [...reasons].map(([why, things]) => `  - ${things.join(", ")}: ${why}`);
  return ["", title, ...lines];
}
