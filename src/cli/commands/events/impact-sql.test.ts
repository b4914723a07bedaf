import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cliHost } from "../../../../test/support/cli-host.ts";
import type { Snapshot } from "../../../core/snapshot.ts";
import { trailColumns, trailPartitions } from "../../../impact/sql/create-trail-table.ts";
import {
  deny,
  testAccounts,
  testEvent,
  testOrganization,
} from "../../../impact/test-organization.ts";
import { type FakeAthenaOptions, fakeAthena } from "../../../logs/test-support/fake-athena.ts";
import { writeSnapshotFile } from "../../../store/snapshot-file.ts";
import { main } from "../../main.ts";

let folder = "";
const organization = testOrganization();
const snapshot: Snapshot = {
  schemaVersion: 1,
  takenAt: "2026-11-20T00:00:00Z",
  caller: {
    account: organization.managementAccountId,
    arn: `arn:aws:iam::${organization.managementAccountId}:role/Reader`,
    standing: "management",
  },
  organization,
  gaps: [],
};
const guard = deny({
  Action: undefined,
  NotAction: ["iam:*", "sts:*"],
  Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-central-1" } },
});
const events = [
  testEvent("ec2:RunInstances", { awsRegion: "us-west-2", eventID: "1" }),
  testEvent("ec2:DescribeInstances", { eventID: "2" }),
  testEvent("s3:PutBucketPolicy", { eventID: "3", account: testAccounts.play }),
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-impact-sql-"));
  await writeSnapshotFile(join(folder, "snapshot.json"), snapshot);
  await writeFile(join(folder, "guard.json"), JSON.stringify(guard));
  await writeFile(join(folder, "log.json.gz"), gzipSync(JSON.stringify({ Records: events })));
});
afterAll(() => rm(folder, { recursive: true }));

async function orgrail(
  words: readonly string[],
  more: { readonly athena?: FakeAthenaOptions; readonly env?: Record<string, string> } = {},
) {
  const fake = fakeAthena(more.athena);
  const host = cliHost({ cwd: folder, ...(more.env === undefined ? {} : { env: more.env }) });
  const inPlace = more.athena === undefined ? {} : { inPlaceOfAws: fake.inPlaceOfAws };
  const code = await main(words, { ...host, ...inPlace });
  const operations = fake.requests.map(({ operation }) => operation);
  return { code, out: host.out(), err: host.err(), requests: fake.requests, operations };
}

const base = ["impact", "guard.json", "--target", "Root", "--snapshot", "snapshot.json"];

