import type { CallColumn, CallGroups, RowClasses, TextColumn } from "./call-groups.ts";
import { createTuples } from "./tuples.ts";

/** Up to so many pairs of numbers have a table, whatever the rows. */
const smallTable = 1 << 16;

/** Rows by their class, and of each class a row. */
interface Divided {
  readonly of: Int32Array;
  readonly leads: Int32Array;
}

/** Sorts rows by what they say in some columns, one column after the other. */
export function rowClasses<Column extends CallColumn>(
  { size, texts }: Pick<CallGroups, "size" | "texts">,
  columns: readonly Column[],
): RowClasses<Column> {
  let all: Divided = { of: new Int32Array(size), leads: new Int32Array(Math.min(size, 1)) };
  for (const name of columns) {
    const { ids, texts: own } = texts[name];
    if (!isUniform(ids, size)) all = divided(all, ids, own.length);
  }
  const { of, leads } = all;
  const textsOf = (name: Column): TextColumn => {
    const { ids, texts: own } = texts[name];
    return { ids: leads.map((row) => ids[row] as number), texts: own };
  };
  const entries = columns.map((name) => [name, textsOf(name)] as const);
  return { of, texts: Object.fromEntries(entries) as Record<Column, TextColumn> };
}

function isUniform(ids: Int32Array, size: number): boolean {
  for (let row = 1; row < size; row++) if (ids[row] !== ids[0]) return false;
  return true;
}

/** Tells rows apart by a column, whose numbers are below `width`, where they were the same. */
function divided({ of, leads: old }: Divided, ids: Int32Array, width: number): Divided {
  const size = of.length;
  const numberOf =
    old.length * width <= Math.max(smallTable, size * 4)
      ? tableNumbers(old.length * width, width)
      : tupleNumbers();
  const numbers = new Int32Array(size);
  let leads = new Int32Array(Math.max(16, old.length * 2));
  let count = 0;
  for (let row = 0; row < size; row++) {
    const number = numberOf(of[row] as number, ids[row] as number);
    numbers[row] = number;
    if (number < count) continue;
    if (count === leads.length) {
      const more = new Int32Array(count * 2);
      more.set(leads);
      leads = more;
    }
    leads[count++] = row;
  }
  return { of: numbers, leads: leads.subarray(0, count) };
}

type PairNumbers = (first: number, second: number) => number;

function tableNumbers(pairs: number, width: number): PairNumbers {
  const table = new Int32Array(pairs);
  let count = 0;
  return (first, second) => {
    const at = first * width + second;
    if (table[at] === 0) table[at] = ++count;
    return (table[at] as number) - 1;
  };
}

function tupleNumbers(): PairNumbers {
  const tuples = createTuples(2);
  const tuple = new Int32Array(2);
  return (first, second) => {
    tuple[0] = first;
    tuple[1] = second;
    return tuples.number(tuple);
  };
}
