/**
 * The members that matter, at every depth, laid flat for quick comparison. An entry is a member of
 * one object; objects are numbered by the entry that holds them plus one, 0 is the record.
 */
import { cell, isEqual, setCell } from "./cells";
import { memberOf } from "./host";
import { offsetOf } from "./input";

let count = 0;
/** By entry: where its name begins as it is written, `"name":`, and how many bytes that takes. */
let texts: usize = 0;
let lengths: usize = 0;
/** By entry: the object it is a member of. */
let objects: usize = 0;
/** By entry: the number of the field, -1 for what nobody looks at; and how many come after it that are within. */
let fields: usize = 0;
let withins: usize = 0;
/** By object: its first entry, where guessing begins. By entry: the one that came after it last. */
let firsts: usize = 0;
let afters: usize = 0;

/** Takes in the entries: five numbers each, the first of them the place of its name in `bytes`. */
export function setEntries(list: usize, entries: i32, bytes: usize): void {
  count = entries;
  texts = heap.alloc((<usize>entries) << 2);
  lengths = heap.alloc((<usize>entries) << 2);
  objects = heap.alloc((<usize>entries) << 2);
  fields = heap.alloc((<usize>entries) << 2);
  withins = heap.alloc((<usize>entries) << 2);
  afters = heap.alloc((<usize>entries) << 2);
  firsts = heap.alloc((<usize>(entries + 1)) << 2);
  for (let object = 0; object <= entries; object++) setCell(firsts, object, -1);
  for (let entry = 0; entry < entries; entry++) {
    setCell(texts, entry, <i32>bytes + cell(list, entry * 5));
    setCell(lengths, entry, cell(list, entry * 5 + 1));
    const object = cell(list, entry * 5 + 2);
    setCell(objects, entry, object);
    setCell(fields, entry, cell(list, entry * 5 + 3));
    setCell(withins, entry, cell(list, entry * 5 + 4));
    setCell(afters, entry, entry);
    if (cell(firsts, object) === -1) setCell(firsts, object, entry);
  }
}

export function fieldOf(entry: i32): i32 {
  return cell(fields, entry);
}

export function fieldsWithin(entry: i32): i32 {
  return cell(withins, entry);
}

export function firstOf(object: i32): i32 {
  return cell(firsts, object);
}

export function afterOf(entry: i32): i32 {
  return cell(afters, entry);
}

/** Notes what came after an entry, or first in its object for -1. */
export function noteAfter(object: i32, entry: i32, next: i32): void {
  if (entry === -1) setCell(firsts, object, next);
  else setCell(afters, entry, next);
}

/** How many bytes of the input an entry's name takes that stands there as AWS writes it; else 0. */
export function nameLengthAt(place: usize, entry: i32): i32 {
  const length = cell(lengths, entry);
  return isEqual(place, cell(texts, entry), length) ? length : 0;
}

/** The entry of a name that stands between two places, or -1. */
export function findName(object: i32, from: usize, to: usize): i32 {
  for (let place = from; place < to; place++) {
    if (load<u8>(place) === 0x5c) return memberOf(object, offsetOf(from - 1), offsetOf(to + 1));
  }
  const length = <i32>(to - from) + 3;
  for (let entry = 0; entry < count; entry++) {
    if (
      cell(objects, entry) === object &&
      cell(lengths, entry) === length &&
      isEqual(from, cell(texts, entry) + 1, to - from)
    ) {
      return entry;
    }
  }
  return -1;
}
