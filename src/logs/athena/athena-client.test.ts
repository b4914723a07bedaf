import { describe, expect, it } from "vitest";
import { createAws } from "../../aws/create-aws.ts";
import { virtualClock } from "../../sandbox/virtual-clock.ts";
import { type FakeAthenaOptions, fakeAthena } from "../test-support/fake-athena.ts";
import { type AthenaOptions, createAthenaClient } from "./athena-client.ts";
import { parseTableName, readTable, readWorkgroup } from "./athena-place.ts";
import { affordableBytes, estimateScan, scanCost } from "./estimate-scan.ts";

function connect(made: FakeAthenaOptions = {}, more: Partial<AthenaOptions> = {}) {
  const { inPlaceOfAws, requests } = fakeAthena(made);
  const clock = virtualClock(0);
  const aws = createAws({
    clock,
    random: () => 1,
    region: "eu-west-1",
    rates: {},
    ...inPlaceOfAws,
  });
  let tokens = 0;
  const client = createAthenaClient({
    aws,
    workgroup: "audit",
    catalog: "AwsDataCatalog",
    database: "security",
    token: () => `token-${++tokens}-00000000000000000000000000000000`,
    ...more,
  });
  const operations = (): readonly string[] => requests.map(({ operation }) => operation);
  return { aws, client, requests, operations, clock };
}

async function allRows(answer: { rows(): AsyncIterable<readonly (readonly unknown[])[]> }) {
  const rows: unknown[] = [];
  for await (const part of answer.rows()) rows.push(...part);
  return rows;
}

const rows = [["1"], ["2"], [null], ["4"], [""]];

describe("Athena", () => {
  it("runs a query and gives its answer page by page", async () => {
    const states = [
      { state: "QUEUED" },
      { state: "RUNNING", bytes: 10 },
      { state: "SUCCEEDED", bytes: 2_000 },
    ];
    const told: number[] = [];
    const { client, requests, operations } = connect(
      { rows, states },
      { output: "s3://answers/x/", onProgress: (bytes) => told.push(bytes) },
    );
    const answer = await client.run("SELECT 1");
    expect(answer).toMatchObject({ columns: ["a"], scannedBytes: 2_000, queryId: "query-1" });
    expect(await allRows(answer)).toEqual(rows);
    expect(told).toEqual([0, 10, 2_000]);
    expect(operations()).toEqual([
      "StartQueryExecution",
      ...["GetQueryExecution", "GetQueryExecution", "GetQueryExecution"],
      ...["GetQueryResults", "GetQueryResults", "GetQueryResults"],
    ]);
    expect(requests[0]?.input).toMatchObject({
      QueryString: "SELECT 1",
      WorkGroup: "audit",
      QueryExecutionContext: { Catalog: "AwsDataCatalog", Database: "security" },
      ResultConfiguration: { OutputLocation: "s3://answers/x/" },
    });
  });

  it("gives a row that looks like the names of the columns, unless it is the first", async () => {
    const { client } = connect({ rows: [["a"], ["b"]] });
    expect(await allRows(await client.run("SELECT 1"))).toEqual([["a"], ["b"]]);
  });

  it("starts a query once, however often it has to ask", async () => {
    const { client, requests } = connect({
      rows,
      fault: (operation, nth) => {
        if (operation === "StartQueryExecution" && nth === 1) return "no answer";
        if (operation === "GetQueryResults" && nth === 2)
          return { status: 500, name: "InternalServerException" };
        return operation === "GetQueryExecution" && nth === 1
          ? { status: 400, name: "TooManyRequestsException" }
          : undefined;
      },
    });
    expect(await allRows(await client.run("SELECT 1"))).toEqual(rows);
    const tokens = requests
      .filter(({ operation }) => operation === "StartQueryExecution")
      .map(({ input }) => input.ClientRequestToken);
    expect(tokens).toHaveLength(2);
    expect(new Set(tokens).size).toBe(1);
  });

  it.each([
    [
      "FAILED",
      "HIVE_CURSOR_ERROR:\n  slow down",
      "Athena: the query failed: HIVE_CURSOR_ERROR: slow down (query query-1)",
    ],
    ["CANCELLED", undefined, "Athena: the query was cancelled (query query-1)"],
  ])("says why a query is %s", async (state, reason, message) => {
    const { client } = connect({
      states: [{ state, ...(reason === undefined ? {} : { reason }) }],
    });
    await expect(client.run("SELECT 1")).rejects.toMatchObject({ code: "ORGRAIL4385", message });
  });

  it("stops a query that reads more than it may", async () => {
    const states = [
      { state: "RUNNING", bytes: 999 },
      { state: "RUNNING", bytes: 1_001 },
    ];
    const { client, operations } = connect({ states }, { mostBytes: 1_000 });
    await expect(client.run("SELECT 1")).rejects.toThrow("stopped after 1001 bytes");
    expect(operations().at(-1)).toBe("StopQueryExecution");
  });

  it("stops the query when the caller stops", async () => {
    const stop = new AbortController();
    const { client, operations } = connect(
      { states: [{ state: "RUNNING" }] },
      { signal: stop.signal, onProgress: () => stop.abort(new Error("interrupted")) },
    );
    await expect(client.run("SELECT 1")).rejects.toThrow("interrupted");
    expect(operations().at(-1)).toBe("StopQueryExecution");
  });

  it("stops the query when it may not ask about it", async () => {
    const { client, operations } = connect({
      fault: (operation) =>
        operation === "GetQueryExecution"
          ? { status: 400, name: "AccessDeniedException" }
          : undefined,
    });
    await expect(client.run("SELECT 1")).rejects.toMatchObject({ kind: "access-denied" });
    expect(operations().at(-1)).toBe("StopQueryExecution");
  });
});

