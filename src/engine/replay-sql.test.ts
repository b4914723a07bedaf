import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hostileTexts, type SqlCase, sqlCase, sqlEvents } from "../../test/support/sql-cases.ts";
import { duckDbTable } from "../../test/support/trail-table.ts";
import type { CloudTrailEvent } from "../core/event.ts";
import { iamActions } from "../data/iam-actions.gen.ts";
import { type Call, callOf, outcomeOf } from "../impact/call.ts";
import { createImpact } from "../impact/impact.ts";
import { adoptTable } from "../impact/sql/adopt-table.ts";
import { callExpressions } from "../impact/sql/call-expressions.ts";
import { trailColumns } from "../impact/sql/create-trail-table.ts";
import { duckdb } from "../impact/sql/dialect.ts";
import type { EventTable } from "../impact/sql/event-table.ts";
import { type ImpactQuery, impactQuery } from "../impact/sql/impact-query.ts";
import { testAccounts } from "../impact/test-organization.ts";
import type { QueryAnswer } from "../logs/query-answer.ts";
import { classifyError } from "../logs/record/error-class.ts";
import { iamFacts } from "../policy/iam-facts.ts";
import { replaySql } from "./replay-sql.ts";

const facts = iamFacts(iamActions);
const usualRuns = 8;
const runs = Number(process.env.ORGRAIL_PROPERTY_RUNS ?? usualRuns);
const events = sqlEvents(7, 250);
const unique = [...new Map(events.map((event) => [event.eventID, event])).values()];

let folder = "";
let connection: DuckDBConnection;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-sql-"));
  connection = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
  await connection.run(await duckDbTable("trail", events, join(folder, "events.json")));
});
afterAll(async () => {
  connection.closeSync();
  await rm(folder, { recursive: true });
});

function trail(): EventTable {
  const adopted = adoptTable("trail", trailColumns);
  if ("problems" in adopted) throw new Error(adopted.problems.join(", "));
  return adopted.table;
}

async function ask(query: ImpactQuery): Promise<QueryAnswer> {
  const result = await connection.runAndReadAll(query.sql);
  return {
    columns: result.columnNames(),
    rows: async function* () {
      yield result.getRowsJson();
    },
  };
}

type GuardType = "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY";

async function both(made: SqlCase, type: GuardType = "SERVICE_CONTROL_POLICY") {
  const local = createImpact({ ...made, type, facts });
  for (const event of unique) local.add(callOf(event));
  const remote = createImpact({ ...made, type, facts });
  const query = impactQuery({ ...made, type, facts, table: trail(), dialect: duckdb });
  const replayed = await replaySql(remote, query, await ask(query));
  return { local: local.report(), remote: remote.report(), replayed, query };
}

const places = ["r-ab12", "ou-ab12-work", testAccounts.shop, testAccounts.play];
const variable = ["$", "{aws:username}"].join("");

