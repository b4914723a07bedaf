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

/**
 * Reads some of `count` numbers, by their places. Where they are one packed run, as we write them,
 * the others are passed over.
 */
export function unpackBitsAt(
  bytes: Uint8Array,
  start: number,
  width: number,
  count: number,
  places: Int32Array,
  add: number = 0,
): Int32Array {
  let at = start;
  let head = 0;
  for (let shift = 0; shift < 32; shift += 7) {
    const next = bytes[at++] ?? 0;
    head |= (next & 0x7f) << shift;
    if (next < 0x80) break;
  }
  const isOneRun = (head & 1) === 1 && (head >>> 1) * 8 >= count;
  // A number that begins within a byte must not reach beyond four.
  if (!isOneRun || width > 25) {
    const all = unpackBits(bytes, start, width, count, add);
    return places.map((place) => all[place] as number);
  }
  const mask = (1 << width) - 1;
  const numbers = new Int32Array(places.length);
  for (let index = 0; index < places.length; index++) {
    const bit = (places[index] as number) * width;
    const from = at + (bit >>> 3);
    const four =
      (bytes[from] ?? 0) |
      ((bytes[from + 1] ?? 0) << 8) |
      ((bytes[from + 2] ?? 0) << 16) |
      ((bytes[from + 3] ?? 0) << 24);
    numbers[index] = ((four >>> (bit & 7)) & mask) + add;
  }
  return numbers;
}
