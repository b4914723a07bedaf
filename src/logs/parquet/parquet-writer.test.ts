import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTextPool } from "../record/text-pool.ts";
import { createParquetWriter } from "./parquet-writer.ts";
import { readFirstColumn } from "./read-first-column.ts";

// DuckDB is the judge: a reader of Parquet that we did not write.
const { DuckDBInstance } = await import("@duckdb/node-api");
const folder = mkdtempSync(join(tmpdir(), "orgrail-parquet-"));
const instance = await DuckDBInstance.create(":memory:", { threads: "1" });
const duckdb = await instance.connect();

beforeAll(async () => {
  await duckdb.run("SELECT 1");
});

afterAll(() => {
  duckdb.closeSync();
  instance.closeSync();
  rmSync(folder, { recursive: true });
});

interface Row {
  readonly id: string | null;
  readonly text: string | null;
  readonly truth: boolean | null;
  readonly timeMs: number | null;
  readonly count: number | null;
  readonly day: number;
}

async function roundTrip(rows: readonly Row[]): Promise<Row[]> {
  const pool = createTextPool();
  const idOf = (text: string | null): number => (text === null ? 0 : pool.addText(text));
  const bytes = createParquetWriter(pool).write(
    [
      {
        kind: "text",
        name: "id",
        ids: Int32Array.from(rows, ({ id }) => idOf(id)),
        isRandom: true,
      },
      { kind: "text", name: "text", ids: Int32Array.from(rows, ({ text }) => idOf(text)) },
      {
        kind: "boolean",
        name: "truth",
        values: Int8Array.from(rows, ({ truth }) => (truth === null ? -1 : truth ? 1 : 0)),
      },
      {
        kind: "timestamp",
        name: "time",
        values: Float64Array.from(rows, ({ timeMs }) => timeMs ?? Number.NaN),
      },
      {
        kind: "integer",
        name: "count",
        values: Float64Array.from(rows, ({ count }) => count ?? Number.NaN),
      },
      { kind: "date", name: "day", values: Int32Array.from(rows, ({ day }) => day) },
    ],
    rows.length,
  );
  const path = join(folder, "test.parquet");
  writeFileSync(path, bytes);
  const ids = rows.flatMap(({ id }) => (id === null ? [] : [id]));
  expect(readFirstColumn(path).map((text) => Buffer.from(text).toString())).toEqual(ids);
  const reader = await duckdb.runAndReadAll(
    `SELECT id, text, truth, epoch_ms(time)::DOUBLE AS "timeMs", count::DOUBLE AS count,
            (day - DATE '1970-01-01')::INTEGER AS day FROM read_parquet('${path}')`,
  );
  return reader.getRowObjectsJS() as unknown as Row[];
}

const row: fc.Arbitrary<Row> = fc.record({
  id: fc.option(fc.uuid()),
  text: fc.option(
    fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("a", "b", "x".repeat(600))),
  ),
  truth: fc.option(fc.boolean()),
  timeMs: fc.option(fc.integer({ min: -1e12, max: 4e12 })),
  count: fc.option(fc.integer({ min: -(2 ** 45), max: 2 ** 45 })),
  day: fc.integer({ min: 0, max: 40_000 }),
});

test("DuckDB reads what was written", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 60 }), async (rows) => {
      expect(await roundTrip(rows)).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

test("many rows, compressed pages and wide dictionaries", async () => {
  const rows = Array.from(
    { length: 70_000 },
    (_, index): Row => ({
      id: `id-${index}`,
      text: index % 7 === 0 ? null : `text ${index % 5_000}`,
      truth: index % 3 === 0,
      timeMs: 1_720_000_000_000 + index * 1_000,
      count: index,
      day: 19_000 + (index % 30),
    }),
  );
  expect(await roundTrip(rows)).toEqual(rows);
});
