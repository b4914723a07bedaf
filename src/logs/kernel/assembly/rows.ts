/**
 * Rows of events. Most events are like an earlier one but for their ids and time, so what is the same
 * is held once, as a shape: a number a column, of its text, or 1, 0 or -1 for a truth.
 */
import { cell, fillCells, newCells, setCell } from "./cells";

let width = 0;
let ownWidth = 0;
/** The shape being filled in; `addShape` makes it count. */
export let shape: usize = 0;
/** The texts of the row being filled in that no other has. */
export let own: usize = 0;

let shapeRoom = 1 << 8;
let shapeCount = 0;
let cells: usize = 0;
let rowRoom = 1 << 10;
let size = 0;
let owns: usize = 0;
let shapes: usize = 0;
/** Milliseconds since the epoch. */
let times: usize = 0;
let partitions: usize = 0;
let partitionRoom = 1 << 6;
let partitionCount = 0;
/** By partition: how many rows it has. */
let counts: usize = 0;

/** Rows in the order of their partitions, and where each of these begins; made when asked for. */
let isSorted = false;
let order: usize = 0;
let begins: usize = 0;
/** By shape: its number among those of a partition, plus one. */
let localOf: usize = 0;
/** Of the chosen partition: its rows, its shapes, and by row the number of its shape. */
let chosen: usize = 0;
export let chosenRows = 0;
let locals: usize = 0;
export let localCount = 0;
export let places: usize = 0;
/** A column of the chosen partition. */
export let gathered: usize = 0;

export function setColumns(columns: i32, ownColumns: i32): void {
  width = columns;
  ownWidth = ownColumns;
  shape = newCells(columns, 0);
  own = newCells(ownColumns, 0);
  cells = newCells(shapeRoom * columns, 0);
  owns = newCells(rowRoom * ownColumns, 0);
  shapes = newCells(rowRoom, 0);
  times = heap.alloc((<usize>rowRoom) << 3);
  partitions = newCells(rowRoom, 0);
  counts = newCells(partitionRoom, 0);
}

export function clearRows(): void {
  size = 0;
  shapeCount = 0;
  partitionCount = 0;
  isSorted = false;
}

/** The number of the shape that was filled in. */
export function addShape(): i32 {
  const bytes = (<usize>width) << 2;
  if (shapeCount === shapeRoom) {
    shapeRoom *= 2;
    cells = heap.realloc(cells, bytes * shapeRoom);
  }
  memory.copy(cells + bytes * shapeCount, shape, bytes);
  return shapeCount++;
}

export function shapesHeld(): i32 {
  return shapeCount;
}

/** What a shape has in a column. */
export function shapeCell(number: i32, column: i32): i32 {
  return cell(cells, number * width + column);
}

/** Adds a row of that shape to a partition, which is numbered from 0. */
export function addRow(number: i32, timeMs: f64, partition: i32): void {
  if (size === rowRoom) {
    rowRoom *= 2;
    const bytes = (<usize>rowRoom) << 2;
    owns = heap.realloc(owns, bytes * ownWidth);
    shapes = heap.realloc(shapes, bytes);
    times = heap.realloc(times, bytes << 1);
    partitions = heap.realloc(partitions, bytes);
  }
  for (let column = 0; column < ownWidth; column++) {
    setCell(owns, size * ownWidth + column, cell(own, column));
  }
  setCell(shapes, size, number);
  store<f64>(times + ((<usize>size) << 3), timeMs);
  setCell(partitions, size, partition);
  if (partition >= partitionCount) {
    while (partition >= partitionRoom) {
      partitionRoom *= 2;
      counts = heap.realloc(counts, (<usize>partitionRoom) << 2);
    }
    fillCells(counts + ((<usize>partitionCount) << 2), partition + 1 - partitionCount, 0);
    partitionCount = partition + 1;
  }
  setCell(counts, partition, cell(counts, partition) + 1);
  size += 1;
}

export function rowCount(): i32 {
  return size;
}

/** How many rows a partition has. */
export function rowsOf(partition: i32): i32 {
  return partition < partitionCount ? cell(counts, partition) : 0;
}

/** Sorts rows by their partitions, in the order in which they came. */
function sortRows(): void {
  if (order !== 0) {
    heap.free(order);
    heap.free(begins);
    heap.free(localOf);
    heap.free(locals);
    heap.free(places);
    heap.free(gathered);
  }
  order = newCells(size, 0);
  begins = newCells(partitionCount + 1, 0);
  localOf = newCells(shapeCount, 0);
  locals = newCells(shapeCount, 0);
  places = newCells(size, 0);
  gathered = heap.alloc((<usize>max(size, shapeCount)) << 3);
  let begin = 0;
  for (let partition = 0; partition < partitionCount; partition++) {
    setCell(begins, partition, begin);
    begin += cell(counts, partition);
  }
  for (let row = 0; row < size; row++) {
    const partition = cell(partitions, row);
    const at = cell(begins, partition);
    setCell(order, at, row);
    setCell(begins, partition, at + 1);
  }
  isSorted = true;
}

/** Chooses a partition, whose columns are then asked for. */
export function choosePartition(partition: i32): void {
  if (!isSorted) sortRows();
  chosenRows = cell(counts, partition);
  // Sorting moved each beginning to its end.
  chosen = order + ((<usize>(cell(begins, partition) - chosenRows)) << 2);
  localCount = 0;
  for (let index = 0; index < chosenRows; index++) {
    const held = cell(shapes, cell(chosen, index));
    let local = cell(localOf, held);
    if (local === 0) {
      setCell(locals, localCount, held);
      localCount += 1;
      local = localCount;
      setCell(localOf, held, local);
    }
    setCell(places, index, local - 1);
  }
  for (let index = 0; index < localCount; index++) setCell(localOf, cell(locals, index), 0);
}

/** Gathers what the shapes of the partition have in a column. */
export function gatherShapes(column: i32): void {
  for (let index = 0; index < localCount; index++) {
    setCell(gathered, index, cell(cells, cell(locals, index) * width + column));
  }
}

/** Gathers what the rows have in one of their own columns. */
export function gatherOwn(column: i32): void {
  for (let index = 0; index < chosenRows; index++) {
    setCell(gathered, index, cell(owns, cell(chosen, index) * ownWidth + column));
  }
}

/** Gathers the times of the rows, 64 bits each. */
export function gatherTimes(): void {
  for (let index = 0; index < chosenRows; index++) {
    const time = load<f64>(times + ((<usize>cell(chosen, index)) << 3));
    store<f64>(gathered + ((<usize>index) << 3), time);
  }
}
