/** Writes the events of a partition as a file. */
import { cell, newCells, setCell } from "./cells";
import { addColumn, beginFile, endFile } from "./file";
import { encodeNumbers, encodeRandom, encodeTexts, encodeTruths } from "./pages";
import {
  choosePartition,
  chosenRows,
  gathered,
  gatherOwn,
  gatherShapes,
  gatherTimes,
  localCount,
  places,
} from "./rows";

/** Parquet's timestamps are in microseconds. */
const perMillisecond: f64 = 1_000;

/** By column, four numbers: its name's place and length, its kind in the file, its own place or -1. */
let columns: usize = 0;
let count = 0;
/** Milliseconds since the epoch of the first and the last event of the partition. */
export let firstTime: f64 = 0;
export let lastTime: f64 = 0;

export function setFileColumns(list: usize, length: i32): void {
  columns = newCells(length * 4, 0);
  count = length;
  for (let index = 0; index < length * 4; index++) setCell(columns, index, cell(list, index));
}

/** Writes a partition; where the file's bytes begin. */
export function writePartition(partition: i32, least: i32, leastRandom: i32): usize {
  choosePartition(partition);
  beginFile(least, leastRandom);
  for (let column = 0; column < count; column++) {
    const kind = cell(columns, column * 4 + 2);
    const own = cell(columns, column * 4 + 3);
    encode(column, kind, own);
    addColumn(
      cell(columns, column * 4),
      cell(columns, column * 4 + 1),
      kind,
      own === -1 ? 0 : 1,
      chosenRows,
    );
  }
  return endFile(chosenRows);
}

/** Kinds are those of `file.ts`: 0 texts, 1 truths, 2 times. */
function encode(column: i32, kind: i32, own: i32): void {
  if (own !== -1) {
    gatherOwn(own);
    encodeRandom(gathered, chosenRows);
  } else if (kind === 0) {
    gatherShapes(column);
    encodeTexts(gathered, localCount, places, chosenRows);
  } else if (kind === 1) {
    gatherShapes(column);
    encodeTruths(gathered, places, chosenRows);
  } else encodeTimes();
}

function encodeTimes(): void {
  gatherTimes();
  firstTime = f64.POSITIVE_INFINITY;
  lastTime = f64.NEGATIVE_INFINITY;
  for (let row = 0; row < chosenRows; row++) {
    const time = load<f64>(gathered + ((<usize>row) << 3));
    firstTime = min(firstTime, time);
    lastTime = max(lastTime, time);
  }
  encodeNumbers(gathered, chosenRows, perMillisecond);
}
