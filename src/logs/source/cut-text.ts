/** So much of a beginning tells how a text is made. */
export const headBytes: number = 1_048_576;
const linesLooked = 1_000;

/**
 * Where one file of a trail's ends and the next begins when they are written one after the other, as
 * `zcat` does. Within a text of JSON its quotes would be escaped.
 */
const seam = '}{"Records":[';

/**
 * Whether a text is JSON lines, so that it may be cut after each, by its beginning. Where a document
 * goes over many lines, as `jq` and editors write it, no line is a whole one.
 */
export function isOfLines(head: Buffer): boolean {
  const text = head.subarray(0, headBytes).toString("latin1");
  const lines = text.split("\n", linesLooked).filter((line) => line.trim() !== "");
  // A line that is longer than what is looked at is no part of a document that is laid out.
  if (!text.includes("\n") || isWhole(lines[0] ?? "")) return true;
  // The first may be broken.
  return lines.filter(isWhole).length > 1;
}

/** The last place at which a text may be cut in two; -1 when there is none. */
export function lastCut(text: Buffer, ofLines: boolean): number {
  const place = Math.max(ofLines ? text.lastIndexOf(0x0a) : -1, text.lastIndexOf(seam));
  return place === -1 ? -1 : place + 1;
}

/** The first place at which a text of lines may be cut in two; -1 when there is none. */
export function firstCut(text: Buffer): number {
  const places = [text.indexOf(0x0a), text.indexOf(seam)].filter((place) => place !== -1);
  return places.length === 0 ? -1 : Math.min(...places) + 1;
}

/** Whether a line is an object or a list, and not an empty one, which lines of others may be. */
function isWhole(line: string): boolean {
  const text = line.trim();
  if (text.length <= 2 || !/^[[{]/.test(text)) return false;
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