describe("orgrail impact --engine duckdb", () => {
  it("says of a lake what the local engine says", async () => {
    expect((await orgrail(["logs", "ingest", "log.json.gz", "--lake", "lake"])).code).toBe(0);
    const words = [...base, "--lake", "lake", "--format", "json"];
    const [plain, bySql] = await Promise.all([
      orgrail(words),
      orgrail([...words, "--engine", "duckdb", "--since", "2026-10-01"]),
    ]);
    const { rows, coverage } = JSON.parse(plain.out);
    expect(rows).toHaveLength(1);
    expect(JSON.parse(bySql.out)).toMatchObject({ rows, coverage });
  });

  it("prints its SQL, and runs nothing", async () => {
    const { out, code } = await orgrail([
      ...base,
      "--lake",
      "lake",
      "--engine",
      "duckdb",
      "--print-sql",
    ]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^WITH records AS \(\n[\s\S]*FROM events[\s\S]*NOT \(region = 'eu-central-1'\)/,
    );
  });
});

/** An answer: a touched group, and one that is not. */
const columns = [
  ...["g_touched", "g_eventSource", "g_eventName", "g_eventType", "g_eventCategory", "g_awsRegion"],
  ...["g_recipientAccountId", "g_identityType", "g_principal", "g_principalAccountId"],
  ...["g_invokedBy", "g_errorClass", "g_parameters", "calls", "first_time", "last_time"],
];
const rows: readonly (readonly (string | null)[])[] = [
  [
    ...["true", "ec2.amazonaws.com", "RunInstances", "AwsApiCall", "", "us-west-2"],
    ...[
      testAccounts.shop,
      "AssumedRole",
      `arn:aws:iam::${testAccounts.shop}:role/Deploy`,
      "",
      "",
      "none",
    ],
    ...['{"imageId":"ami-1"}', "7", "2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"],
  ],
  [
    ...["false", "ec2.amazonaws.com", "DescribeInstances", "AwsApiCall", "", "", "", "AssumedRole"],
    ...[`arn:aws:iam::${testAccounts.shop}:`, "", "", ""],
    ...["", "90", "2026-11-01T00:00:00Z", "2026-11-03T00:00:00Z"],
  ],
];

const table = {
  Columns: trailColumns.map(({ name, type }) => ({ Name: name, Type: type })),
  PartitionKeys: Object.values(trailPartitions).map((Name) => ({ Name, Type: "string" })),
  Parameters: {
    location: "s3://trail/AWSLogs/o-exampleorgid/",
    "projection.day.format": "yyyy/MM/dd",
  },
};
const logFile = (size: number): ReadonlyMap<string, number> =>
  new Map([
    [
      `AWSLogs/o-exampleorgid/${testAccounts.shop}/CloudTrail/us-west-2/2026/11/01/${testAccounts.shop}_CloudTrail_us-west-2_20261101T0000Z_x.json.gz`,
      size,
    ],
  ]);
const oldFile = (size: number): ReadonlyMap<string, number> =>
  new Map([...logFile(size)].map(([key, bytes]) => [key.replaceAll("2026", "2024"), bytes]));
const athena: FakeAthenaOptions = {
  table,
  rows,
  columns,
  objects: logFile(1e9),
  states: [{ state: "SUCCEEDED", bytes: 2e9 }],
};
const asked = [...base, "--engine", "athena", "--table", "security.trail", "--since", "2026-11-01"];

describe("orgrail impact --engine athena", () => {
  it("asks a table, after what it costs is known", async () => {
    const { out, code, requests, operations, err } = await orgrail(asked, { athena });
    expect(err).toBe("");
    expect(out).toContain("7 calls by 1 principal in 1 account would be denied.");
    expect(out).toContain(
      "Asked of Athena, table security.trail: 97 events in 2 groups; 2.000 GB read, about $0.0100.",
    );
    expect(code).toBe(0);
    expect(operations.indexOf("ListObjectsV2")).toBeLessThan(
      operations.indexOf("StartQueryExecution"),
    );
    const { input } = requests.find(({ operation }) => operation === "StartQueryExecution") ?? {};
    expect(input?.QueryString).toContain(
      `FROM "security"."trail"\n  WHERE ("day" >= '2026/11/01' AND`,
    );
  });

  it("tells its estimate to machines", async () => {
    const { out } = await orgrail([...asked, "--json"], { athena });
    expect(JSON.parse(out).result.sql).toEqual({
      engine: "Athena",
      table: "security.trail",
      groups: 2,
      estimate: { objects: 1, bytes: 1e9, costUsd: 0.005 },
      scannedBytes: 2e9,
      costUsd: 0.01,
    });
  });

  it.each<[string, FakeAthenaOptions, readonly string[], string]>([
    ["what costs too much", { objects: logFile(2e12) }, [], "cost about $10.00, more than $5.00"],
    ["what may cost nothing", {}, ["--max-cost", "0"], "about $0.0050, more than $0.0000"],
    [
      "what reads all days for want of a partition",
      { table: { ...table, PartitionKeys: [] }, objects: oldFile(2e12) },
      ["--accounts", testAccounts.play],
      "cost about $10.00, more than $5.00",
    ],
    [
      "to estimate what has no place",
      { table: { ...table, Parameters: {} } },
      ["--max-cost", "0"],
      "names no place in S3",
    ],
    [
      "what its workgroup stops",
      {
        workgroup: {
          Configuration: {
            BytesScannedCutoffPerQuery: 20_000_000,
            ResultConfiguration: { OutputLocation: "s3://answers/" },
          },
        },
      },
      [],
      "stops queries at 0.02 GB",
    ],
    [
      "a workgroup without a place",
      { workgroup: { Configuration: {} } },
      [],
      "has no place for answers",
    ],
    ["a table that is not there", { table: null }, [], "Athena has no table `security.trail`"],
    [
      "a table of something else",
      {
        table: {
          Columns: [
            { Name: "eventsource", Type: "string" },
            { Name: "eventtime", Type: "string" },
          ],
        },
      },
      [],
      "has no events of CloudTrail: no text `eventname`",
    ],
  ])("refuses %s, and runs nothing", async (_, more, words, message) => {
    const { err, code, operations } = await orgrail([...asked, ...words], {
      athena: { ...athena, ...more },
    });
    expect(err).toContain(message);
    expect(code).toBe(64);
    expect(operations).not.toContain("StartQueryExecution");
  });

  it("says what a table lacks, and that it is read whole", async () => {
    const Columns = table.Columns.filter(({ Name }) => Name !== "vpcendpointid");
    const { err, code } = await orgrail(asked, {
      athena: { ...athena, table: { ...table, Columns, PartitionKeys: [] } },
    });
    expect(err).toContain("has no vpcendpointid");
    expect(err).toContain("no partition of days");
    expect(code).toBe(0);
  });

  it("counts what could not be listed", async () => {
    const { code, err } = await orgrail(asked, {
      athena: {
        ...athena,
        fault: (operation) =>
          operation === "ListObjectsV2" ? { status: 403, name: "AccessDenied" } : undefined,
      },
    });
    expect(err).toContain("s3");
    expect(code).toBe(3);
  });
});

describe("orgrail impact --engine trino", () => {
  let server: Server;
  const statements: string[] = [];
  let authorization: string | undefined;
  beforeAll(async () => {
    server = createServer((request, response) => {
      let text = "";
      request.on("data", (part: Buffer) => {
        text += part.toString("utf8");
      });
      request.on("end", () => {
        statements.push(text);
        ({ authorization } = request.headers);
        const described = trailColumns.map(({ name, type }) => [
          name,
          type
            .replaceAll("struct<", "row(")
            .replaceAll("array<", "array(")
            .replaceAll(":string", " varchar")
            .replaceAll(/:(?=row|array)/g, " ")
            .replaceAll(">", ")")
            .replace(/^string$/, "varchar"),
          "",
          "",
        ]);
        described.push(["day", "varchar", "partition key", ""]);
        const isShow = text.startsWith("SHOW COLUMNS");
        const names = isShow ? ["Column", "Type", "Extra", "Comment"] : columns;
        const data = isShow
          ? described
          : rows.map((row) => row.map((value, index) => (index === 13 ? Number(value) : value)));
        response.end(JSON.stringify({ columns: names.map((name) => ({ name })), data }));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it("asks a table", async () => {
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const words = [
      ...base,
      "--engine",
      "trino",
      "--server",
      address,
      "--table",
      "hive.security.trail",
    ];
    const { out, code, err } = await orgrail(
      [...words, "--trino-user", "ann", "--day-format", "yyyy-MM-dd", "--since", "2026-11-01"],
      {
        env: { ORGRAIL_TRINO_PASSWORD: "s3cret" },
      },
    );
    expect(out).toContain("7 calls by 1 principal in 1 account would be denied.");
    expect(err).toBe("");
    expect(out).toContain("Asked of Trino, table hive.security.trail: 97 events in 2 groups.");
    expect(code).toBe(0);
    expect(statements[1]).toContain(`"day" >= '2026-11-01'`);
    expect(statements[0]).toBe('SHOW COLUMNS FROM "hive"."security"."trail"');
    expect(authorization).toBe(`Basic ${Buffer.from("ann:s3cret").toString("base64")}`);
  });
});

it.each([
  [["--engine", "athena"], "no table is named"],
  [["--engine", "athena", "--table", "a.b", "--lake", "lake"], "exclude each other"],
  [["--engine", "trino", "--table", "a.b.c"], "no Trino is named"],
  [["--engine", "trino", "--table", "a.b", "--server", "http://127.0.0.1:1"], "names no table"],
  [["--engine", "duckdb"], "no lake is named"],
  [["--engine", "athena", "--table", "a.b", "log.json.gz"], "reads no other sources"],
  [["--print-sql", "log.json.gz"], "no engine is named"],
])("orgrail impact refuses %j", async (words, message) => {
  const { err, code } = await orgrail([...base, ...words]);
  expect(err).toContain(message);
  expect(code).toBe(64);
});
