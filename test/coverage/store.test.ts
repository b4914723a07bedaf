import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { s3Storage } from "../../src/store/object-storage.ts";
import { snapshotStore } from "../../src/store/snapshot-store.ts";
import { ids } from "../contract/contract-world.ts";
import { connect } from "../engine/connect.ts";
import { cliHost } from "../support/cli-host.ts";
import { blocks, enabled } from "./coverage-world.ts";

let healthy: Sandbox;
let folder: string;
const two = ["--governed-region", "eu-central-1", "--governed-region", "us-east-1"];
const only = ["--service", "guardduty", "--service", "macie2", ...two];

beforeAll(async () => {
  healthy = await enabled("guardduty", blocks.guardduty ?? {});
  folder = await mkdtemp(join(tmpdir(), "orgrail-collect-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs a command against a sandbox; its exit code and what it said. */
async function orgrail(
  sandbox: Sandbox,
  argv: readonly string[],
): Promise<{ readonly exit: number; readonly out: string; readonly err: string }> {
  const host = {
    ...cliHost({ cwd: folder }),
    clock: sandbox.clock,
    inPlaceOfAws: {
      requestHandler: sandbox.requestHandler(),
      credentials: sandbox.credentials,
    },
  };
  const exit = await main([...argv, "--quiet"], host);
  return { exit, out: host.out(), err: host.err() };
}

/** Calls to services since then; those to the organization are always made. */
function askedSince(sandbox: Sandbox, from: number): number {
  return sandbox.calls
    .slice(from)
    .filter(({ service }) => !["organizations", "sts", "account", "s3"].includes(service)).length;
}

const stateOf = (out: string): unknown => JSON.parse(out).result;

describe("a store of snapshots", () => {
  it("keeps a history, and takes of it what is young enough, with its time", async () => {
    const sandbox = healthy.copy();
    const collect = ["collect", "--store", "history", "--tier", "inside", ...only];
    const first = await orgrail(sandbox, collect);
    expect(first.err).toBe("");
    expect(first.exit).toBe(0);
    const asked = askedSince(sandbox, 0);
    sandbox.clock.advance(3_600_000);
    const from = sandbox.calls.length;
    const again = await orgrail(sandbox, [...collect, "--max-age", "6h", "--json"]);
    expect(askedSince(sandbox, from)).toBe(0);
    expect(asked).toBeGreaterThan(10);
    expect(stateOf(again.out)).toMatchObject({ reused: expect.any(Number) });

    // Seven hours after the first, its answers are too old, and the second holds no others.
    sandbox.clock.advance(6 * 3_600_000);
    const stale = await orgrail(sandbox, [
      ...["coverage", "--store", "history", "--service", "guardduty", "--max-age", "6h", "--json"],
    ]);
    expect(stateOf(stale.out)).toMatchObject({ total: { counts: { stale: 10, on: 0 } } });
    expect(stale.exit).toBe(3);
    const third = await orgrail(sandbox, [...collect, "--max-age", "6h", "--json"]);
    expect(stateOf(third.out)).toMatchObject({ reused: 0 });

    const list = await orgrail(sandbox, ["snapshot", "list", "--store", "history", "--json"]);
    const { snapshots } = stateOf(list.out) as { snapshots: { id: string; tier: string }[] };
    expect(snapshots.map(({ tier }) => tier)).toEqual(["inside", "inside", "inside"]);
    const trend = await orgrail(sandbox, ["coverage", "--store", "history", "--trend", "--json"]);
    expect(stateOf(trend.out)).toMatchObject({ trend: { length: 3 } });
    const early = await orgrail(sandbox, [
      ...["coverage", "--store", "history", "--at", snapshots[0]?.id ?? "", "--json"],
    ]);
    expect((stateOf(early.out) as { takenAt: string }).takenAt.replaceAll(/[-:]/g, "")).toContain(
      snapshots[0]?.id.slice(0, -1),
    );
    const kept = await orgrail(sandbox, [...collect, "--keep", "2h", "--json"]);
    expect(stateOf(kept.out)).toMatchObject({ removed: 2 });
    expect(await readdir(join(folder, "history", "entries"))).toHaveLength(2);
  }, 60_000);

  it("reads the same from S3, where nothing is overwritten", async () => {
    const sandbox = healthy.copy();
    const aws = connect(sandbox);
    await aws.call("s3", "CreateBucket", { Bucket: "acme-snapshots" });
    const store = ["--store", "s3://acme-snapshots/orgrail"];
    expect((await orgrail(sandbox, ["collect", ...store, ...only])).err).toBe("");
    expect((await orgrail(sandbox, ["collect", ...store, ...only])).exit).toBe(0);
    const puts = sandbox.calls.filter(({ operation }) => operation === "PutObject");
    expect(puts.length).toBeGreaterThan(8);
    const { Contents = [] } = await aws.call("s3", "ListObjectsV2", { Bucket: "acme-snapshots" });
    const files = Contents.map(({ Key = "" }) => Key.replace(/\d{8}T\d{6}Z(-2)?/, "ID"));
    expect(files.toSorted()).toEqual([
      ...two.slice(0, 2).map(() => "orgrail/entries/ID.json"),
      ...["answers.ndjson.gz", "cells.parquet", "snapshot.json"].flatMap((name) =>
        Array.from({ length: 2 }, () => `orgrail/snapshots/ID/${name}`),
      ),
      "orgrail/store.json",
    ]);
    // Another that was taken in the same second stands beside them.
    const stored = snapshotStore(s3Storage({ aws, bucket: "acme-snapshots", prefix: "orgrail/" }));
    const [entry] = await stored.list();
    if (entry === undefined) throw new Error("no entry");
    const again = await stored.save(await stored.read(entry), {});
    expect(again.id).toBe(`${entry.id}-2`);
    const read = await orgrail(sandbox, ["coverage", ...store, "--service", "guardduty", "--json"]);
    expect(stateOf(read.out)).toMatchObject({ tier: "full", total: { counts: { off: 0 } } });
    const off = await orgrail(sandbox, [
      ...["coverage", ...store, "--service", "guardduty", "--state", "off"],
    ]);
    expect(off.out).toBe("no cell is off\n");
    const rule = ["--rule", "guardduty/members", "--json"];
    const audited = await orgrail(sandbox, ["audit", ...store, ...rule]);
    expect(stateOf(audited.out)).toMatchObject({ totals: { fail: 0, pass: 2 } });
    const layers = await orgrail(sandbox, ["layers", ...store, "--json"]);
    expect(stateOf(layers.out)).toMatchObject({ resource: null, layers: { length: 6 } });
  }, 60_000);

  it.each<[string, () => Promise<void>, string, string]>([
    [
      "another organization's",
      () => writeFile(join(folder, "bad", "store.json"), marker({ organizationId: "o-other" })),
      "ORGRAIL4293",
      "collect",
    ],
    [
      "of a newer version",
      () => writeFile(join(folder, "bad", "store.json"), marker({ schemaVersion: 2 })),
      "format 2",
      "coverage",
    ],
    [
      "with a truncated snapshot",
      async () => {
        const [id = ""] = await readdir(join(folder, "bad", "snapshots"));
        await truncate(join(folder, "bad", "snapshots", id, "snapshot.json"), 5_000);
      },
      "damaged",
      "coverage",
    ],
    [
      "with a damaged entry",
      async () => {
        const [name = ""] = await readdir(join(folder, "bad", "entries"));
        await truncate(join(folder, "bad", "entries", name), 10);
      },
      "ORGRAIL4294",
      "coverage",
    ],
    [
      "that is something else",
      () => writeFile(join(folder, "bad", "store.json"), "{}"),
      "is no store",
      "coverage",
    ],
  ])(
    "%s is refused clearly",
    async (_, damage, said, command) => {
      const sandbox = healthy.copy();
      const argv = ["--store", "bad", ...(command === "collect" ? only : [])];
      await orgrail(sandbox, ["collect", "--store", "bad", "--tier", "headline", ...only]);
      await damage();
      const { exit, err, out } = await orgrail(sandbox, [command, ...argv]);
      await rm(join(folder, "bad"), { recursive: true });
      expect(out).toBe("");
      expect(err).toContain(said);
      expect([1, 64]).toContain(exit);
    },
    60_000,
  );
});

function marker(changed: object): string {
  const whole = { kind: "orgrail-snapshot-store", schemaVersion: 1, organizationId: ids.Root };
  return JSON.stringify({ ...whole, ...changed });
}

describe("the table of cells", () => {
  it("is what the matrix says, as DuckDB reads it", async () => {
    const duckdb = await import("@duckdb/node-api").catch(() => undefined);
    const sandbox = healthy.copy();
    await orgrail(sandbox, ["collect", "--out", "whole.json", ...only]);
    const said = await orgrail(sandbox, ["coverage", "--snapshot", "whole.json", "--json"]);
    const { cells, total } = stateOf(said.out) as {
      cells: readonly Record<string, string | null>[];
      total: { counts: Record<string, number> };
    };
    expect((await readFile(join(folder, "whole.cells.parquet"))).subarray(0, 4).toString()).toBe(
      "PAR1",
    );
    if (duckdb === undefined) return;
    const instance = await duckdb.DuckDBInstance.create(":memory:");
    const connection = await instance.connect();
    const path = join(folder, "whole.cells.parquet");
    const rows = await connection.runAndReadAll(
      `SELECT account, accountName, service, region, state, reason FROM read_parquet('${path}')
       WHERE accountName IS NOT NULL`,
    );
    const found = rows.getRowObjectsJson().map((row) => Object.values(row).join("|"));
    expect(found.toSorted()).toEqual(
      cells
        .map((one) =>
          [one.account, one.name, one.service, one.region, one.state, one.reason].join("|"),
        )
        .toSorted(),
    );
    const counted = await connection.runAndReadAll(
      `SELECT state, count(*)::INTEGER AS n FROM read_parquet('${path}') GROUP BY state`,
    );
    for (const [state, n] of counted.getRows()) expect(n).toBe(total.counts[String(state)]);
    connection.closeSync();
    instance.closeSync();
  }, 60_000);
});
