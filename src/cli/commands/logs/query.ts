import { InputError } from "../../../core/app-error.ts";
import { openLakeQuery, type QueryResult } from "../../../logs/duckdb/open-lake-query.ts";
import { openLake } from "../../../logs/lake/lake.ts";
import type { Run } from "../../command.ts";
import type { Deps } from "../../deps.ts";
import { lakeFolder, readSelection } from "./lake-folder.ts";
import type { LogsQueryOptions } from "./query.command.ts";
import { csvLine, tableLines } from "./query-text.ts";

/** With `--json` and as a table, all rows are held: more than these are refused. */
const mostHeldRows = 1_000_000;

/** Asks the lake. */
export const run: Run<LogsQueryOptions> = async (deps, options, words) => {
  const lake = await openLake(await lakeFolder(deps, options.lake));
  const { accounts, from, to } = readSelection(deps, { ...options, regions: [] });
  const sql = words[0] === "-" ? await readAll(deps) : (words[0] ?? "");
  const query = await openLakeQuery(lake, {
    signal: deps.signal,
    ...(accounts === undefined ? {} : { accounts }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  });
  try {
    const answer = await query.run(sql);
    const format = options.format ?? "table";
    if (!deps.global.json && format !== "table") {
      const rows = await write(deps, answer, format);
      return { result: { rows }, written: true };
    }
    const rows: (readonly unknown[])[] = [];
    for await (const part of answer.rows()) {
      rows.push(...part);
      if (rows.length > mostHeldRows) {
        throw new InputError(
          "ORGRAIL5062",
          `the answer has more than ${mostHeldRows} rows`,
          [],
          "--format csv and --format jsonl write rows as they come; or add a LIMIT",
        );
      }
    }
    const { columns } = answer;
    return { result: { columns, rows }, text: () => tableLines(columns, rows).join("\n") };
  } finally {
    await query.close();
  }
};

async function write(deps: Deps, answer: QueryResult, format: string): Promise<number> {
  const { columns } = answer;
  let written = 0;
  if (format === "csv") deps.stdout.write(`${csvLine(columns)}\n`);
  for await (const rows of answer.rows()) {
    written += rows.length;
    const lines = rows.map((row) =>
      format === "csv"
        ? csvLine(row)
        : JSON.stringify(Object.fromEntries(columns.map((column, index) => [column, row[index]]))),
    );
    if (lines.length > 0) deps.stdout.write(`${lines.join("\n")}\n`);
  }
  return written;
}

async function readAll(deps: Deps): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of deps.stdin.stream) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString("utf8");
}
