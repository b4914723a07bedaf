/** Lists of 32-bit numbers in memory, by the address at which they begin. */

export function cell(list: usize, index: i32): i32 {
  return load<i32>(list + ((<usize>index) << 2));
}

export function setCell(list: usize, index: i32, value: i32): void {
  store<i32>(list + ((<usize>index) << 2), value);
}

/** A list of so many cells, each of which is `value`. */
export function newCells(count: i32, value: i32): usize {
  const list = heap.alloc((<usize>count) << 2);
  fillCells(list, count, value);
  return list;
}

export function fillCells(list: usize, count: i32, value: i32): void {
  if (value === 0 || value === -1) memory.fill(list, <u8>value, (<usize>count) << 2);
  else for (let index = 0; index < count; index++) setCell(list, index, value);
}

/** Whether bytes are the same. Nothing beyond them is read. */
export function isEqual(a: usize, b: usize, length: usize): bool {
  if (length >= 16) {
    const last = length - 16;
    for (let at: usize = 0; at < last; at += 16) {
      if (v128.any_true(v128.xor(v128.load(a + at), v128.load(b + at)))) return false;
    }
    return !v128.any_true(v128.xor(v128.load(a + last), v128.load(b + last)));
  }
  if (length >= 8) {
    const last = length - 8;
    return load<u64>(a) === load<u64>(b) && load<u64>(a + last) === load<u64>(b + last);
  }
  for (let at: usize = 0; at < length; at++) {
    if (load<u8>(a + at) !== load<u8>(b + at)) return false;
  }
  return true;
}

/** Copies bytes; up to 15 after them are copied too, at both places. */
export function copyLoosely(to: usize, from: usize, length: usize): void {
  if (length > 512) memory.copy(to, from, length);
  else for (let at: usize = 0; at < length; at += 16) v128.store(to + at, v128.load(from + at));
}
