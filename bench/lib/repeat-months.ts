import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { callColumns } from "../../src/core/call-groups.ts";
import { readKeys } from "../../src/logs/lake/key-files.ts";
import type { Lake } from "../../src/logs/lake/lake.ts";
import { mergeKeys } from "../../src/logs/lake/merge-keys.ts";
import type { ParquetColumn } from "../../src/logs/parquet/parquet-column.ts";
import { createParquetWriter } from "../../src/logs/parquet/parquet-writer.ts";
import { createTextPool } from "../../src/logs/record/text-pool.ts";

const dayMs = 86_400_000;

/**
 * Adds what the lake has of keys again, in later months, as if the same callers went on: files,
 * commits and merged files as ingesting them would make. The events themselves are not written.
 */
export async function repeatMonths(
  lake: Pick<Lake, "folder" | "commits">,
  months: number,
): Promise<void> {
  const pool = createTextPool();
  const writer = createParquetWriter(pool);
  for await (const commit of lake.commits()) {
    const { id, keys, events } = commit;
    if (keys === undefined) continue;
    const groups = readKeys(join(lake.folder, keys.path));
    for (let month = 1; month < months; month++) {
      const shifted = (ms: number): number => {
        const date = new Date(ms);
        return date.setUTCMonth(date.getUTCMonth() + month);
      };
      const own = `${id.slice(0, -2)}${String(month).padStart(2, "0")}`;
      const path = keys.path
        .replace(/\d{4}-\d{2}(?=\/)/, (from) => monthText(shifted(Date.parse(`${from}-01`))))
        .replace(id, own);
      pool.clear();
      const first = groups.first.map(shifted);
      const columns: readonly ParquetColumn[] = [
        ...callColumns.map((name): ParquetColumn => {
          const { ids, texts } = groups.texts[name];
          const here = texts.map((text, at) => (at === 0 ? 0 : pool.addText(text)));
          return { kind: "text", name, ids: ids.map((at) => here[at] ?? 0) };
        }),
        {
          kind: "date",
          name: "day",
          values: Int32Array.from(first, (ms) => Math.floor(ms / dayMs)),
        },
        { kind: "integer", name: "count", values: groups.counts },
        { kind: "timestamp", name: "firstTime", values: first },
        { kind: "timestamp", name: "lastTime", values: groups.last.map(shifted) },
      ];
      await write(join(lake.folder, path), writer.write(columns, groups.size, false));
      const again = {
        ...commit,
        id: own,
        events: events.map((file) => {
          const firstMs = shifted(file.firstMs);
          return { ...file, firstMs, lastMs: shifted(file.lastMs), day: dayText(firstMs) };
        }),
        keys: { ...keys, path },
      };
      const head = path.replace(/^keys/, "commits").replace(/parquet$/, "jsonl");
      await write(join(lake.folder, head), `${JSON.stringify(again)}\n`);
    }
  }
  await mergeKeys(lake);
}

async function write(path: string, content: Buffer | string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
}

function dayText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function monthText(ms: number): string {
  return dayText(ms).slice(0, 7);
}
