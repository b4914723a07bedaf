import { findSegment, type Segment, segmentAt } from "./glob-segment.ts";

/** A piece of a pattern. In `raw` pieces `*` and `?` are wildcards, in others they are themselves. */
export interface PatternPiece {
  readonly text: string;
  readonly raw: boolean;
}

/**
 * A pattern ready to match: a segment at the start, segments in order, a segment at the end. Without
 * a `*` it is the first segment alone. `?` stands for one UTF-16 code unit.
 */
export interface Glob {
  readonly first: Segment;
  /** Absent when the pattern has no `*`. */
  readonly last?: Segment;
  readonly middle: readonly Segment[];
  readonly minimumLength: number;
}

/** Compiles a pattern in which `*` and `?` are wildcards. */
export function compileGlob(pattern: string): Glob {
  return compilePieces([{ text: pattern, raw: true }]);
}

/** Compiles a pattern made of pieces. */
export function compilePieces(pieces: readonly PatternPiece[]): Glob {
  const segments: Segment[] = [];
  let text = "";
  let any: number[] = [];
  let stars = 0;
  const close = (): void => {
    segments.push(any.length === 0 ? { text } : { text, any: new Set(any) });
    text = "";
    any = [];
  };
  for (const piece of pieces) {
    if (!piece.raw || !/[*?]/.test(piece.text)) {
      text += piece.text;
      continue;
    }
    for (const character of piece.text.split(/([*?])/)) {
      if (character === "*") {
        stars++;
        close();
      } else if (character === "?") {
        any.push(text.length);
        text += "?";
      } else {
        text += character;
      }
    }
  }
  close();
  const first = segments[0] ?? { text: "" };
  const minimumLength = segments.reduce((sum, segment) => sum + segment.text.length, 0);
  if (stars === 0) return { first, middle: [], minimumLength };
  const last = segments.at(-1) ?? { text: "" };
  const middle = segments.slice(1, -1).filter((segment) => segment.text.length > 0);
  return { first, middle, last, minimumLength };
}

/**
 * Whether a pattern matches the whole text, or all of it from a place on. Each segment is searched
 * once, left to right, so the time is linear in the text for every pattern: there is nothing to go
 * back to.
 */
export function globMatches(glob: Glob, text: string, start: number = 0): boolean {
  const length = text.length - start;
  if (length < glob.minimumLength) return false;
  const { first, last } = glob;
  if (last === undefined) return length === first.text.length && segmentAt(first, text, start);
  if (!segmentAt(first, text, start)) return false;
  const end = text.length - last.text.length;
  if (!segmentAt(last, text, end)) return false;
  let from = start + first.text.length;
  for (const segment of glob.middle) {
    const found = findSegment(segment, text, from, end);
    if (found < 0) return false;
    from = found + segment.text.length;
  }
  return from <= end;
}

/** Whether a pattern matches every text. */
export function matchesEverything(glob: Glob): boolean {
  return glob.last !== undefined && glob.minimumLength === 0;
}

/** The text that a pattern without wildcards matches; `undefined` for others. */
export function literalOf(glob: Glob): string | undefined {
  return glob.last === undefined && glob.first.any === undefined ? glob.first.text : undefined;
}