describe("where a query runs", () => {
  it("reads a workgroup", async () => {
    const Configuration = {
      BytesScannedCutoffPerQuery: 10_000_000,
      EnforceWorkGroupConfiguration: true,
      EngineVersion: { EffectiveEngineVersion: "Athena engine version 3" },
    };
    const { aws } = connect({ workgroup: { Configuration } });
    expect(await readWorkgroup(aws, "audit", undefined)).toEqual({
      managesOutput: false,
      isEnforced: true,
      cutoffBytes: 10_000_000,
    });
  });

  it.each([
    [{ State: "DISABLED" }, "is disabled"],
    [
      { Configuration: { EngineVersion: { EffectiveEngineVersion: "Athena engine version 2" } } },
      "version 2",
    ],
    [
      { Configuration: { EngineVersion: { EffectiveEngineVersion: "PySpark engine version 3" } } },
      "PySpark",
    ],
  ])("refuses %j", async (workgroup, message) => {
    const { aws } = connect({ workgroup });
    await expect(readWorkgroup(aws, "audit", undefined)).rejects.toThrow(message);
  });

  it("reads a table", async () => {
    const { aws } = connect({
      table: {
        Name: "trail",
        Columns: [{ Name: "eventsource", Type: "string" }],
        PartitionKeys: [{ Name: "day", Type: "string" }],
        Parameters: { location: "s3://logs/AWSLogs/o-1", "projection.day.format": "yyyy/MM/dd" },
      },
    });
    const name = parseTableName("security.trail");
    expect(name).toEqual({ catalog: "AwsDataCatalog", database: "security", table: "trail" });
    expect(await readTable(aws, name, "audit", undefined)).toEqual({
      columns: [
        { name: "eventsource", type: "string", isPartition: false },
        { name: "day", type: "string", isPartition: true },
      ],
      location: "s3://logs/AWSLogs/o-1",
      dayFormats: new Map([["day", "yyyy/MM/dd"]]),
    });
  });

  it.each(["trail", "a.b.c.d", "a.b;DROP", 'a."b"', "a."])("%s names no table", (name) => {
    expect(() => parseTableName(name)).toThrow("names no table");
  });

  it("estimates what it reads, and costs", async () => {
    const at = (account: string, day: string, size: number): [string, number] => {
      const file = `${account}_CloudTrail_eu-west-1_${day.replaceAll("/", "")}T0000Z_x.json.gz`;
      return [`AWSLogs/o-abc1234567/${account}/CloudTrail/eu-west-1/${day}/${file}`, size];
    };
    const objects = new Map([
      at("111111111111", "2026/10/31", 1),
      at("111111111111", "2026/11/01", 20),
      at("222222222222", "2026/11/02", 300),
      [
        "AWSLogs/o-abc1234567/111111111111/CloudTrail-Digest/eu-west-1/2026/11/01/d.json.gz",
        4_000,
      ] as const,
    ]);
    const { aws } = connect({ objects });
    const estimate = await estimateScan({
      aws,
      location: "s3://logs/AWSLogs/o-abc1234567/",
      selection: { from: "2026-11-01" },
    });
    expect(estimate).toEqual({ objects: 2, bytes: 320, gaps: [] });
    expect(scanCost(320)).toBeCloseTo(0.00005);
    expect(scanCost(2e12)).toBe(10);
    expect(affordableBytes(5)).toBe(1e12);
  });
});
