import type { Span } from "../core/diagnostic.ts";

/** Where a value of the configuration stands. */
export interface Place {
  readonly span: Span;
  /** Where its key stands, when it is a member of a mapping. */
  readonly key?: Span;
  /** A scalar as it is written, without its quotes. */
  readonly source?: string;
}

/** Places by JSON Pointer (RFC 6901); the whole document is `""`. */
export type Places = ReadonlyMap<string, Place>;

/** Writes a path as JSON Pointer. */
export function pointer(path: readonly PropertyKey[]): string {
  return path.map((step) => `/${escapeStep(String(step))}`).join("");
}

/** A step of a JSON Pointer, escaped. */
export function escapeStep(step: string): string {
  return step.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** The place of a value, or of the nearest value around it that is written in the text. */
export function placeOf(places: Places, at: string): Place {
  for (let here = at; ; here = here.slice(0, here.lastIndexOf("/"))) {
    const place = places.get(here);
    if (place !== undefined) return place;
    if (here === "") return { span: emptySpan };
  }
}

/** The place of a member's key, or of the value when it has none. */
export function keySpan(places: Places, at: string): Span {
  const place = placeOf(places, at);
  return place.key ?? place.span;
}

const start = { line: 1, column: 1, offset: 0 };
const emptySpan: Span = { start, end: start };
