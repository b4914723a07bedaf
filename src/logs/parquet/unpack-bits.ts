/**
 * Reads numbers of so many bits from Parquet's RLE / bit-packing hybrid.
 *
 * @param add is added to each number
 * @see https://parquet.apache.org/docs/file-format/data-pages/encodings/
 */
export function unpackBits(
  bytes: Uint8Array,
  start: number,
  width: number,
  count: number,
  add: number = 0,
): Int32Array {
  const numbers = new Int32Array(count);
  let at = start;
  let index = 0;
  while (index < count) {
    let head = 0;
    for (let shift = 0; ; shift += 7) {
      const next = bytes[at++];
      if (next === undefined) throw new Error("numbers of the file are cut off");
      head |= (next & 0x7f) << shift;
      if (next < 0x80) break;
    }
    if ((head & 1) === 0) {
      let value = 0;
      for (let shift = 0; shift < width; shift += 8) value |= (bytes[at++] ?? 0) << shift;
      const end = Math.min(count, index + (head >>> 1));
      if (end === index) throw new Error("a run of the file is empty");
      numbers.fill(value + add, index, end);
      index = end;
      continue;
    }
    const groups = head >>> 1;
    const end = Math.min(count, index + groups * 8);
    const next = at + groups * width;
    const mask = width === 32 ? -1 : (1 << width) - 1;
    let held = 0;
    let bits = 0;
    while (index < end) {
      while (bits < width) {
        held |= (bytes[at++] ?? 0) << bits;
        bits += 8;
      }
      numbers[index++] = (held & mask) + add;
      held >>>= width;
      bits -= width;
    }
    at = next;
  }
  return numbers;
}
