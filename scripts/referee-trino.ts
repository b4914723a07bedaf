import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { DuckDBInstance } from "@duckdb/node-api";
import type { CloudTrailEvent } from "../src/core/event.ts";
import { iamActions } from "../src/data/iam-actions.gen.ts";
import { replaySql } from "../src/engine/replay-sql.ts";
import { callOf } from "../src/impact/call.ts";
import { createImpact } from "../src/impact/impact.ts";
import { type ImpactReport, totalOf } from "../src/impact/report.ts";
import { adoptTable, type ColumnDescription } from "../src/impact/sql/adopt-table.ts";
import { trailColumns } from "../src/impact/sql/create-trail-table.ts";
import { type Dialect, duckdb, trino } from "../src/impact/sql/dialect.ts";
import type { EventTable } from "../src/impact/sql/event-table.ts";
import { impactQuery } from "../src/impact/sql/impact-query.ts";
import type { QueryAnswer } from "../src/logs/query-answer.ts";
import { createTrinoClient, type TrinoClient } from "../src/logs/trino/trino-client.ts";
import { iamFacts } from "../src/policy/iam-facts.ts";
import { sqlEvents } from "../test/support/sql-cases.ts";
import { duckDbTable, trinoTable } from "../test/support/trail-table.ts";
import { type Candidate, candidates } from "./trino/candidates.ts";
import { fetchTrino } from "./trino/fetch-trino.ts";
import { findJava } from "./trino/find-java.ts";
import { startTrino } from "./trino/start-trino.ts";

/**
 * Asks a real Trino, DuckDB and the local engine the same questions of the same events, and compares
 * what they say. `--json` for a machine, `--events N` for another number of events.
 */

const version = "476";
/** Trino's own demand for that version. */
const leastJava = 24;
const facts = iamFacts(iamActions);

interface Engine {
  readonly name: string;
  readonly dialect: Dialect;
  readonly table: EventTable;
  run(sql: string): Promise<QueryAnswer>;
}

interface Said {
  readonly report: ImpactReport;
  readonly groups: number;
  readonly ms: number;
}

const words = process.argv.slice(2);
const isJson = words.includes("--json");
const count = Number(words[words.indexOf("--events") + 1] ?? Number.NaN) || 4_000;

function say(text: string): void {
  if (!isJson) process.stdout.write(`${text}\n`);
}

function missing(why: string): never {
  const isRequired = process.env.ORGRAIL_REQUIRE_REFEREES === "1";
  const text = `referee:trino ${isRequired ? "FAILED" : "SKIPPED"}: ${why}`;
  process.stderr.write(`${text}\n`);
  if (isJson) process.stdout.write(`${JSON.stringify({ skipped: why })}\n`);
  process.exit(isRequired ? 1 : 0);
}

function adopt(name: string, columns: readonly ColumnDescription[]): EventTable {
  const adopted = adoptTable(name, columns);
  if ("problems" in adopted) throw new Error(`${name}: ${adopted.problems.join(", ")}`);
  return adopted.table;
}

async function openDuckDb(events: readonly CloudTrailEvent[], folder: string): Promise<Engine> {
  const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
  const connection = await instance.connect();
  await connection.run(await duckDbTable("trail", events, join(folder, "events.json")));
  return {
    name: "DuckDB",
    dialect: duckdb,
    table: adopt("trail", trailColumns),
    run: async (sql) => {
      const result = await connection.runAndReadAll(sql);
      return {
        columns: result.columnNames(),
        rows: async function* () {
          yield result.getRowsJson();
        },
      };
    },
  };
}

async function openTrino(client: TrinoClient, events: readonly CloudTrailEvent[]): Promise<Engine> {
  const name = "memory.default.trail";
  for (const statement of trinoTable(name, events, 200)) {
    for await (const _ of (await client.run(statement)).rows());
  }
  const columns: ColumnDescription[] = [];
  for await (const rows of (await client.run(`SHOW COLUMNS FROM ${name}`)).rows()) {
    for (const [column, type] of rows) columns.push({ name: String(column), type: String(type) });
  }
  return {
    name: "Trino",
    dialect: trino,
    table: adopt(name, columns),
    run: (sql) => client.run(sql),
  };
}

