/** Texts as bytes, each held once and known by a number; 0 stands for no text. */
export interface TextPool {
  /** The number of a text that lies in bytes; it is taken in when it is new. */
  add(bytes: Uint8Array, start: number, end: number): number;
  /** The number of a text given as a string. */
  addText(text: string): number;
  /** A text as a string; `undefined` for 0. */
  text(id: number): string | undefined;
  length(id: number): number;
  /** Writes a text's bytes; the place after them. */
  copy(id: number, target: Uint8Array, at: number): number;
  /** How many bytes all texts have. */
  bytes(): number;
  /** Forgets all texts. */
  clear(): void;
}

/** Makes an empty pool. */
export function createTextPool(): TextPool {
  let arena = Buffer.allocUnsafe(1 << 20);
  let used = 0;
  let count = 1;
  let offsets = new Int32Array(1 << 14);
  let hashes = new Int32Array(1 << 14);
  let slots = new Int32Array(1 << 15);

  const grow = (): void => {
    const larger = (old: Int32Array): Int32Array<ArrayBuffer> => {
      const next = new Int32Array(old.length * 2);
      next.set(old);
      return next;
    };
    offsets = larger(offsets);
    hashes = larger(hashes);
    slots = new Int32Array(slots.length * 2);
    const mask = slots.length - 1;
    for (let id = 1; id < count; id++) {
      let slot = (hashes[id] as number) & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
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

  const add = (bytes: Uint8Array, start: number, end: number): number => {
    let hash = 0;
    for (let place = start; place < end; place++) {
      hash = (Math.imul(hash, 31) + (bytes[place] as number)) | 0;
    }
    hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    hash ^= hash >>> 13;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let id = slots[slot] as number; id !== 0; id = slots[slot] as number) {
      if (hashes[id] === hash && isSame(id, bytes, start, end - start)) return id;
      slot = (slot + 1) & mask;
    }
    if (used + end - start > arena.length) {
      const next = Buffer.allocUnsafe(Math.max(arena.length * 2, used + end - start));
      arena.copy(next, 0, 0, used);
      arena = next;
    }
    for (let place = start; place < end; place++) arena[used++] = bytes[place] as number;
    const id = count;
    count += 1;
    slots[slot] = id;
    hashes[id] = hash;
    offsets[id] = used - (end - start);
    offsets[id + 1] = used;
    if (count + 2 >= offsets.length) grow();
    return id;
  };

  const length = (id: number): number => (offsets[id + 1] as number) - (offsets[id] as number);

  return {
    add,
    addText: (text) => {
      const bytes = Buffer.from(text);
      return add(bytes, 0, bytes.length);
    },
    text: (id) =>
      id === 0
        ? undefined
        : arena.toString("utf8", offsets[id] as number, offsets[id + 1] as number),
    length,
    copy: (id, target, at) => {
      const from = offsets[id] as number;
      const to = offsets[id + 1] as number;
      if (to - from > 64) {
        arena.copy(target, at, from, to);
        return at + to - from;
      }
      let place = at;
      for (let index = from; index < to; index++) target[place++] = arena[index] as number;
      return place;
    },
    bytes: () => used,
    clear: () => {
      used = 0;
      count = 1;
      // What one very large unit needed is given back.
      if (arena.length > 64 * 1_048_576) arena = Buffer.allocUnsafe(1 << 20);
      slots.fill(0);
    },
  };
}
