/** A stretch of a pattern between stars. `any` holds the places of its `?`. */
export interface Segment {
  readonly text: string;
  readonly any?: ReadonlySet<number>;
}

/** Below this length the plain search is faster, and its worst case a constant factor. */
const shortSegment = 24;

/** Whether the segment stands in the text at that place. */
export function segmentAt(segment: Segment, text: string, at: number): boolean {
  const { text: wanted, any } = segment;
  if (any === undefined) return text.startsWith(wanted, at);
  if (at + wanted.length > text.length) return false;
  for (let i = 0; i < wanted.length; i++) {
    if (!any.has(i) && wanted.charCodeAt(i) !== text.charCodeAt(at + i)) return false;
  }
  return true;
}

/** The first place from `from` on where the segment stands and ends by `end`; `-1` if none. */
export function findSegment(segment: Segment, text: string, from: number, end: number): number {
  const length = segment.text.length;
  if (from + length > end) return -1;
  if (length <= shortSegment) {
    if (segment.any === undefined) {
      const found = text.indexOf(segment.text, from);
      return found >= 0 && found + length <= end ? found : -1;
    }
    for (let at = from; at + length <= end; at++) {
      if (segmentAt(segment, text, at)) return at;
    }
    return -1;
  }
  return segment.any === undefined
    ? knuthMorrisPratt(segment.text, text, from, end)
    : shiftAnd(segment, text, from, end);
}

/** Search in time linear in text and segment. */
function knuthMorrisPratt(wanted: string, text: string, from: number, end: number): number {
  const failure = new Int32Array(wanted.length);
  for (let i = 1, length = 0; i < wanted.length; i++) {
    while (length > 0 && wanted.charCodeAt(i) !== wanted.charCodeAt(length)) {
      length = failure[length - 1] ?? 0;
    }
    if (wanted.charCodeAt(i) === wanted.charCodeAt(length)) length++;
    failure[i] = length;
  }
  for (let i = from, length = 0; i < end; i++) {
    while (length > 0 && text.charCodeAt(i) !== wanted.charCodeAt(length)) {
      length = failure[length - 1] ?? 0;
    }
    if (text.charCodeAt(i) === wanted.charCodeAt(length)) length++;
    if (length === wanted.length) return i - length + 1;
  }
  return -1;
}

/**
 * Search of a long segment with `?`: bit i of the state says that the i first characters of the
 * segment end here. 32 of them advance in one step.
 */
function shiftAnd(segment: Segment, text: string, from: number, end: number): number {
  const { text: wanted, any } = segment;
  const words = (wanted.length + 31) >>> 5;
  const wild = new Int32Array(words);
  const masks = new Map<number, Int32Array>();
  for (let i = 0; i < wanted.length; i++) {
    const word = i >>> 5;
    const bit = 1 << (i & 31);
    if (any?.has(i)) {
      wild[word] = (wild[word] ?? 0) | bit;
      continue;
    }
    const code = wanted.charCodeAt(i);
    const mask = masks.get(code) ?? new Int32Array(words);
    mask[word] = (mask[word] ?? 0) | bit;
    masks.set(code, mask);
  }
  const state = new Int32Array(words);
  const lastWord = words - 1;
  const lastBit = 1 << ((wanted.length - 1) & 31);
  for (let i = from; i < end; i++) {
    const mask = masks.get(text.charCodeAt(i));
    let carry = 1;
    for (let word = 0; word < words; word++) {
      const before = state[word] ?? 0;
      state[word] = ((before << 1) | carry) & ((wild[word] ?? 0) | (mask?.[word] ?? 0));
      carry = before >>> 31;
    }
    if (((state[lastWord] ?? 0) & lastBit) !== 0) return i - wanted.length + 1;
  }
  return -1;
}
