import fc from "fast-check";
import { expect, test } from "vitest";
import { createTextPool } from "../record/text-pool.ts";
import { createParquetWriter } from "./parquet-writer.ts";
import { readColumns } from "./read-columns.ts";

interface Row {
  readonly text: string | null;
  readonly timeMs: number | null;
  readonly count: number;
  readonly day: number;
}

function fileOf(rows: readonly Row[]): Buffer {
  const pool = createTextPool();
  const ids = rows.map(({ text }) => (text === null ? 0 : pool.addText(text)));
  const times = rows.map(({ timeMs }) => timeMs ?? Number.NaN);
  const columns = [
    { kind: "text", name: "text", ids: Int32Array.from(ids) },
    { kind: "timestamp", name: "time", values: Float64Array.from(times) },
    { kind: "integer", name: "count", values: Float64Array.from(rows, ({ count }) => count) },
    { kind: "date", name: "day", values: Int32Array.from(rows, ({ day }) => day) },
  ] as const;
  return createParquetWriter(pool).write(columns, rows.length);
}

function rowsOf(file: Buffer): readonly Row[] {
  const columns = readColumns(file);
  const { ids, texts } = columns.texts("text");
  const [times, counts, days] = ["time", "count", "day"].map((name) => columns.numbers(name));
  return Array.from({ length: columns.rows }, (_, row) => ({
    text: ids[row] === 0 ? null : (texts[ids[row] ?? 0] ?? ""),
    timeMs: Number.isNaN(times?.[row]) ? null : (times?.[row] ?? 0),
    count: counts?.[row] ?? 0,
    day: days?.[row] ?? 0,
  }));
}

const row: fc.Arbitrary<Row> = fc.record({
  text: fc.option(fc.constantFrom("a", "b", "ü", "", "x".repeat(600))),
  timeMs: fc.option(fc.integer({ min: -1e12, max: 4e12 })),
  count: fc.integer({ min: -(2 ** 45), max: 2 ** 45 }),
  day: fc.integer({ min: 0, max: 40_000 }),
});

test("gives back what was written", () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 60 }), (rows) => {
      expect(rowsOf(fileOf(rows))).toEqual(rows);
    }),
    { numRuns: 100 },
  );
});

test("wide dictionaries and compressed pages", () => {
  const rows = Array.from({ length: 40_000 }, (_, index) => ({
    text: index % 7 === 0 ? null : `text ${index % 9_000}`,
    timeMs: 1_720_000_000_000 + index * 1_000,
    count: index,
    day: 19_000 + (index % 30),
  }));
  expect(rowsOf(fileOf(rows))).toEqual(rows);
});

test("refuses what is no such file", () => {
  const file = fileOf([{ text: "a", timeMs: 0, count: 1, day: 1 }]);
  expect(() => readColumns(file.subarray(0, file.length - 1))).toThrow("cut off");
  expect(() => readColumns(Buffer.from("{}"))).toThrow("no file of Parquet");
  expect(() => readColumns(file).texts("none")).toThrow("no column `none`");
  expect(() => readColumns(file).texts("day")).toThrow("no texts");
  expect(() => readColumns(file).numbers("text")).toThrow("no numbers");
});
