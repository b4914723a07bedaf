import { allRows, sortRows } from "../core/sort-rows.ts";
import type { Judged } from "./assess.ts";
import { effects } from "./report.ts";
import { compareTexts } from "./tally.ts";

/** Rows of a report by columns; those may be longer. */
export interface RowColumns {
  readonly size: number;
  readonly leads: readonly Judged[];
  /** Numbers of texts. */
  readonly principals: readonly number[];
  readonly accounts: readonly number[];
  /** Places in the list of effects. */
  readonly effects: Int32Array;
  readonly counts: Float64Array;
}

/**
 * The numbers of rows in order: by effect and certainty, the most calls first, then by account,
 * principal and action. Each is compared as a number; there may be a million rows.
 */
export function rowOrder(rows: RowColumns, text: (number: number) => string): Int32Array {
  const { size, leads, effects: effectOf, counts } = rows;
  const sums = [...new Set(counts.subarray(0, size))].sort((a, b) => b - a);
  const sumPlaces = new Map(sums.map((sum, place) => [sum, place]));
  const actions = [...new Set(leads.map(({ checked }) => checked.action))].sort(compareTexts);
  const actionPlaces = new Map(actions.map((action, place) => [action, place]));
  const numbers = (of: (row: number) => number): Int32Array => {
    const all = new Int32Array(size);
    for (let row = 0; row < size; row++) all[row] = of(row);
    return all;
  };
  const lead = (row: number): Judged => leads[row] as Judged;
  const acts = numbers((row) => {
    const { checked, standing } = lead(row);
    return (actionPlaces.get(checked.action) ?? 0) * 2 + Number(standing.onBehalf);
  });
  const sizes = numbers((row) => sumPlaces.get(counts[row] as number) ?? 0);
  const kinds = numbers((row) => (effectOf[row] as number) * 2 + Number(!lead(row).change.certain));
  let order = sortRows(allRows(size), acts, actions.length * 2);
  for (const texts of [rows.principals, rows.accounts]) {
    const { places, count } = textPlaces(texts, text);
    order = sortRows(order, places, count);
  }
  order = sortRows(order, sizes, sums.length);
  return sortRows(order, kinds, effects.length * 2);
}

/** By row: the place of its text among all in order, of which there are `count`. */
function textPlaces(
  numbers: readonly number[],
  text: (number: number) => string,
): { readonly places: Int32Array; readonly count: number } {
  const found = [...new Set(numbers)];
  const most = found.reduce((sum, number) => Math.max(sum, number), 0);
  // Texts differ where their numbers do. Sorted as they are, without a function to call.
  const placeOf = new Map(
    found
      .map(text)
      .sort()
      .map((one, place) => [one, place]),
  );
  const ofNumber = new Int32Array(most + 1);
  for (const number of found) ofNumber[number] = placeOf.get(text(number)) ?? 0;
  const places = new Int32Array(numbers.length);
  for (let row = 0; row < places.length; row++) {
    places[row] = ofNumber[numbers[row] as number] as number;
  }
  return { places, count: found.length };
}
