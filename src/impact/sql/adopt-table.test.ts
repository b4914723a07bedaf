import { describe, expect, it } from "vitest";
import { adoptTable, type ColumnDescription } from "./adopt-table.ts";
import { parseColumnType } from "./column-type.ts";
import { createTrailTable, trailColumns } from "./create-trail-table.ts";
import type { EventTable } from "./event-table.ts";

function table(columns: readonly ColumnDescription[], dayFormat?: string): EventTable {
  const adopted = adoptTable('"t"', columns, dayFormat === undefined ? {} : { dayFormat });
  if ("problems" in adopted) throw new Error(adopted.problems.join(", "));
  return adopted.table;
}

/** The types of the trail's table as Trino writes them. */
const ofTrino: readonly ColumnDescription[] = [
  {
    name: "useridentity",
    type:
      'row("type" varchar, principalid varchar, arn varchar, accountid varchar, invokedby varchar(64), accesskeyid varchar, username varchar, ' +
      "sessioncontext row(attributes row(mfaauthenticated varchar, creationdate varchar), sessionissuer row(arn varchar, accountid varchar)))",
  },
  { name: "resources", type: 'array(row(arn varchar, accountid varchar, "type" varchar))' },
  ...trailColumns
    .filter(({ name }) => name !== "useridentity" && name !== "resources")
    .map(({ name }) => ({ name, type: "varchar" })),
];

describe("a table", () => {
  it.each([
    ["of Athena's", trailColumns],
    ["of Trino's", ofTrino],
    [
      "with names of another case",
      trailColumns.map((one) => ({ ...one, name: one.name.toUpperCase() })),
    ],
  ])("%s has all that is asked", (_, columns) => {
    const adopted = adoptTable("t", columns);
    expect(adopted).toMatchObject({ lacks: [] });
    const { fields, resources, time } = table(columns);
    expect(fields.sessionIssuerArn?.toLowerCase()).toBe(
      '"useridentity"."sessioncontext"."sessionissuer"."arn"',
    );
    expect(resources?.kind).toBe("rows");
    expect(time.kind).toBe("text");
  });

  it("says what it lacks", () => {
    const columns = trailColumns.filter(({ name }) => !/^(vpcendpointid|resources)$/.test(name));
    expect(adoptTable("t", columns)).toMatchObject({ lacks: ["vpcendpointid", "resources"] });
  });

  it.each<[string, readonly ColumnDescription[], string]>([
    ["nothing", [], "no text `eventsource`"],
    [
      "no caller",
      trailColumns.filter(({ name }) => name !== "useridentity"),
      "no text `useridentity.type`",
    ],
    ["numbers", trailColumns.map((one) => ({ ...one, type: "bigint" })), "no text `eventname`"],
    [
      "times as numbers",
      trailColumns.map((one) => (one.name === "eventtime" ? { ...one, type: "bigint" } : one)),
      "no time or text `eventtime`",
    ],
  ])("with %s is none", (_, columns, problem) => {
    const adopted = adoptTable("t", columns);
    expect("problems" in adopted ? adopted.problems : []).toContain(problem);
  });

  it.each<[string, string, string | undefined, string | undefined]>([
    ["day", "string", "yyyy/MM/dd", "yyyy/MM/dd"],
    ["dt", "varchar", "yyyy-MM-dd", "yyyy-MM-dd"],
    ["event_day", "date", undefined, "date"],
    ["timestamp", "string", "yyyy/MM/dd", "yyyy/MM/dd"],
    // Nobody says how its texts are written.
    ["day", "string", undefined, undefined],
    ["day", "string", "dd.MM.yyyy", undefined],
    ["shard", "string", "yyyy/MM/dd", undefined],
  ])("finds its partition of days: %s %s %s", (name, type, told, format) => {
    const { day } = table([...trailColumns, { name, type, isPartition: true }], told);
    expect(day).toEqual(format === undefined ? undefined : { column: `"${name}"`, format });
  });

  it("takes a column of that name for a partition only where it is one", () => {
    expect(table([...trailColumns, { name: "day", type: "date" }]).day).toBeUndefined();
  });

  it("writes names so that they stay names", () => {
    const name = 'day" OR 1=1 --';
    const { day } = table([...trailColumns, { name, type: "date", isPartition: true }]);
    expect(day).toBeUndefined();
  });
});

describe("types", () => {
  it.each([
    ["string", "text"],
    ["VARCHAR(255)", "text"],
    ["timestamp(3)", "timestamp"],
    ["timestamp(6) with time zone", "zoned"],
    ["date", "date"],
    ["map<string,string>", "other"],
    ["array(varchar)", "other"],
    ["struct<a:string", "other"],
    ["row(", "other"],
    ["", "other"],
    [`${"struct<a:".repeat(100_000)}`, "other"],
    [`${"array(".repeat(2_000)}${")".repeat(2_000)}`, "other"],
  ])("%# is understood", (text, kind) => {
    expect(parseColumnType(text).kind).toBe(kind);
  });
});

it("writes the statement of a trail's table", () => {
  const sql = createTrailTable({
    database: "security",
    table: "trail",
    location: "s3://logs/AWSLogs/o-abc1234567",
    accounts: ["222222222222", "111111111111"],
    regions: ["us-east-1", "eu-central-1"],
    from: "2025-01-01",
  });
  expect(sql).toContain("LOCATION 's3://logs/AWSLogs/o-abc1234567/'");
  expect(sql).toContain("'projection.account.values' = '111111111111,222222222222'");
  expect(sql).toContain("PARTITIONED BY (`account` string, `region` string, `day` string)");
  // What is created is what is adopted.
  const partitions = ["account", "region", "day"].map((name) => ({
    name,
    type: "string",
    isPartition: true,
  }));
  expect(table([...trailColumns, ...partitions], "yyyy/MM/dd")).toMatchObject({
    account: '"account"',
    day: { column: '"day"', format: "yyyy/MM/dd" },
  });
});
