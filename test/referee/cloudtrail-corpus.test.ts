import { execFileSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openLakeQuery } from "../../src/logs/duckdb/open-lake-query.ts";
import { ingest } from "../../src/logs/lake/ingest.ts";
import { openWritableLake } from "../../src/logs/lake/lake.ts";
import { readEvents } from "../../src/logs/read/read-events.ts";
import { fileSource } from "../../src/logs/source/file-source.ts";

// Real logs that nobody of us wrote, counted by programs that we did not write: gzip and Python.
const corpus = join(
  process.env.ORGRAIL_CORPUS ?? fileURLToPath(new URL("../../../shared/corpus", import.meta.url)),
  "cloudtrail",
);
const sets = ["invictus", "stratus", "traildiscover"].filter((set) =>
  existsSync(join(corpus, set)),
);
const python = hasProgram("python3") && hasProgram("zcat");

const counter = `
import collections, json, sys
decoder, text, at = json.JSONDecoder(), sys.stdin.read(), 0
names, denied, ids, withoutArn = collections.Counter(), 0, set(), 0
while at < len(text):
    document, at = decoder.raw_decode(text, at)
    while at < len(text) and text[at].isspace(): at += 1
    for record in document["Records"]:
        names[record["eventName"]] += 1
        ids.add(record["eventID"])
        if record.get("errorCode"): denied += 1
        if "arn" not in record.get("userIdentity", {}): withoutArn += 1
print(json.dumps({"names": dict(sorted(names.items())), "errors": denied, "ids": len(ids), "withoutArn": withoutArn}))
`;

interface Counted {
  readonly names: Readonly<Record<string, number>>;
  readonly errors: number;
  readonly ids: number;
  readonly withoutArn: number;
}

function hasProgram(name: string): boolean {
  try {
    execFileSync("sh", ["-c", `command -v ${name}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function counted(set: string): Counted {
  const folder = join(corpus, set);
  const files = readdirSync(folder).filter((name) => name.endsWith(".gz"));
  const text = execFileSync("zcat", files, { cwd: folder, maxBuffer: 1 << 28 });
  return JSON.parse(execFileSync("python3", ["-c", counter], { input: text }).toString());
}

describe.skipIf(sets.length === 0 || !python)(
  sets.length === 0 ? "corpus not present" : "the logs of the corpus",
  () => {
    test.each(sets)("%s is read whole", async (set) => {
      const expected = counted(set);
      const names = new Map<string, number>();
      const ids = new Set<unknown>();
      let errors = 0;
      let withoutArn = 0;
      for await (const batch of readEvents(fileSource(join(corpus, set), {}), { threads: 0 })) {
        expect(batch.rejected).toEqual([]);
        expect(batch.problem).toBeUndefined();
        for (const event of batch.events) {
          const { eventName = "" } = event;
          names.set(eventName, (names.get(eventName) ?? 0) + 1);
          ids.add(event.eventID);
          if (event.errorCode) errors += 1;
          if (event.userIdentity?.arn === undefined) withoutArn += 1;
        }
      }
      const found = { names: Object.fromEntries(names), errors, ids: ids.size, withoutArn };
      expect(found).toEqual(expected);
    });

    test.each(sets)("%s is in the lake whole, once", async (set) => {
      const { names, errors, ids, withoutArn } = counted(set);
      const folder = await mkdtemp(join(tmpdir(), "orgrail-corpus-"));
      try {
        const lake = await openWritableLake(folder, async () => ({
          release: async () => undefined,
        }));
        const { counts } = await ingest(lake, fileSource(join(corpus, set), {}), { threads: 0 });
        expect(counts).toMatchObject({ events: ids, rejected: 0 });
        const query = await openLakeQuery(lake, { threads: 1 });
        try {
          const rows = async (sql: string): Promise<unknown[]> => {
            const all: unknown[] = [];
            for await (const part of (await query.run(sql)).rows()) all.push(...part);
            return all;
          };
          const byName = await rows('SELECT "eventName", count(*) FROM events GROUP BY 1');
          expect(Object.fromEntries(byName as [string, number][])).toEqual(names);
          expect(
            await rows(
              `SELECT count(*) FILTER ("errorCode" IS NOT NULL), count(*) FILTER ("identityArn" IS NULL),
                      (SELECT sum(count)::BIGINT FROM keys) FROM events`,
            ),
          ).toEqual([[errors, withoutArn, ids]]);
        } finally {
          await query.close();
        }
      } finally {
        await rm(folder, { recursive: true });
      }
    });
  },
);
