import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { CloudTrailEvent } from "../../src/core/event.ts";
import { createDetector } from "../../src/detect/create-detector.ts";
import { detectFacts } from "../../src/detect/facts.ts";
import { detectRules } from "../../src/detect/registry.gen.ts";
import { detectLake } from "../../src/engine/detect-lake.ts";
import { detectLogs } from "../../src/engine/detect-logs.ts";
import type { LakeRange } from "../../src/logs/duckdb/lake-views.ts";
import { openLakeQuery } from "../../src/logs/duckdb/open-lake-query.ts";
import { ingest } from "../../src/logs/lake/ingest.ts";
import { openLake, openWritableLake } from "../../src/logs/lake/lake.ts";
import { fileSource } from "../../src/logs/source/file-source.ts";
import { repositoryRoot } from "../support/source-files.ts";

const corpus = join(
  process.env.ORGRAIL_CORPUS ?? resolve(repositoryRoot, "../shared/corpus"),
  "cloudtrail",
);

/** What was found when it was reviewed: how often each rule, and why that is right. */
interface Golden {
  readonly events: number;
  readonly rules: Readonly<
    Record<string, { readonly found: Readonly<Record<string, number>>; readonly reviewed: string }>
  >;
}

const goldens = ["invictus", "stratus", "traildiscover"].map(
  (name) =>
    [
      name,
      JSON.parse(readFileSync(new URL(`golden/${name}.json`, import.meta.url), "utf8")) as Golden,
    ] as const,
);

describe.each(goldens)("the logs of %s", (name, golden) => {
  const folder = join(corpus, name);
  const isThere = existsSync(folder);

  test.skipIf(!isThere)(
    `give what was reviewed${isThere ? "" : " (corpus not present)"}`,
    async () => {
      const detector = createDetector({ rules: detectRules, facts: detectFacts({}) });
      const { findings, counts, gaps } = await detectLogs(detector, [fileSource(folder, {})], {
        threads: 0,
      });
      expect(detector.faults()).toEqual([]);
      expect(gaps).toEqual([]);
      expect(counts.events).toBe(golden.events);
      const found: Record<string, Record<string, number>> = {};
      for (const { rule, severity } of findings) {
        const ofRule = found[rule] ?? {};
        found[rule] = { ...ofRule, [severity]: (ofRule[severity] ?? 0) + 1 };
      }
      expect(found).toEqual(
        Object.fromEntries(Object.entries(golden.rules).map(([rule, one]) => [rule, one.found])),
      );
      for (const { reviewed } of Object.values(golden.rules))
        expect(reviewed.length).toBeGreaterThan(10);
    },
  );

  test.skipIf(!isThere)("say the same through the lake", async () => {
    const place = await mkdtemp(join(tmpdir(), "orgrail-corpus-lake-"));
    try {
      const unlocked = async () => ({ release: async () => undefined });
      const writable = await openWritableLake(place, unlocked);
      const { counts } = await ingest(writable, fileSource(folder, {}), { threads: 0 });
      expect(counts).toMatchObject({ events: golden.events, rejected: 0 });
      const lake = await openLake(place);
      const openQuery = (days: LakeRange) => openLakeQuery(lake, { ...days, threads: 1 });
      const detect = () => createDetector({ rules: detectRules, facts: detectFacts({}) });
      const fromLake = await detectLake(detect(), lake, { openQuery });
      const fromFiles = await detectLogs(detect(), [fileSource(folder, {})], { threads: 0 });
      expect(fromLake.gaps).toEqual([]);
      expect(fromLake.counts.events).toBe(golden.events);
      expect(fromLake.findings).toEqual(fromFiles.findings);

      const byName: Record<string, number> = {};
      for (const { eventSource, eventName } of recordsOf(folder)) {
        const name = `${eventSource} ${eventName}`;
        byName[name] = (byName[name] ?? 0) + 1;
      }
      const query = await openQuery({});
      try {
        for (const [view, count] of [
          ["events", "count(*)"],
          ["keys", "sum(count)"],
        ]) {
          const name = `concat_ws(' ', "eventSource", "eventName")`;
          const sql = `SELECT ${name}, CAST(${count} AS INTEGER) FROM ${view} GROUP BY 1`;
          const rows: (readonly unknown[])[] = [];
          for await (const part of (await query.run(sql)).rows()) rows.push(...part);
          expect(Object.fromEntries(rows), view).toEqual(byName);
        }
      } finally {
        await query.close();
      }
    } finally {
      await rm(place, { recursive: true });
    }
  });

  test.skipIf(!isThere)("are found the same by reading all records as JSON", async () => {
    const byReaders = createDetector({ rules: detectRules, facts: detectFacts({}) });
    const report = await detectLogs(byReaders, [fileSource(folder, {})], { threads: 0 });
    const byJson = createDetector({ rules: detectRules, facts: detectFacts({}) });
    const found = recordsOf(folder).flatMap((event) => byJson.accept(event));
    const ids = [...found, ...byJson.flush()].map(({ id }) => id);
    expect(report.findings.map(({ id }) => id).sort()).toEqual(ids.sort());
  });
});

/** All records of a folder of logs, read by nothing of ours. */
function recordsOf(folder: string): readonly CloudTrailEvent[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".json.gz"))
    .flatMap((file) => {
      const text = gunzipSync(readFileSync(join(folder, file))).toString();
      return (JSON.parse(text) as { Records: readonly CloudTrailEvent[] }).Records;
    });
}
