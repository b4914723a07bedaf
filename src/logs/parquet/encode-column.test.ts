import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { createTextPool } from "../record/text-pool.ts";
import type { ParquetColumn } from "./parquet-column.ts";
import { createParquetWriter } from "./parquet-writer.ts";
import { type ReadColumns, readColumns } from "./read-columns.ts";
import { readFirstColumn } from "./read-first-column.ts";

// DuckDB is the judge of what readers of ours do not read: truths, and texts without a dictionary.
const { DuckDBInstance } = await import("@duckdb/node-api");
const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
const duckdb = await instance.connect();
const folder = mkdtempSync(join(tmpdir(), "orgrail-encode-"));

afterAll(() => {
  duckdb.closeSync();
  instance.closeSync();
  rmSync(folder, { recursive: true });
});

/** One for all tests, as a lake's are: a file is made where the one before was. */
const pool = createTextPool();
const writer = createParquetWriter(pool);

const rowCounts = [0, 1, 7, 8, 9, 15, 16, 17, 63, 64, 65, 1_000];
const rows = fc.constantFrom(...rowCounts);
/** Which of the rows are null: none, all, each third, or by chance. */
const nulls = fc.constantFrom("none", "all", "some", "last", "chance");

function isNull(kind: string, row: number, count: number, chance: number): boolean {
  if (kind === "some") return row % 3 === 0;
  if (kind === "last") return row === count - 1;
  return kind === "all" || (kind === "chance" && (Math.imul(row + 1, chance) >>> 7) % 2 === 0);
}

function write(columns: readonly ParquetColumn[], count: number, isPacked = true): Buffer {
  return Buffer.from(writer.write(columns, count, isPacked));
}

function textsOf(columns: ReadColumns, name: string): readonly (string | null)[] {
  const { ids, texts } = columns.texts(name);
  return Array.from(ids, (id) => (id === 0 ? null : (texts[id] as string)));
}

/** Numbers of the pool for texts that are told apart by theirs. */
function idsOf(count: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => pool.addText(`text ${index}`));
}

const widths = [1, 2, 3, 4, 5, 16, 17, 255, 256, 257, 65_535, 65_536, 65_537];

test.each(widths)("a dictionary of %i texts", (width) => {
  pool.clear();
  const ids = idsOf(width);
  const counts = [width, width + 1, width + 7, width + 9, width * 2];
  for (const count of width > 1_000 ? [width + 9] : counts) {
    for (const kind of ["none", "some", "last"]) {
      const own = Int32Array.from({ length: count + 1 }, (_, row) =>
        isNull(kind, row, count, 0) ? 0 : (ids[(count - row) % width] as number),
      );
      const file = write([{ kind: "text", name: "t", ids: own }], own.length);
      const found = textsOf(readColumns(file), "t");
      const expected = Array.from(own, (id) => (id === 0 ? null : `text ${id - 1}`));
      if (found.join() !== expected.join()) expect(found).toEqual(expected);
    }
  }
});

test("texts by places, of which some come never and some always", () => {
  const property = fc.property(
    rows,
    fc.constantFrom(1, 2, 3, 8, 255, 256, 257, 3_000),
    nulls,
    fc.integer(),
    fc.boolean(),
    (count, width, kind, chance, isUniform) => {
      pool.clear();
      const known = idsOf(width);
      const ids = Int32Array.from(known, (id, at) => (isNull(kind, at, width, chance) ? 0 : id));
      const places = Int32Array.from({ length: count }, (_, row) =>
        isUniform ? width - 1 : (Math.imul(row + 3, chance) >>> 5) % width,
      );
      const file = write([{ kind: "text", name: "t", ids, places }], count);
      expect(textsOf(readColumns(file), "t")).toEqual(
        Array.from(places, (place) => (ids[place] === 0 ? null : `text ${place}`)),
      );
    },
  );
  fc.assert(property, { numRuns: 150 });
});

const number = fc.oneof(
  fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  fc.integer({ min: -(2 ** 50), max: 2 ** 50 }),
  fc.constantFrom(0, -1, 2 ** 32, -(2 ** 32), 2 ** 53 - 1, -(2 ** 53 - 1)),
);

test("numbers and times, with none where there is none", () => {
  const property = fc.property(
    fc.tuple(rows, nulls, fc.integer(), fc.array(number, { minLength: 1, maxLength: 30 })),
    fc.boolean(),
    ([count, kind, chance, numbers], isPacked) => {
      const all = Float64Array.from({ length: count }, (_, row) =>
        isNull(kind, row, count, chance) ? Number.NaN : (numbers[row % numbers.length] as number),
      );
      // Times are stored in microseconds, as far as a date of JavaScript's can be.
      const times = all.map((value) => value % 1e13);
      const small = Int32Array.from(all, (value) => value | 0);
      const columns = readColumns(
        write(
          [
            { kind: "integer", name: "integer", values: all },
            { kind: "timestamp", name: "time", values: times },
            { kind: "date", name: "date", values: small },
            { kind: "number", name: "number", values: small },
          ],
          count,
          isPacked,
        ),
      );
      expect(columns.rows).toBe(count);
      expect(columns.numbers("integer").map(positiveZero)).toEqual(all.map(positiveZero));
      expect(columns.numbers("time").map(positiveZero)).toEqual(times.map(positiveZero));
      expect(columns.numbers("date")).toEqual(Float64Array.from(small));
      expect(columns.integers("number")).toEqual(small);
    },
  );
  fc.assert(property, { numRuns: 150 });
});

/** Whole numbers have no -0. */
function positiveZero(value: number): number {
  return value + 0;
}

test.each(rowCounts.slice(1))("truths and texts that all differ, in %i rows", async (count) => {
  pool.clear();
  for (const [index, kind] of ["none", "all", "some", "last", "chance"].entries()) {
    const has = (row: number): boolean => !isNull(kind, row, count, 0x9e3779b1 + index);
    const expected = Array.from({ length: count }, (_, row) => ({
      id: has(row) ? `${"i".repeat(row % 40)} ${row}` : null,
      truth: has(row) ? (row * 5) % 7 < 3 : null,
    }));
    const ids = Int32Array.from(expected, ({ id }) => (id === null ? 0 : pool.addText(id)));
    const values = Int8Array.from(expected, ({ truth }) => (truth === null ? -1 : Number(truth)));
    const path = join(folder, "test.parquet");
    const file = write(
      [
        { kind: "text", name: "id", ids, isRandom: true },
        { kind: "boolean", name: "truth", values },
      ],
      count,
    );
    writeFileSync(path, file);
    const reader = await duckdb.runAndReadAll(`SELECT id, truth FROM read_parquet('${path}')`);
    expect(reader.getRowObjectsJS()).toEqual(expected);
  }
});

test("pages that do not become smaller are stored as they are", () => {
  pool.clear();
  const texts = Array.from({ length: 300 }, (_, index) =>
    createHash("sha512").update(`${index}`).digest(),
  );
  const ids = Int32Array.from(texts, (own) => pool.add(own));
  const file = write(
    [
      { kind: "text", name: "id", ids, isRandom: true },
      { kind: "text", name: "text", ids },
    ],
    ids.length,
  );
  const path = join(folder, "random.parquet");
  writeFileSync(path, file);
  expect(readFirstColumn(path).map((text) => Buffer.from(text))).toEqual(texts);
  expect(textsOf(readColumns(file), "text")).toEqual(texts.map((own) => own.toString()));
});
