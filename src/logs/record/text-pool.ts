/** Texts as bytes, each held once and known by a number; 0 stands for no text. */
export interface TextPool {
  /** The number of a text that lies in bytes; it is taken in when it is new. */
  add(bytes: Uint8Array, start: number, end: number): number;
  /** The same for what stands in a JSON string; -1, and nothing taken in, when it has an escape. */
  addUnescaped(bytes: Uint8Array, start: number, end: number): number;
  /** A new number for a text of which it is not asked whether it is there already. */
  append(bytes: Uint8Array, start: number, end: number): number;
  /** The number of a text given as a string. */
  addText(text: string): number;
  /** A text as a string; `undefined` for 0. */
  text(id: number): string | undefined;
  /** How many bytes texts have; 0 has none. */
  lengthOf(ids: Int32Array, count: number): number;
  /** Writes texts one after the other, each after its length in four bytes; 0 is passed over. */
  write(ids: Int32Array, count: number, target: Uint8Array): void;
  /** How many bytes all texts have. */
  bytes(): number;
  /** The number that the next new text gets. */
  next(): number;
  /** Forgets all texts. */
  clear(): void;
}

/** Makes an empty pool. */
export function createTextPool(): TextPool {
  // All begin small: what makes them larger is then done before the engine compiles this.
  let arena = Buffer.allocUnsafe(1 << 10);
  let used = 0;
  let count = 1;
  let offsets = new Int32Array(1 << 7);
  let hashes = new Int32Array(1 << 7);
  let slots = new Int32Array(1 << 8);

  const grow = (): void => {
    const larger = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(old.length * 2);
      next.set(old);
      return next;
    };
    offsets = larger(offsets);
    hashes = larger(hashes);
    const old = slots;
    slots = new Int32Array(old.length * 2);
    const mask = slots.length - 1;
    for (const id of old) {
      if (id === 0) continue;
      let slot = (hashes[id] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
  };

  /** Puts a text behind the others; its number. */
  const hold = (bytes: Uint8Array, start: number, end: number): number => {
    if (used + end - start > arena.length) {
      const next = Buffer.allocUnsafe(Math.max(arena.length * 2, used + end - start));
      arena.copy(next, 0, 0, used);
      arena = next;
    }
    // A view of the bytes costs more than a short loop.
    if (end - start > 512) {
      arena.set(bytes.subarray(start, end), used);
      used += end - start;
    } else for (let place = start; place < end; place++) arena[used++] = bytes[place] as number;
    const id = count;
    count += 1;
    offsets[id] = used - (end - start);
    offsets[id + 1] = used;
    return id;
  };

  const isSame = (id: number, bytes: Uint8Array, start: number, length: number): boolean => {
    const from = offsets[id] as number;
    if ((offsets[id + 1] as number) - from !== length) return false;
    if (length > 48) return arena.compare(bytes, start, start + length, from, from + length) === 0;
    for (let index = 0; index < length; index++) {
      if (arena[from + index] !== bytes[start + index]) return false;
    }
    return true;
  };

  /** Takes in a text; with `refused` 0, not one that has a backslash. */
  const take = (bytes: Uint8Array, start: number, end: number, refused: number): number => {
    let hash = end - start;
    let at = start;
    // Four bytes a step: the chain of multiplications is what takes time.
    for (const most = end - 3; at < most; at += 4) {
      const four =
        (bytes[at] as number) |
        ((bytes[at + 1] as number) << 8) |
        ((bytes[at + 2] as number) << 16) |
        ((bytes[at + 3] as number) << 24);
      // A byte of this is 0 where the text has a backslash.
      const other = (four ^ 0x5c5c5c5c) | refused;
      if (((other - 0x01010101) & ~other & 0x80808080) !== 0) return -1;
      hash = Math.imul(hash ^ four, 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    for (; at < end; at++) {
      if (bytes[at] === 0x5c && refused === 0) return -1;
      hash = Math.imul(hash ^ (bytes[at] as number), 0x9e3779b1);
    }
    hash ^= hash >>> 15;
    hash = Math.imul(hash, 0x2c1b3c6d);
    hash ^= hash >>> 13;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let id = slots[slot] as number; id !== 0; id = slots[slot] as number) {
      if (hashes[id] === hash && isSame(id, bytes, start, end - start)) return id;
      slot = (slot + 1) & mask;
    }
    const id = hold(bytes, start, end);
    slots[slot] = id;
    hashes[id] = hash;
    if (count + 2 >= offsets.length) grow();
    return id;
  };

  const add = (bytes: Uint8Array, start: number, end: number): number =>
    take(bytes, start, end, -1);

  return {
    add,
    append: (bytes, start, end) => {
      const id = hold(bytes, start, end);
      if (count + 2 >= offsets.length) grow();
      return id;
    },
    addUnescaped: (bytes, start, end) => take(bytes, start, end, 0),
    addText: (text) => {
      const bytes = Buffer.from(text);
      return add(bytes, 0, bytes.length);
    },
    text: (id) =>
      id === 0
        ? undefined
        : arena.toString("utf8", offsets[id] as number, offsets[id + 1] as number),
    lengthOf: (ids, most) => {
      let bytes = 0;
      for (let index = 0; index < most; index++) {
        const id = ids[index] as number;
        if (id !== 0) bytes += (offsets[id + 1] as number) - (offsets[id] as number);
      }
      return bytes;
    },
    write: (ids, most, target) => {
      let at = 0;
      for (let index = 0; index < most; index++) {
        const id = ids[index] as number;
        if (id === 0) continue;
        const from = offsets[id] as number;
        const to = offsets[id + 1] as number;
        const length = to - from;
        target[at] = length & 0xff;
        target[at + 1] = (length >>> 8) & 0xff;
        target[at + 2] = (length >>> 16) & 0xff;
        target[at + 3] = length >>> 24;
        at += 4;
        if (length > 48) {
          target.set(arena.subarray(from, to), at);
          at += length;
        } else for (let place = from; place < to; place++) target[at++] = arena[place] as number;
      }
    },
    bytes: () => used,
    next: () => count,
    clear: () => {
      used = 0;
      count = 1;
      // What one very large unit needed is given back.
      if (arena.length > 64 * 1_048_576) arena = Buffer.allocUnsafe(1 << 10);
      slots.fill(0);
    },
  };
}
