/** Compresses and unpacks by Snappy, the codec that every reader of Parquet knows. */
export interface Snappy {
  /** Compresses the first `length` bytes; what it gives is good until the next call. */
  compress(bytes: Uint8Array, length: number): Uint8Array;
}

/** Matches are looked for within so many bytes: their distances take two bytes. */
const blockBytes = 65_536;
const mostTableBits = 14;
const leastTableBits = 9;

/**
 * Makes a compressor, which keeps its memory. It is written here because the one that Node.js has,
 * zlib, takes three times as long with the many small pages of the lake.
 *
 * @see https://github.com/google/snappy/blob/main/format_description.txt
 */
export function createSnappy(): Snappy {
  const table = new Uint16Array(1 << mostTableBits);
  let target = new Uint8Array(1 << 10);

  /** Bytes as they are, from one place to another. */
  const literal = (bytes: Uint8Array, from: number, to: number, at: number): number => {
    let out = at;
    const count = to - from;
    if (count <= 60) target[out++] = (count - 1) << 2;
    else if (count <= 256) {
      target[out++] = 60 << 2;
      target[out++] = count - 1;
    } else {
      target[out++] = 61 << 2;
      target[out++] = (count - 1) & 0xff;
      target[out++] = (count - 1) >>> 8;
    }
    if (count > 96) {
      target.set(bytes.subarray(from, to), out);
      return out + count;
    }
    for (let place = from; place < to; place++) target[out++] = bytes[place] as number;
    return out;
  };

  /** The same bytes as so far back. */
  const copy = (distance: number, count: number, at: number): number => {
    let out = at;
    let left = count;
    while (left > 0) {
      // A piece of at most 64 that leaves none shorter than 4.
      const piece = left <= 64 ? left : left < 68 ? 60 : 64;
      if (piece < 12 && distance < 2_048) {
        target[out++] = 1 | ((piece - 4) << 2) | ((distance >>> 8) << 5);
        target[out++] = distance & 0xff;
      } else {
        target[out++] = 2 | ((piece - 1) << 2);
        target[out++] = distance & 0xff;
        target[out++] = distance >>> 8;
      }
      left -= piece;
    }
    return out;
  };

  const block = (bytes: Uint8Array, base: number, end: number, at: number): number => {
    const bits = Math.min(mostTableBits, Math.max(leastTableBits, 31 - Math.clz32(end - base)));
    const shift = 32 - bits;
    table.fill(0, 0, 1 << bits);
    let out = at;
    let from = base;
    let place = base + 1;
    let misses = 32;
    for (const last = end - 4; place <= last; ) {
      const a = bytes[place] as number;
      const b = bytes[place + 1] as number;
      const c = bytes[place + 2] as number;
      const d = bytes[place + 3] as number;
      const slot = Math.imul(a | (b << 8) | (c << 16) | (d << 24), 0x1e35a7bd) >>> shift;
      const earlier = base + (table[slot] as number);
      table[slot] = place - base;
      if (
        bytes[earlier] !== a ||
        bytes[earlier + 1] !== b ||
        bytes[earlier + 2] !== c ||
        bytes[earlier + 3] !== d
      ) {
        // Where nothing has come twice for long, longer steps are taken.
        place += misses >>> 5;
        misses += 1;
        continue;
      }
      if (place > from) out = literal(bytes, from, place, out);
      let same = place + 4;
      for (let other = earlier + 4; same < end && bytes[same] === bytes[other]; other++) same += 1;
      out = copy(place - earlier, same - place, out);
      from = same;
      place = same;
      misses = 32;
    }
    return from < end ? literal(bytes, from, end, out) : out;
  };

  return {
    compress: (bytes, length) => {
      // No text grows by more than this.
      const most = 32 + length + Math.ceil(length / 6);
      if (target.length < most) target = new Uint8Array(most * 2);
      let out = 0;
      let rest = length;
      for (; rest >= 0x80; rest >>>= 7) target[out++] = (rest & 0x7f) | 0x80;
      target[out++] = rest;
      for (let base = 0; base < length; base += blockBytes) {
        out = block(bytes, base, Math.min(base + blockBytes, length), out);
      }
      return target.subarray(0, out);
    },
  };
}

/** Unpacks what Snappy compressed. Throws when the bytes are damaged. */
export function unpackSnappy(bytes: Uint8Array): Uint8Array {
  let at = 0;
  let length = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at++] ?? 0;
    length += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) break;
    if (shift > 28) throw damaged();
  }
  // Three bytes give at most 64.
  if (length > bytes.length * 22) throw damaged();
  const target = new Uint8Array(length);
  let out = 0;
  while (at < bytes.length) {
    const tag = bytes[at++] as number;
    const kind = tag & 3;
    let count = (tag >>> 2) + 1;
    if (kind === 0) {
      if (count > 60) {
        const size = count - 60;
        count = littleEndian(bytes, at, size) + 1;
        at += size;
      }
      if (at + count > bytes.length || out + count > length) throw damaged();
      target.set(bytes.subarray(at, at + count), out);
      at += count;
      out += count;
      continue;
    }
    const size = kind === 1 ? 1 : kind === 2 ? 2 : 4;
    let distance = littleEndian(bytes, at, size);
    at += size;
    if (kind === 1) {
      distance += (tag >>> 5) << 8;
      count = ((tag >>> 2) & 7) + 4;
    }
    if (at > bytes.length || distance === 0 || distance > out || out + count > length) {
      throw damaged();
    }
    // Byte by byte: what is copied may lie in what is being written.
    for (const end = out + count; out < end; out++) target[out] = target[out - distance] as number;
  }
  if (out !== length) throw damaged();
  return target;
}

function littleEndian(bytes: Uint8Array, at: number, size: number): number {
  let number = 0;
  for (let place = size - 1; place >= 0; place--) number = number * 256 + (bytes[at + place] ?? 0);
  return number;
}

function damaged(): Error {
  return new Error("what Snappy packed is damaged");
}
