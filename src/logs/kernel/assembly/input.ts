/** The bytes that are read. After them there is room that may be read, and it begins with zeros. */

/** More than anything is read beyond the end. */
const slack = 256;

let room: usize = 0;
let held: usize = 0;

/** Where the input begins. */
export let input: usize = 0;
/** The place after it. */
export let inputEnd: usize = 0;

/** Makes room for an input of so many bytes: where they are to be put. */
export function openInput(length: usize): usize {
  if (length + slack > room) {
    if (held !== 0) heap.free(held);
    room = max<usize>(length + min<usize>(length >> 2, 16 << 20), 1 << 16) + slack;
    held = heap.alloc(room);
  }
  input = held;
  inputEnd = held + length;
  memory.fill(inputEnd, 0, slack);
  return input;
}

export function offsetOf(place: usize): i32 {
  return <i32>(place - input);
}
