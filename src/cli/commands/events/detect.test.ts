import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cliHost } from "../../../../test/support/cli-host.ts";
import type { CloudTrailEvent } from "../../../core/event.ts";
import { callers, example, organizationCall } from "../../../detect/example/event.ts";
import { exampleSnapshot } from "../../../detect/example/facts.ts";
import { createJournal } from "../../../store/journal.ts";
import { fileStorage } from "../../../store/journal-storage.ts";
import { writeSnapshotFile } from "../../../store/snapshot-file.ts";
import { main } from "../../main.ts";

let folder = "";

const events: readonly CloudTrailEvent[] = [
  organizationCall("DetachPolicy", { policyId: example.otherPolicy, targetId: example.root }),
  organizationCall(
    "DeletePolicy",
    { policyId: example.otherPolicy },
    {
      eventTime: "2026-11-05T10:00:00Z",
    },
  ),
  organizationCall(
    "AttachPolicy",
    { policyId: example.otherPolicy, targetId: example.payments },
    { userIdentity: callers.deploy },
  ),
  organizationCall("DescribeOrganization", null, { readOnly: true }),
].map((event, index) => ({ ...event, eventID: `event-${index}` }));

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-detect-"));
  const file = (records: unknown) => gzipSync(JSON.stringify({ Records: records }));
  await writeFile(join(folder, "a.json.gz"), file(events));
  // The same again, as overlapping trails write it.
  await writeFile(join(folder, "b.json.gz"), file(events.slice(0, 2)));
  await writeSnapshotFile(join(folder, "snapshot.json"), exampleSnapshot);
  await writeFile(
    join(folder, "orgrail.yaml"),
    [
      "version: 1",
      `organization: {id: ${example.organization}, managementAccountId: "${example.management}"}`,
      "detect:",
      "  allow:",
      "    - rule: organizations/attach-policy",
      "      principal: arn:aws:iam::*:role/Deploy",
      "      reason: the deployment",
      "      expires: 2026-11-30",
      "    - {rule: iam/*, principal: 'arn:aws:iam::*:role/X', reason: old, expires: 2025-01-01}",
      "",
    ].join("\n"),
  );
});
afterAll(() => rm(folder, { recursive: true }));

async function detect(...words: readonly string[]) {
  const host = cliHost({ cwd: folder });
  const code = await main(["detect", ...words], host);
  return { code, out: host.out(), err: host.err() };
}

async function found(...words: readonly string[]) {
  const { code, out } = await detect(...words, "--json");
  const { result, gaps, diagnostics } = JSON.parse(out) as {
    result: { findings: { rule: string; exception?: { reason: string } }[] } & Record<
      string,
      unknown
    >;
    gaps: unknown[];
    diagnostics: { code: string }[];
  };
  return { code, result, gaps, diagnostics, rules: result.findings.map(({ rule }) => rule) };
}