const texts = fc.constantFrom("*", "arn:aws:iam::*:role/Admin", ...hostileTexts);
const condition = fc.oneof(
  fc.constantFrom<object>(
    { StringNotEquals: { "aws:RequestedRegion": ["eu-central-1", "us-west-2"] } },
    { StringEqualsIgnoreCase: { "aws:RequestedRegion": "EU-central-1" } },
    { StringLike: { "aws:RequestedRegion": "us-*-?" } },
    { "ForAllValues:StringNotLike": { "aws:RequestedRegion": ["us-*"] } },
    { ArnNotLike: { "aws:PrincipalArn": ["arn:aws:iam::*:role/Admin", "arn:*:iam::2?2*:user/*"] } },
    { ArnLike: { "aws:PrincipalArn": "arn:aws:*:role/*" } },
    { StringNotLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/*e*" } },
    { StringEquals: { "aws:PrincipalTag/team": "a" } },
    { StringEquals: { "aws:PrincipalAccount": testAccounts.play } },
    { StringLike: { "aws:PrincipalArn": `arn:aws:iam::*:user/${variable}` } },
    { Bool: { "aws:ViaAWSService": "true" } },
    { Null: { "aws:CalledViaLast": "true" } },
    { BoolIfExists: { "aws:PrincipalIsAWSService": "false" } },
    { StringNotEqualsIfExists: { "aws:SourceArn": "x" } },
    { BoolIfExists: { "aws:MultiFactorAuthPresent": "false" } },
    { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
    { StringNotEquals: { "aws:SourceVpce": "vpce-1" } },
    { StringEquals: { "aws:username": "o'brien" } },
    { StringLike: { "aws:userid": "*:s'x" } },
    { StringNotEquals: { "aws:ResourceAccount": testAccounts.shop } },
    { DateGreaterThan: { "aws:CurrentTime": "2026-11-02T00:00:00Z" } },
    { Null: { "aws:TokenIssueTime": "true" } },
    { NumericLessThan: { "aws:MultiFactorAuthAge": "5" } },
  ),
  fc
    .tuple(
      fc.constantFrom("StringLike", "StringEquals", "StringNotLike", "ArnLike", "StringNotEquals"),
      fc.constantFrom("aws:PrincipalArn", "aws:UserAgent", "aws:username"),
      fc.array(texts, { minLength: 1, maxLength: 2 }),
    )
    .map(([operator, key, values]) => ({ [operator]: { [key]: values } })),
);
const actions = [
  ...["*", "s3:*", "s3:Get*", "s3:PutBucketPolicy", "s3:ListBucket", "ec2:Run*", "ec2:?escribe*"],
  ...["iam:PassRole", "iam:*", "lambda:*", "kms:Decrypt", "cloudwatch:*", "apigateway:POST"],
];
const resources = [
  ...["*", "*", "*", "arn:aws:s3:::logs", "arn:aws:s3:::logs*/*", "arn:aws:iam::*:role/R"],
  ...["arn:aws:s3:::x' OR*", `arn:aws:s3:::${variable}`, "arn:aws:dynamodb:*:*:table/t"],
];
const statement = fc
  .record({
    effect: fc.constantFrom("Deny", "Deny", "Deny", "Allow"),
    isNegated: fc.boolean(),
    actions: fc.subarray(actions, { minLength: 1, maxLength: 3 }),
    resource: fc.constantFrom(...resources),
    isNotResource: fc.constantFrom(false, false, false, true),
    conditions: fc.array(condition, { maxLength: 2 }),
  })
  .map((made) => ({
    Effect: made.effect,
    [made.isNegated ? "NotAction" : "Action"]: made.actions,
    [made.isNotResource ? "NotResource" : "Resource"]: made.resource,
    ...(made.conditions.length === 0
      ? {}
      : { Condition: Object.assign({}, ...made.conditions) as object }),
  }));

describe("the error of an event", () => {
  const by = (kind: string): string => `x is not authorized, with an explicit deny in a ${kind}`;
  it.each([
    ["", "", "none"],
    ["NoSuchBucket", by("service control policy"), "other"],
    ["AccessDenied", "", "denied"],
    ["Client.UnauthorizedOperation", by("service control policy"), "denied-by-scp"],
    ["AuthorizationError", by("service control policy: arn:aws:x."), "denied-by-scp"],
    ["AuthorizationErrorException", "because no service control policy allows it", "denied-by-scp"],
    ["ForbiddenException", "", "denied"],
    ["Server.Forbidden", by("resource control policy"), "denied-by-rcp"],
    ["AccessDenied", "nothing of a resource control policy decided", "denied"],
    ["ForbiddenZone", "", "other"],
  ])("%s (%s) is %s to logs, lake and SQL alike", async (code, message, expected) => {
    const sql = `SELECT ${callExpressions.at(-1)} FROM (SELECT $1 AS error_code, $2 AS error_message)`;
    const answer = await connection.runAndReadAll(sql, [code, message]);
    expect(answer.getRowsJson()).toEqual([[expected]]);
    expect(classifyError(code, message)).toBe(expected);
    expect(outcomeOf(code, message)).toBe(expected);
  });
});

describe("impact by SQL on DuckDB", () => {
  it.each(["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"] as const)(
    "says of %s what the local engine says, whatever the policies",
    async (type) => {
      const seen = { rows: 0, certain: 0, groups: 0 };
      await fc.assert(
        fc.asyncProperty(
          fc.array(
            fc.tuple(
              fc.array(statement, { minLength: 1, maxLength: 2 }),
              fc.constantFrom(...places),
            ),
            {
              maxLength: 2,
            },
          ),
          fc.array(statement, { minLength: 1, maxLength: 2 }),
          fc.constantFrom(...places),
          fc.boolean(),
          async (today, candidate, target, isSwap) => {
            const replacesFull = isSwap && type === "SERVICE_CONTROL_POLICY";
            const made = sqlCase({ today, candidate, target, type, replacesFull });
            const { local, remote, replayed } = await both(made, type);
            expect(remote).toEqual(local);
            seen.rows += local.rows.length;
            seen.certain += local.rows.filter(({ certainty }) => certainty === "certain").length;
            seen.groups += replayed.groups;
          },
        ),
        // A few cases are always the same; more are new ones.
        { numRuns: runs, ...(runs === usualRuns ? { seed: 20261123 } : {}) },
      );
      expect(seen.rows).toBeGreaterThan(0);
      expect(seen.certain).toBeGreaterThan(0);
      // What is not touched comes together: there are fewer groups than events.
      expect(seen.groups).toBeLessThan(runs * unique.length);
    },
    120_000 + runs * 1_000,
  );
});

describe("what is pushed down", () => {
  const deny = (statement: object) => ({ Effect: "Deny", Resource: "*", ...statement });
  /** Events that come back with who made them, of all that there are. */
  async function touchedCount(...candidate: readonly object[]): Promise<number> {
    const made = sqlCase({ candidate, target: "ou-ab12-work" });
    const query = impactQuery({ ...made, facts, table: trail(), dialect: duckdb });
    let count = 0;
    const sink = {
      add: (call: Call) => {
        if (call.isUntouched !== true) count += call.count;
      },
    };
    const replayed = await replaySql(sink, query, await ask(query));
    expect(replayed.events).toBe(unique.length);
    return count;
  }
  const ofShop = (wanted: (event: CloudTrailEvent) => boolean): number =>
    unique.filter((event) => {
      const { key } = callOf(event);
      const account = key.principal?.split(":")[4] ?? key.principalAccountId;
      const isBound =
        key.principal !== undefined &&
        key.identityType !== "SAMLUser" &&
        key.identityType !== "AWSService" &&
        key.principal?.includes("aws-service-role") !== true;
      return account === testAccounts.shop && isBound && wanted(event);
    }).length;

  it.each<[string, object, (event: CloudTrailEvent) => boolean]>([
    [
      "Regions",
      { Action: "*", Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-central-1" } } },
      ({ awsRegion }) => awsRegion !== "eu-central-1",
    ],
    [
      "actions by the names of their events",
      { Action: ["lambda:List*", "s3:ListBucket", "cloudwatch:PutMetricData"] },
      ({ eventName }) => /^List|PutMetricData/.test(eventName ?? ""),
    ],
    [
      "all actions but some",
      {
        NotAction: [
          "s3:*",
          "iam:*",
          "sts:*",
          "kms:*",
          "dynamodb:*",
          "cloudwatch:*",
          "apigateway:*",
        ],
      },
      ({ eventSource }) => /^(ec2|lambda|signin|nosuch)\./.test(eventSource ?? ""),
    ],
    [
      "principals by patterns of their ARN",
      { Action: "*", Condition: { ArnLike: { "aws:PrincipalArn": "arn:aws:iam::*:role/Dep*" } } },
      ({ userIdentity }) =>
        userIdentity?.sessionContext?.sessionIssuer?.arn?.endsWith("/Deploy") === true,
    ],
    [
      "buckets, where the record has one",
      { Action: "s3:PutBucketPolicy", Resource: "arn:aws:s3:::logs" },
      ({ eventName, requestParameters }) => {
        const { bucketName } = (requestParameters ?? {}) as { readonly bucketName?: string };
        return eventName === "PutBucketPolicy" && (bucketName ?? "logs").startsWith("logs");
      },
    ],
    [
      "endpoints, where the record has one",
      { Action: "kms:*", Condition: { StringNotEquals: { "aws:SourceVpce": "vpce-1" } } },
      ({ eventSource, vpcEndpointId, userIdentity }) =>
        eventSource?.startsWith("kms") === true &&
        (vpcEndpointId !== "vpce-1" || userIdentity?.invokedBy !== undefined),
    ],
  ])("%s", async (_, statement, wanted) => {
    const count = ofShop(wanted);
    expect(count).toBeGreaterThan(0);
    expect(await touchedCount(deny(statement))).toBe(count);
  });

  it("nothing of what SQL cannot tell", async () => {
    const count = ofShop(({ eventSource }) => eventSource?.startsWith("kms") === true);
    for (const Condition of [
      { StringEquals: { "aws:PrincipalTag/team": "a" } },
      { NotIpAddress: { "aws:SourceIp": "203.0.113.0/24" } },
      { DateLessThan: { "aws:CurrentTime": "2020-01-01T00:00:00Z" } },
      { StringEquals: { "aws:PrincipalArn": ["arn:aws:iam::", "{aws:x}"].join("$") } },
      { StringNoSuch: { "aws:PrincipalArn": "x" } },
    ]) {
      expect(await touchedCount(deny({ Action: "kms:*", Condition }))).toBe(count);
    }
  });

  it("counts events, or records when it is told to", async () => {
    const made = sqlCase({ candidate: [deny({ Action: "s3:*" })], target: "r-ab12" });
    const table = trail();
    for (const [countsRecords, count] of [
      [false, unique.length],
      [true, events.length],
    ] as const) {
      const query = impactQuery({ ...made, facts, table, dialect: duckdb, countsRecords });
      const sink = createImpact({ ...made, facts });
      expect((await replaySql(sink, query, await ask(query))).events).toBe(count);
    }
    expect(events.length).toBeGreaterThan(unique.length);
  });

  it("keeps to a range of time and to accounts", async () => {
    const made = sqlCase({ candidate: [deny({ Action: "s3:*" })], target: "r-ab12" });
    const [sinceMs, untilMs] = ["2026-11-02T00:00:00Z", "2026-11-02T04:00:00Z"].map(Date.parse);
    const accounts = [testAccounts.shop];
    const range = { accounts, sinceMs: (sinceMs ?? 0) + 1, untilMs: (untilMs ?? 0) + 999 };
    const query = impactQuery({ ...made, facts, table: trail(), dialect: duckdb, range });
    const sink = createImpact({ ...made, facts });
    const { events: found } = await replaySql(sink, query, await ask(query));
    const wanted = unique.filter(
      ({ eventTime = "", recipientAccountId }) =>
        recipientAccountId === testAccounts.shop &&
        Date.parse(eventTime) >= range.sinceMs &&
        Date.parse(eventTime) <= range.untilMs,
    );
    expect(found).toBe(wanted.length);
    expect(found).toBeGreaterThan(0);
  });

  it.each(hostileTexts)("a policy cannot break out of the query: %s", async (text) => {
    const condition = { StringLike: { "aws:PrincipalArn": [text, `*${text}*`] } };
    const made = sqlCase({
      candidate: [
        deny({ Action: [text, "s3:*"], Condition: condition }),
        deny({ NotAction: `s3:${text}` }),
      ],
      target: testAccounts.shop,
    });
    const { local, remote } = await both(made);
    expect(remote).toEqual(local);
  });
});
