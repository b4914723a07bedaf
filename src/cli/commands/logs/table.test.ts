import { describe, expect, it } from "vitest";
import { cliHost } from "../../../../test/support/cli-host.ts";
import { type FakeAthenaOptions, fakeAthena } from "../../../logs/test-support/fake-athena.ts";
import { main } from "../../main.ts";

const root = "AWSLogs/o-exampleorgid";
const objects = new Map(
  [
    "111111111111/CloudTrail/us-east-1/2025/03/01/a.json.gz",
    "222222222222/CloudTrail/eu-central-1/2024/03/01/b.json.gz",
    "222222222222/CloudTrail-Digest/eu-west-3/2021/03/01/d.json.gz",
    "333333333333/CloudTrail-Digest/eu-west-3/2021/03/01/d.json.gz",
  ].map((key) => [`${root}/${key}`, 1]),
);

async function table(words: readonly string[], more: FakeAthenaOptions = {}) {
  const { inPlaceOfAws, requests } = fakeAthena({ objects, ...more });
  const host = cliHost();
  const code = await main(["logs", "table", ...words], { ...host, inPlaceOfAws });
  const started = requests.find(({ operation }) => operation === "StartQueryExecution");
  return { code, out: host.out(), err: host.err(), sql: started?.input.QueryString };
}

const place = `s3://trail/${root}`;

describe("orgrail logs table", () => {
  it("writes the statement of a table over the folders that are there", async () => {
    const { out, code, sql } = await table([place, "--table", "security.trail"]);
    expect(code).toBe(0);
    expect(sql).toBeUndefined();
    expect(out).toContain("CREATE EXTERNAL TABLE IF NOT EXISTS `security`.`trail` (");
    for (const property of [
      "'projection.account.values' = '111111111111,222222222222'",
      "'projection.region.values' = 'eu-central-1,us-east-1'",
      "'projection.day.range' = '2024/01/01,NOW'",
      "'projection.day.format' = 'yyyy/MM/dd'",
      `'storage.location.template' = 's3://trail/${root}/${["$", "{account}/CloudTrail/$", "{region}/$", "{day}"].join("")}'`,
    ]) {
      expect(out).toContain(property);
    }
  });

  it("creates it when asked to", async () => {
    const words = [place, "--table", "security.trail", "--create", "--accounts", "222222222222"];
    const { out, code, sql } = await table([...words, "--from", "2026-01-01"]);
    expect(code).toBe(0);
    expect(sql).toContain("'projection.account.values' = '222222222222'");
    expect(sql).toContain("'projection.day.range' = '2026/01/01,NOW'");
    expect(out).toBe(
      "The table security.trail has the logs of 1 account in 2 Regions since 2026-01-01.\n",
    );
  });

  it("says what could not be listed", async () => {
    const fault = (operation: string, nth: number) =>
      operation === "ListObjectsV2" && nth === 2
        ? ({ status: 403, name: "AccessDenied" } as const)
        : undefined;
    const { code } = await table([place], { fault });
    expect(code).toBe(3);
  });

  it.each([
    [["s3://trail/x' OR/"], "is no folder of an organization trail"],
    [["s3://trail/"], "is no folder of an organization trail"],
    [["s3://trail/elsewhere/"], "there are no logs of an organization trail"],
    [[place, "--table", "trail"], "names no table"],
    [[place, "--table", "my-db.trail"], "is no name for a table"],
  ])("refuses %j", async (words, message) => {
    const { code, err, sql } = await table(words);
    expect(err).toContain(message);
    expect(code).toBe(64);
    expect(sql).toBeUndefined();
  });

  it("creates nothing where answers have no place", async () => {
    const { err, code, sql } = await table([place, "--create"], {
      workgroup: { Configuration: {} },
    });
    expect(err).toContain("has no place for answers");
    expect(code).toBe(64);
    expect(sql).toBeUndefined();
  });
});