async function asked(engine: Engine, { type, made }: Candidate): Promise<Said> {
  const query = impactQuery({ ...made, type, facts, table: engine.table, dialect: engine.dialect });
  const impact = createImpact({ ...made, type, facts });
  const startedMs = performance.now();
  const { groups } = await replaySql(impact, query, await engine.run(query.sql));
  return { report: impact.report(), groups, ms: performance.now() - startedMs };
}

function local(events: readonly CloudTrailEvent[], { type, made }: Candidate): Said {
  const impact = createImpact({ ...made, type, facts });
  const startedMs = performance.now();
  for (const event of events) impact.add(callOf(event));
  return { report: impact.report(), groups: events.length, ms: performance.now() - startedMs };
}

function figures({ report }: Said): string {
  const { rows } = report;
  const certain = totalOf(rows, "newlyDenied", "certain").calls;
  const possible = totalOf(rows, "newlyDenied", "possible").calls;
  const already = totalOf(rows, "alreadyDenied").calls;
  return `${certain} + ${possible}, ${already}`;
}

const { java, seen } = findJava(leastJava);
if (java === undefined) {
  const known = seen.map(({ home, version: one }) => `${one} (${home})`).join(", ");
  missing(
    `no Java development kit of version ${leastJava} or later; set ORGRAIL_JAVA or JAVA_HOME. Seen: ${known === "" ? "none" : known}`,
  );
}
say(`Java ${java.version} at ${java.home}`);
let files: ReturnType<typeof fetchTrino>;
try {
  files = fetchTrino(version, join(".cache", "trino"), java);
} catch (error) {
  missing(
    `Trino ${version} cannot be had: ${error instanceof Error ? error.message : String(error)}`,
  );
}
const folder = mkdtempSync(join(tmpdir(), "orgrail-referee-"));
const server = await startTrino(files, java);
let isSame = true;
try {
  say(`Trino ${version} at ${server.address}`);
  const clock = {
    now: () => Date.now(),
    sleep: (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms)),
  };
  const events = sqlEvents(11, count);
  const unique = [...new Map(events.map((event) => [event.eventID, event])).values()];
  const client = createTrinoClient({ server: server.address, user: "referee", clock });
  const engines = [await openDuckDb(events, folder), await openTrino(client, events)];
  say(`${events.length} records, ${unique.length} events, in both engines`);
  say("");
  say("newly denied for certain + possibly, denied already; groups; milliseconds");
  const lines: object[] = [];
  for (const one of candidates) {
    const own = local(unique, one);
    const others: Said[] = [];
    for (const engine of engines) others.push(await asked(engine, one));
    const same = others.every(
      ({ report, groups }) => isDeepStrictEqual(report, own.report) && groups === others[0]?.groups,
    );
    isSame &&= same;
    const shown = [own, ...others].map((said, index) => {
      const name = ["local", ...engines.map(({ name: known }) => known)][index] ?? "";
      const groups = index === 0 ? "" : `; ${said.groups}`;
      return `${name} ${figures(said)}${groups}; ${said.ms.toFixed(0)} ms`;
    });
    say(`${same ? "same     " : "DIFFERENT"}  ${one.name.padEnd(32)} ${shown.join(" | ")}`);
    const [duck, real] = others;
    lines.push({
      name: one.name,
      type: one.type,
      same,
      rows: own.report.rows.length,
      figures: [own, ...others].map(figures),
      groups: [duck?.groups, real?.groups],
      ms: [own.ms, duck?.ms, real?.ms].map((ms) => Math.round(ms ?? 0)),
    });
  }
  say("");
  say(isSame ? "all engines say the same of every question" : "the engines differ");
  if (isJson) {
    const told = {
      trino: version,
      java: java.version,
      events: unique.length,
      same: isSame,
      candidates: lines,
    };
    process.stdout.write(`${JSON.stringify(told, undefined, 2)}\n`);
  }
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = isSame ? 0 : 1;
