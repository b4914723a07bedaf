import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect } from "vitest";
import { eventColumns, ownColumns } from "../../../src/logs/lake/event-columns.ts";
import { keyTexts } from "../../../src/logs/lake/key-texts.ts";
import type { BuildUnit, UnitResult } from "../../../src/logs/lake/unit-builder.ts";
import { readColumns } from "../../../src/logs/parquet/read-columns.ts";
import { readFirstColumn } from "../../../src/logs/parquet/read-first-column.ts";
import type { LogItem } from "../../../src/logs/read/log-object.ts";
import {
  type ExpectedRow,
  type ExpectedUnit,
  expectUnit,
  type WrittenLog,
} from "./expected-unit.ts";

/** Reads rows of a file of events, or some columns of them. */
export type ReadRows = (path: string) => Promise<readonly ExpectedRow[]>;

const dictionaryColumns = eventColumns.flatMap(({ name, kind }, column) =>
  kind === "boolean" || kind === "time" || ownColumns.includes(column) ? [] : [name],
);

/** The columns that are read without DuckDB, and the ids where all rows have one. */
export const readQuickly: ReadRows = (path) => {
  const columns = readColumns(readFileSync(path));
  const times = columns.numbers("eventTime");
  const ids = readFirstColumn(path).map((id) => Buffer.from(id).toString());
  const texts = dictionaryColumns.map((name) => [name, columns.texts(name)] as const);
  const rows = Array.from(times, (eventTime, row) => ({
    eventTime,
    ...(ids.length === times.length ? { eventID: ids[row] as string } : {}),
    ...Object.fromEntries(
      texts.map(([name, { ids, texts }]) => {
        const id = ids[row] as number;
        return [name, id === 0 ? null : (texts[id] as string)];
      }),
    ),
  }));
  return Promise.resolve(rows);
};

function readKeys(path: string): readonly ExpectedRow[] {
  const columns = readColumns(readFileSync(path));
  const texts = [...keyTexts, "errorClass"].map((name) => [name, columns.texts(name)] as const);
  const numbers = ["day", "count", "firstTime", "lastTime"].map(
    (name) => [name, columns.numbers(name)] as const,
  );
  return Array.from({ length: columns.rows }, (_, row) => ({
    ...Object.fromEntries(
      texts.map(([name, { ids, texts }]) => {
        const id = ids[row] as number;
        return [name, id === 0 ? null : (texts[id] as string)];
      }),
    ),
    ...Object.fromEntries(numbers.map(([name, values]) => [name, values[row] as number])),
  }));
}

/** Builds units one after the other in one lake: files of a unit are there for those after it. */
export async function checkUnits(
  buildUnit: BuildUnit,
  unitLogs: readonly (readonly WrittenLog[])[],
  read: ReadRows = readQuickly,
): Promise<void> {
  const lake = mkdtempSync(join(tmpdir(), "orgrail-units-"));
  const there = new Map<string, string[]>();
  for (const [number, logs] of unitLogs.entries()) {
    const staging = join(lake, `staging-${number}`);
    mkdirSync(staging, { recursive: true });
    const task = { id: `unit-${number}`, lake, staging, keysFolder: "keys" };
    const expected = expectUnit(logs, there);
    const built = await buildUnit({ ...task, items: logs.map(itemOf) });
    await expectSame(built, expected, staging, read);
    for (const { staged, path } of built.events) {
      mkdirSync(dirname(join(lake, path)), { recursive: true });
      renameSync(join(staging, staged), join(lake, path));
    }
    for (const [partition, rows] of expected.rows) {
      const ids = rows.flatMap(({ eventID }) => (eventID === null ? [] : [String(eventID)]));
      there.set(partition, [...(there.get(partition) ?? []), ...ids]);
    }
  }
  rmSync(lake, { recursive: true });
}

function itemOf({ text, account }: WrittenLog, index: number): LogItem {
  const bytes = Buffer.from(text);
  const object = { name: `log-${index}`, size: bytes.length, tag: "" };
  return { object: account === undefined ? object : ({ ...object, account } as never), bytes };
}

async function expectSame(
  built: UnitResult,
  expected: ExpectedUnit,
  staging: string,
  read: ReadRows,
): Promise<void> {
  expect(built.counts).toMatchObject(expected.counts);
  expect(built.events.map(({ account, day }) => `${account}/${day}`)).toEqual([
    ...expected.rows.keys(),
  ]);
  for (const { staged, account, day, firstMs, lastMs, rows } of built.events) {
    const own = expected.rows.get(`${account}/${day}`) ?? [];
    const times = own.map(({ eventTime }) => eventTime as number);
    expect({ firstMs, lastMs, rows }).toEqual({
      firstMs: Math.min(...times),
      lastMs: Math.max(...times),
      rows: own.length,
    });
    const found = await read(join(staging, staged));
    expect(own).toMatchObject(found);
  }
  expect(built.keys === undefined ? [] : readKeys(join(staging, built.keys.staged))).toEqual(
    expected.keys,
  );
  const rejected =
    built.rejected === undefined
      ? []
      : readFileSync(join(staging, built.rejected), "utf8").trim().split("\n");
  const beginnings = rejected.map((line, index) => {
    const { text } = JSON.parse(line) as { readonly text: string };
    return text.slice(0, expected.rejected[index]?.length);
  });
  expect(beginnings).toEqual(expected.rejected);
}
