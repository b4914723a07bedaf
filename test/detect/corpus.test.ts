import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { CloudTrailEvent } from "../../src/core/event.ts";
import { createDetector } from "../../src/detect/create-detector.ts";
import { detectFacts } from "../../src/detect/facts.ts";
import { detectRules } from "../../src/detect/registry.gen.ts";
import { detectLogs } from "../../src/engine/detect-logs.ts";
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

  test.skipIf(!isThere)("are found the same by reading all records as JSON", async () => {
    const byReaders = createDetector({ rules: detectRules, facts: detectFacts({}) });
    const report = await detectLogs(byReaders, [fileSource(folder, {})], { threads: 0 });
    const byJson = createDetector({ rules: detectRules, facts: detectFacts({}) });
    const found = readdirSync(folder)
      .filter((file) => file.endsWith(".json.gz"))
      .flatMap((file) => {
        const text = gunzipSync(readFileSync(join(folder, file))).toString();
        const { Records } = JSON.parse(text) as { Records: readonly CloudTrailEvent[] };
        return Records.flatMap((event) => byJson.accept(event));
      });
    const ids = [...found, ...byJson.flush()].map(({ id }) => id);
    expect(report.findings.map(({ id }) => id).sort()).toEqual(ids.sort());
  });
});
