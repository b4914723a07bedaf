/** The bytes of a file while it is written, and after it until the next is begun. */

let room: usize = 0;
export let file: usize = 0;
export let fileAt: usize = 0;

export function beginBytes(): void {
  fileAt = 0;
}

/** Makes room for so many more bytes, and some after them. */
export function need(bytes: usize): void {
  if (fileAt + bytes + 64 <= room) return;
  room = max(room * 2, fileAt + bytes + (1 << 16));
  file = file === 0 ? heap.alloc(room) : heap.realloc(file, room);
}

export function putByte(byte: i32): void {
  need(1);
  store<u8>(file + fileAt, byte);
  fileAt += 1;
}

export function putBytes(from: usize, to: usize): void {
  need(to - from);
  memory.copy(file + fileAt, from, to - from);
  fileAt += to - from;
}

/** Takes in so many bytes that were written after those that are there, where room was made. */
export function taken(bytes: usize): void {
  fileAt += bytes;
}
