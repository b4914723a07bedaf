import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Aws } from "../../src/aws/aws.ts";
import { createAws } from "../../src/aws/create-aws.ts";
import { systemClock } from "../../src/aws/system-clock.ts";
import { createAthenaClient } from "../../src/logs/athena/athena-client.ts";
import { readWorkgroup } from "../../src/logs/athena/athena-place.ts";
import { estimateScan } from "../../src/logs/athena/estimate-scan.ts";
import { findTrailFolders } from "../../src/logs/athena/find-trail-folders.ts";
import { type MotoServer, motoPython, startMoto } from "./moto-server.ts";
import { skipReferee } from "./require.ts";

const python = motoPython();

describe.skipIf(skipReferee("moto", python !== undefined))("Athena as moto has it", () => {
  let moto: MotoServer;
  let aws: Aws;
  beforeAll(async () => {
    if (python === undefined) throw new Error("moto is required: pip install 'moto[server]'");
    moto = await startMoto(python);
    aws = createAws({
      clock: systemClock,
      endpoint: moto.endpoint,
      credentials: { accessKeyId: "key", secretAccessKey: "secret" },
      region: "us-east-1",
      rates: {},
    });
  });
  afterAll(async () => {
    aws.close();
    await moto.stop();
  });

  it("runs a query in a workgroup and gives its rows", async () => {
    await aws.call("athena", "CreateWorkGroup", {
      Name: "audit",
      Configuration: {
        ResultConfiguration: { OutputLocation: "s3://answers/" },
        BytesScannedCutoffPerQuery: 10_000_000,
      },
    });
    expect(await readWorkgroup(aws, "audit", undefined)).toMatchObject({
      output: "s3://answers/",
      cutoffBytes: 10_000_000,
      // AWS's default, which moto has too.
      isEnforced: true,
    });
    const cell = (value: string) => ({ VarCharValue: value });
    const queued = await fetch(`${moto.endpoint}/moto-api/static/athena/query-results`, {
      method: "POST",
      body: JSON.stringify({
        results: [
          {
            rows: [
              { Data: [cell("principal"), cell("calls")] },
              { Data: [cell("o'brien"), cell("7")] },
            ],
            column_info: ["principal", "calls"].map((Name) => ({ Name, Type: "varchar" })),
          },
        ],
      }),
      headers: { "content-type": "application/json" },
    });
    expect(queued.status).toBe(201);
    const client = createAthenaClient({
      aws,
      workgroup: "audit",
      catalog: "AwsDataCatalog",
      database: "security",
      token: () => "00000000-0000-4000-8000-000000000000",
    });
    const answer = await client.run("SELECT principal, count(*) AS calls FROM trail GROUP BY 1");
    const rows: unknown[] = [];
    for await (const part of answer.rows()) rows.push(...part);
    expect({ columns: answer.columns, rows }).toEqual({
      columns: ["principal", "calls"],
      rows: [["o'brien", "7"]],
    });
  });

  it("finds and adds up what lies in a trail's bucket", async () => {
    await aws.call("s3", "CreateBucket", { Bucket: "org-trail" });
    for (const [account, day] of [
      ["111111111111", "2026/10/31"],
      ["111111111111", "2026/11/01"],
      ["222222222222", "2026/11/01"],
    ] as const) {
      const file = `${account}_CloudTrail_eu-west-1_${day.replaceAll("/", "")}T0000Z_x.json.gz`;
      await aws.call("s3", "PutObject", {
        Bucket: "org-trail",
        Key: `AWSLogs/o-abc1234567/${account}/CloudTrail/eu-west-1/${day}/${file}`,
        Body: "12345",
      });
    }
    const location = "s3://org-trail/AWSLogs/o-abc1234567/";
    expect(await findTrailFolders(aws, location, undefined)).toEqual({
      accounts: ["111111111111", "222222222222"],
      regions: ["eu-west-1"],
      firstYear: "2026",
      gaps: [],
    });
    expect(await estimateScan({ aws, location, selection: { from: "2026-11-01" } })).toEqual({
      objects: 2,
      bytes: 10,
      gaps: [],
    });
  });
});
