import type { Position } from "../core/diagnostic.ts";
import { type ParseReport, quoted } from "./parse-report.ts";
import type { Text } from "./types.ts";

/** Reads a text from left to right and knows line and column. */
export interface JsonScanner {
  /** The code of the character that comes next; `-1` at the end. */
  peek(): number;
  /** Steps over one character that is no line break. */
  step(): void;
  position(): Position;
  /** Steps over white space, and over comments, which it reports. */
  skipSpace(): void;
  /** Reads a string that starts here with `"` or `'`. */
  string(): Text;
  /** Reads up to a character that ends a bare word; at least one character. */
  word(): Text;
  /** Whether the text goes on with that. */
  at(prefix: string): boolean;
  /** Reads through the given end, or to the end of the line when it does not come. */
  through(end: string): Text;
  /** How many characters outside strings were white space or comments. */
  skipped(): number;
  /** Whether a string was met whose value is a guess. */
  isBroken(): boolean;
}

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};

const wordEnds = new Set([...' \t\r\n,:{}[]"'].map((character) => character.charCodeAt(0)));

/** Scans a JSON text. What is not JSON but can be understood is reported and read. */
export function jsonScanner(text: string, report: ParseReport): JsonScanner {
  let offset = 0;
  let line = 1;
  let lineStart = 0;
  let skipped = 0;
  let broken = false;

  const position = (): Position => ({ line, column: offset - lineStart + 1, offset });
  const peek = (): number => (offset < text.length ? text.charCodeAt(offset) : -1);

  const step = (): void => {
    const code = text.charCodeAt(offset);
    offset++;
    if (code === 10 || (code === 13 && text.charCodeAt(offset) !== 10)) {
      line++;
      lineStart = offset;
    }
  };

  const stepTo = (end: number): void => {
    while (offset < end) step();
  };

  const take = (end: number): Text => {
    const start = position();
    const from = offset;
    stepTo(end);
    return { value: text.slice(from, end), start, end: position() };
  };

  const lineEnd = (): number => {
    let end = offset;
    while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
    return end;
  };

  const comment = (end: number): void => {
    const from = offset;
    const found = take(end);
    skipped += offset - from;
    report.error(
      "JSON_SYNTAX_ERROR",
      `comment ${quoted(found.value)}: JSON has no comments and AWS refuses the document`,
      found,
      "remove the comment, or keep it in the policy's description",
    );
  };

  const skipSpace = (): void => {
    for (;;) {
      const code = peek();
      if (code === 32 || code === 9 || code === 10 || code === 13) {
        step();
        skipped++;
      } else if (code === 47 && text.charCodeAt(offset + 1) === 42) {
        const close = text.indexOf("*/", offset + 2);
        comment(close < 0 ? text.length : close + 2);
      } else if ((code === 47 && text.charCodeAt(offset + 1) === 47) || code === 35) {
        comment(lineEnd());
      } else {
        return;
      }
    }
  };

  const escapedCharacter = (): string => {
    const start = position();
    const letter = text.charAt(offset + 1);
    if (letter === "u") {
      const digits = text.slice(offset + 2, offset + 6);
      if (/^[0-9a-fA-F]{4}$/.test(digits)) {
        offset += 6;
        return String.fromCharCode(Number.parseInt(digits, 16));
      }
    } else if (letter !== "'" && Object.hasOwn(escapes, letter)) {
      offset += 2;
      return escapes[letter] ?? "";
    }
    step();
    broken = true;
    report.error(
      "JSON_SYNTAX_ERROR",
      `invalid escape ${quoted(`\\${letter}`)} in a string`,
      { start, end: position() },
      "write a backslash as \\\\",
    );
    return "";
  };

  const string = (): Text => {
    const start = position();
    const quote = text.charCodeAt(offset);
    offset++;
    let value = "";
    let from = offset;
    for (;;) {
      const code = peek();
      if (code === quote || code === -1) break;
      if (code === 92) {
        value += text.slice(from, offset);
        value += escapedCharacter();
        from = offset;
      } else if (code < 32) {
        const place = position();
        if (code === 10 || code === 13) {
          // A string that is not closed would swallow the rest of the document.
          value += text.slice(from, offset);
          broken = true;
          report.error("JSON_SYNTAX_ERROR", "string is not closed on its line", {
            start,
            end: place,
          });
          return { value, start, end: place };
        }
        step();
        report.error("JSON_SYNTAX_ERROR", "control character in a string", {
          start: place,
          end: position(),
        });
      } else {
        offset++;
      }
    }
    value += text.slice(from, offset);
    if (peek() === -1) {
      broken = true;
      report.error("JSON_SYNTAX_ERROR", "string is not closed", { start, end: position() });
    } else {
      offset++;
    }
    const found: Text = { value, start, end: position() };
    if (quote === 39) {
      report.error(
        "JSON_SYNTAX_ERROR",
        `single quotes around ${quoted(value)}: JSON strings stand in double quotes`,
        found,
      );
    }
    return found;
  };

  const word = (): Text => {
    let end = offset + 1;
    while (end < text.length && !wordEnds.has(text.charCodeAt(end))) end++;
    return take(end);
  };

  return {
    peek,
    step,
    position,
    skipSpace,
    string,
    word,
    at: (prefix) => text.startsWith(prefix, offset),
    through: (end) => {
      let stop = offset;
      while (stop < text.length && text.charCodeAt(stop) !== 10 && text.charCodeAt(stop) !== 13) {
        if (text.startsWith(end, stop)) return take(stop + end.length);
        stop++;
      }
      return take(stop);
    },
    skipped: () => skipped,
    isBroken: () => broken,
  };
}
