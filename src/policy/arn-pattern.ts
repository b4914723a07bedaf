import {
  compilePieces,
  type Glob,
  globMatches,
  literalOf,
  matchesEverything,
  type PatternPiece,
} from "./glob.ts";

/** A pattern of one part, with the one text it matches when it has no wildcard. */
interface ArnPart {
  readonly glob: Glob;
  readonly literal: string | undefined;
}

/** A pattern over the six parts of an ARN, each matched by itself. */
export interface ArnPattern {
  /** `*` alone: every ARN. */
  readonly everything: boolean;
  /** Six globs; none when the pattern is no ARN. */
  readonly parts: readonly ArnPart[];
  /** The text that every match starts with, for a quick no. */
  readonly prefix: string;
}

/** How a pattern with fewer than six parts is taken. */
export interface ArnPatternOptions {
  /** Missing parts are `*`, as AWS completes the `Resource` of a policy. Otherwise nothing matches. */
  readonly completed?: boolean;
}

/** Compiles an ARN pattern; variables in it are filled in before it is split at its colons. */
export function compileArnPattern(
  pieces: readonly PatternPiece[],
  options: ArnPatternOptions = {},
): ArnPattern {
  const whole = compilePieces(pieces);
  if (matchesEverything(whole)) return { everything: true, parts: [], prefix: "" };
  const split: PatternPiece[][] = [[]];
  for (const piece of pieces) {
    const texts = piece.text.split(":");
    for (const [index, text] of texts.entries()) {
      if (index > 0 && split.length < 6) split.push([]);
      else if (index > 0) split.at(-1)?.push({ text: ":", raw: false });
      split.at(-1)?.push({ text, raw: piece.raw });
    }
  }
  if (options.completed === true) {
    while (split.length < 6) split.push([{ text: "*", raw: true }]);
  }
  if (split.length < 6) return { everything: false, parts: [], prefix: "" };
  return {
    everything: false,
    parts: split.map((part) => {
      const glob = compilePieces(part);
      return { glob, literal: literalOf(glob) };
    }),
    prefix: whole.first.any === undefined ? whole.first.text : "",
  };
}

/** Whether an ARN pattern matches a text; a text that is no ARN is matched by `*` alone. */
export function arnMatches(pattern: ArnPattern, text: string): boolean {
  if (pattern.everything) return true;
  if (pattern.parts.length !== 6 || !text.startsWith(pattern.prefix)) return false;
  let from = 0;
  for (let i = 0; i < 5; i++) {
    const colon = text.indexOf(":", from);
    const part = pattern.parts[i];
    if (colon < 0 || part === undefined) return false;
    const { literal, glob } = part;
    if (literal !== undefined) {
      if (colon - from !== literal.length || !text.startsWith(literal, from)) return false;
    } else if (!matchesEverything(glob) && !globMatches(glob, text.slice(from, colon))) {
      return false;
    }
    from = colon + 1;
  }
  const resource = pattern.parts[5];
  return resource !== undefined && globMatches(resource.glob, text, from);
}
