import { writeVarint } from "./thrift-writer.ts";

/** How many bits numbers below `count` take. */
export function bitWidth(count: number): number {
  return count <= 1 ? 0 : 32 - Math.clz32(count - 1);
}

/**
 * Writes the first `count` numbers, of that many bits, as Parquet's RLE / bit-packing hybrid: one run
 * when all are the same, else one packed run.
 *
 * @see https://parquet.apache.org/docs/file-format/data-pages/encodings/
 */
export function packBits(numbers: Int32Array, count: number, width: number): Uint8Array {
  const head: number[] = [];
  const first = numbers[0] ?? 0;
  if (width === 0 || isUniform(numbers, count)) {
    writeVarint(head, count * 2);
    for (let shift = 0; shift < width; shift += 8) head.push((first >>> shift) & 0xff);
    return Uint8Array.from(head);
  }
  const groups = Math.ceil(count / 8);
  writeVarint(head, groups * 2 + 1);
  const packed = new Uint8Array(head.length + groups * width);
  packed.set(head);
  let at = head.length;
  let held = 0;
  let bits = 0;
  // At most 24 + 7 bits are held at a time: units have fewer than 2^24 different values.
  for (let index = 0; index < count; index++) {
    held |= (numbers[index] as number) << bits;
    bits += width;
    while (bits >= 8) {
      packed[at++] = held & 0xff;
      held >>>= 8;
      bits -= 8;
    }
  }
  if (bits > 0) packed[at] = held & 0xff;
  return packed;
}

function isUniform(numbers: Int32Array, count: number): boolean {
  for (let index = 1; index < count; index++) {
    if (numbers[index] !== numbers[0]) return false;
  }
  return true;
}
