import stringWidth from "string-width";
import type { Span } from "../core/diagnostic.ts";

/** Lines of a code frame: numbers, text and carets below the place. */
export interface CodeFrame {
  readonly lines: readonly {
    /** Absent for the line of carets. */
    readonly number?: number;
    readonly text: string;
  }[];
  /** Width of the largest line number. */
  readonly gutter: number;
}

const cut = "...";

/**
 * Shows a place in its line, with the line before it and carets below. A line that is wider than
 * `width` columns is cut around the place. `undefined` when the text has no such line.
 */
export function codeFrame(source: string, span: Span, width: number): CodeFrame | undefined {
  const { line, column } = span.start;
  const text = lineAt(source, span.start.offset);
  if (text === undefined) return undefined;
  const end = span.end.line === line ? span.end.column : text.length + 1;
  const shown = window(text, column - 1, Math.max(column, end - 1), width);
  const lines: CodeFrame["lines"][number][] = [];
  const lineBreak = span.start.offset - column;
  const isPair = source[lineBreak] === "\n" && source[lineBreak - 1] === "\r";
  const before = lineAt(source, isPair ? lineBreak - 1 : lineBreak);
  if (line > 1 && before !== undefined && before.trim() !== "") {
    lines.push({ number: line - 1, text: shown.clip(before) });
  }
  lines.push({ number: line, text: shown.text }, { text: shown.carets });
  return { lines, gutter: String(line).length };
}

/** The line around an offset, without its end. */
function lineAt(source: string, offset: number): string | undefined {
  if (offset < 0 || offset > source.length) return undefined;
  let start = offset;
  while (start > 0 && !isBreak(source, start - 1)) start--;
  let end = offset;
  while (end < source.length && !isBreak(source, end)) end++;
  return source.slice(start, end);
}

function isBreak(source: string, at: number): boolean {
  const code = source.charCodeAt(at);
  return code === 10 || code === 13;
}

interface Window {
  readonly text: string;
  readonly carets: string;
  readonly clip: (other: string) => string;
}

function window(line: string, from: number, to: number, width: number): Window {
  const room = Math.max(20, width);
  const wide = stringWidth(plain(line)) > room;
  const start = wide && to > room - 10 ? Math.max(0, from - Math.floor(room / 3)) : 0;
  const clip = (other: string): string => {
    const head = start > 0 ? cut : "";
    const rest = plain(other.slice(start));
    if (stringWidth(head + rest) <= room) return head + rest;
    let text = head;
    for (const character of rest) {
      if (stringWidth(text + character) > room - cut.length) break;
      text += character;
    }
    return text + cut;
  };
  const lead = (start > 0 ? cut : "") + plain(line.slice(start, from));
  const marked = stringWidth(plain(line.slice(from, to)));
  const indent = stringWidth(lead);
  const count = Math.max(1, Math.min(marked, room - indent));
  return { text: clip(line), carets: " ".repeat(indent) + "^".repeat(count), clip };
}

/** The text as a terminal shows it in one line: tabs as blanks, other control characters gone. */
function plain(text: string): string {
  return text.replaceAll("\t", "  ").replace(/\p{Cc}/gu, "?");
}
