import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { enabledTrail } from "../../../../test/coverage/enabled-trail.ts";
import { cliHost } from "../../../../test/support/cli-host.ts";
import { writeSnapshotFile } from "../../../store/snapshot-file.ts";
import {
  accounts,
  bill,
  organizationTrail,
  trailFacts,
  trailsSnapshot,
} from "../../../trails/test-trails.ts";
import { main } from "../../main.ts";

let folder = "";

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-trails-"));
  const file = join(folder, "snapshot.json");
  const stopped = { logging: false, stoppedLogging: "2026-11-01T08:00:00.000Z" };
  await writeSnapshotFile(
    file,
    trailsSnapshot({
      trails: [organizationTrail()],
      local: {
        [accounts.Logs]: [],
        [accounts.Shop]: [trailFacts("=own", "Shop")],
        [accounts.Dev]: [trailFacts("old", "Dev", stopped)],
      },
      usage: bill("Shop EUC1-FreeEventsRecorded 5000000", "Shop EUC1-PaidEventsRecorded 5000000"),
    }),
  );
  const { services: _, ...bare } = trailsSnapshot({});
  await writeSnapshotFile(join(folder, "bare.json"), bare);
  await writeSnapshotFile(
    join(folder, "full.json"),
    trailsSnapshot({ trails: [organizationTrail()] }, { tier: "full" }),
  );
});
afterAll(() => rm(folder, { recursive: true }));

async function trails(...words: readonly string[]) {
  const host = cliHost({ cwd: folder });
  const exit = await main(["trails", "--snapshot", "snapshot.json", ...words], host);
  return { exit, out: host.out(), err: host.err() };
}

describe("orgrail trails", () => {
  test("shows trails, copies and dollars", async () => {
    const { exit, out } = await trails();
    expect(exit).toBe(0);
    expect(out).toMatchSnapshot();
  });

  test("fails on what it is told to", async () => {
    expect((await trails("--fail-on", "stopped")).exit).toBe(2);
    expect((await trails("--fail-on", "failing,unsafe")).exit).toBe(0);
    expect((await trails("--fail-on", "failing", "--fail-on", "duplicate")).exit).toBe(2);
    const wrong = await trails("--fail-on", "cheap");
    expect(wrong.exit).toBe(64);
    expect(wrong.err).toContain("one of duplicate, stopped, failing, unsafe");
  });

  test("says why, and what to ask before a trail is deleted", async () => {
    const { out, exit } = await trails("--why", "=own");
    expect(exit).toBe(0);
    expect(out).toContain("$100.00 billed in 2026-10");
    expect(out).toContain("it could be deleted once its open questions are answered");
    const wrong = await trails("--why", "organisation");
    expect(wrong.exit).toBe(64);
    expect(wrong.err).toContain("did you mean `organization`?");
  });

  test("gives everything as JSON", async () => {
    const { result } = JSON.parse((await trails("--json")).out);
    expect(result.trails.map(({ name }: { name: string }) => name)).toEqual([
      "organization",
      "=own",
      "old",
    ]);
    expect(result.groups[0].money).toMatchObject({ amount: 100, source: "bill" });
  });

  test("is 3 where something is not known", async () => {
    expect((await trails("--snapshot", "full.json")).exit).toBe(3);
    const { exit, err } = await trails("--snapshot", "bare.json");
    expect(exit).toBe(64);
    expect(err).toContain("ORGRAIL5431");
  });

  test.each([
    ["csv", /^'=own,333333333333,Shop,local,eu-central-1,false,logging/m],
    ["markdown", /^\| =own \| Shop \| local \| logging since/m],
    ["html", /<span class="stopped">stopped<\/span>/],
  ])("writes %s", async (format, pattern) => {
    expect((await trails("--format", format)).out).toMatch(pattern);
  });

  test("reads AWS as it is, without a snapshot", async () => {
    const { door, env } = await enabledTrail();
    // The SDK reads the process's own.
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    try {
      const host = cliHost({ cwd: folder, env });
      const exit = await main(["trails", "--json"], host);
      const { result } = JSON.parse(host.out());
      expect({ exit, unknown: result.unknown }).toEqual({ exit: 0, unknown: [] });
      expect(result.trails).toMatchObject([
        { name: "organization", status: "logging", destination: { safety: "safe" } },
      ]);
    } finally {
      vi.unstubAllEnvs();
      await door.close();
    }
  });
});