describe("orgrail detect", () => {
  test("reports findings once, by time, with what is expected counted apart", async () => {
    const { code, result, rules, diagnostics } = await found("a.json.gz", "b.json.gz");
    expect([...rules].sort()).toEqual([
      "organizations/attach-policy",
      "organizations/delete-policy",
      "organizations/detach-policy",
    ]);
    expect(rules.at(-1)).toBe("organizations/delete-policy");
    expect(result).toMatchObject({
      bySeverity: { critical: 1, high: 1 },
      total: 2,
      expected: 1,
      files: 2,
      events: 6,
    });
    expect(code).toBe(0);
    expect(diagnostics.map((one) => one.code)).toContain("ORGRAIL5301");
  });

  test("names things by the snapshot", async () => {
    const { out } = await detect("a.json.gz", "--snapshot", "snapshot.json");
    expect(out.replace(/\s+/g, " ")).toContain(
      "detached the policy `NoCheese` (p-otherpol1) from the root in Management (111111111111).",
    );
    expect(out).toContain("1 critical, 1 high, 1 expected");
  });

  test("takes rules, severity and time", async () => {
    expect((await found("a.json.gz", "--rule", "organizations/del*")).rules).toEqual([
      "organizations/delete-policy",
    ]);
    expect((await found("a.json.gz", "--severity", "critical")).rules).toEqual([
      "organizations/detach-policy",
    ]);
    expect((await found("a.json.gz", "--since", "2026-11-04")).rules).toEqual([
      "organizations/delete-policy",
    ]);
    const wrong = await detect("a.json.gz", "--rule", "organizations/detach-polcy");
    expect(wrong.code).toBe(64);
    expect(wrong.err).toContain("did you mean `organizations/detach-policy`?");
  });

  test("ends with 2 when something unexpected is that bad, and else with 3 for gaps", async () => {
    expect((await detect("a.json.gz", "--fail-on", "high")).code).toBe(2);
    const onlyExpected = ["--rule", "organizations/attach-policy", "--fail-on", "info"];
    expect((await detect("a.json.gz", ...onlyExpected)).code).toBe(0);
    await writeFile(join(folder, "broken.gz"), gzipSync(JSON.stringify(events)).subarray(0, 200));
    const { code, gaps } = await found("a.json.gz", "broken.gz", "nowhere.json");
    expect(code).toBe(3);
    expect(gaps.length).toBeGreaterThan(1);
    expect((await detect("broken.gz", "a.json.gz", "--fail-on", "high")).code).toBe(2);
  });

  test("says the same of a lake as of its logs, and takes one of the two", async () => {
    const host = cliHost({ cwd: folder });
    expect(await main(["logs", "ingest", "a.json.gz", "b.json.gz", "--lake", "lake"], host)).toBe(
      0,
    );
    const [logs, lake] = [await found("a.json.gz"), await found("--lake", "lake")];
    expect(lake.result.findings).toEqual(logs.result.findings);
    expect(lake.result).toMatchObject({ events: 4, files: 2 });
    for (const words of [["a.json.gz", "--lake", "lake"], []]) {
      const { code, err } = await detect(...words);
      expect(code).toBe(64);
      expect(err).toContain("ORGRAIL5306");
    }
    expect((await detect("--lake", "nowhere")).err).toContain("there is no lake in");
  });

  test.each(["jsonl", "ocsf", "sarif", "junit"])("writes %s", async (format) => {
    const { code, out } = await detect("a.json.gz", "--format", format);
    expect(code).toBe(0);
    expect(out).toContain("organizations/detach-policy");
  });

  test("writes ASFF for the hub that is named, and asks for it", async () => {
    const { out } = await detect(
      "a.json.gz",
      "--format",
      "asff",
      "--hub",
      "222222222222:eu-west-1",
    );
    expect(JSON.parse(out)).toHaveLength(3);
    const missing = await detect("a.json.gz", "--format", "asff");
    expect(missing.code).toBe(64);
    expect(missing.err).toContain("--format asff needs --hub");
  });

  test("shows what apply did itself as expected", async () => {
    const at = "2026-11-02T10:00:00.000Z";
    const storage = fileStorage(
      join(folder, ".orgrail", `${example.organization}-x.journal.ndjson`),
    );
    const journal = await createJournal(
      storage,
      {
        schemaVersion: 1,
        organizationId: example.organization,
        managementAccountId: example.management,
        configDigest: "",
        snapshotTakenAt: at,
        changes: [
          {
            id: "1",
            service: "organizations",
            operation: "DetachPolicy",
            address: "attachment:SERVICE_CONTROL_POLICY/NoCheese@root",
            action: "detach",
            input: { PolicyId: example.otherPolicy, TargetId: example.root },
            before: { attached: true },
            after: null,
            reason: "line 4",
            dependsOn: [],
            risk: "protection",
            fingerprint: "",
          },
        ],
        ids: {},
        names: {},
        foreign: [],
        unchanged: 0,
        diagnostics: [],
        gaps: [],
      },
      at,
    );
    await journal.append({ kind: "begin", at, change: "1" });
    await journal.append({ kind: "end", at, change: "1", status: "done" });
    await journal.close();
    const { result } = await found("a.json.gz");
    const detached = result.findings.find(({ rule }) => rule === "organizations/detach-policy");
    expect(detached?.exception?.reason).toContain("apply of orgrail");
    expect(result).toMatchObject({ bySeverity: { high: 1 }, expected: 2 });
  });
});

test("what cannot be read is no event", async () => {
  const own = await mkdtemp(join(tmpdir(), "orgrail-detect-"));
  try {
    const path = join(own, "odd.json");
    await writeFile(path, JSON.stringify([events[0], 1, ["GetQueryResults"], { other: true }]));
    expect((await found(path)).result).toMatchObject({ events: 1, files: 1 });
  } finally {
    await rm(own, { recursive: true });
  }
});
