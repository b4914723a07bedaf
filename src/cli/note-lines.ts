import type { Note } from "../config/note.ts";

/** Notes of what was not carried over, for people; nothing when there are none. */
export function noteLines(notes: readonly Note[], title: string): string[] {
  if (notes.length === 0) return [];
  return ["", title, ...notes.map(({ what, why }) => `  - ${what}: ${why}`)];
}
