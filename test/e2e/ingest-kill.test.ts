import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openLakeQuery } from "../../src/logs/duckdb/open-lake-query.ts";
import { openLake } from "../../src/logs/lake/lake.ts";
import { logFile, sampleEvent, trailPath } from "../../src/logs/test-support/sample-events.ts";
import { type CommandLine, commandLine } from "./support/command-line.ts";

const accounts = 12;
const eventsOfAccount = 400;
let cli: CommandLine;

beforeAll(async () => {
  cli = await commandLine();
  for (let index = 0; index < accounts; index++) {
    const account = String(100_000_000_000 + index);
    const events = Array.from({ length: eventsOfAccount }, (_, number) =>
      sampleEvent(index * eventsOfAccount + number, { recipientAccountId: account }),
    );
    const path = join(cli.folder, "logs", trailPath(account, "eu-west-1", "2026-08-01", "a"));
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, logFile(events));
    // The same events in another file, as overlapping trails write them.
    await writeFile(path.replace("_a.json", "_b.json"), logFile(events.slice(0, 50)));
  }
});

afterAll(() => cli.remove());

function commits(): number {
  const folder = join(cli.folder, "lake", "commits");
  if (!existsSync(folder)) return 0;
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".jsonl"),
  ).length;
}

async function counted(): Promise<unknown> {
  const query = await openLakeQuery(await openLake(join(cli.folder, "lake")), { threads: 1 });
  try {
    const { rows } = await query.run(
      'SELECT count(*), count(DISTINCT "eventID"), (SELECT sum(count) FROM keys) FROM events',
    );
    for await (const part of rows()) return part[0];
    return undefined;
  } finally {
    await query.close();
  }
}

test("logs ingest, killed again and again, goes on where it was: nothing lost, nothing twice", async () => {
  const words = ["logs", "ingest", "logs", "--lake", "lake", "--json"];
  let kills = 0;
  for (const limit of [1, 4, 7]) {
    const child = cli.start(words);
    const ended = once(child, "close");
    while (commits() < limit && child.exitCode === null) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    if (child.exitCode === null && child.kill("SIGKILL")) kills += 1;
    await ended;
  }
  expect(kills).toBeGreaterThan(0);
  const last = await cli.run(words);
  expect(last.err).toBe("");
  expect(last.code).toBe(0);
  const { result } = JSON.parse(last.out) as { result: { known: number; counts: object } };
  expect(result.known).toBeGreaterThan(0);
  const total = accounts * eventsOfAccount;
  expect(await counted()).toEqual([total, total, total]);
  const again = await cli.run(words);
  expect(JSON.parse(again.out).result).toMatchObject({ known: 24, counts: { events: 0 } });
}, 60_000);
