import type { Position, Span } from "./diagnostic.ts";

/** Finds line and column of offsets in one text. */
export interface LineIndex {
  position(offset: number): Position;
  span(start: number, end: number, file?: string): Span;
}

/** Indexes a text's line starts; `\n`, `\r\n` and a lone `\r` end a line. */
export function lineIndex(text: string): LineIndex {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  const position = (offset: number): Position => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1, offset };
  };
  return {
    position,
    span: (start, end, file) => ({
      ...(file === undefined ? {} : { file }),
      start: position(start),
      end: position(end),
    }),
  };
}
