import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { cliHost } from "../../../../test/support/cli-host.ts";
import type { OrganizationState, Snapshot } from "../../../core/snapshot.ts";
import {
  deny,
  testAccounts,
  testEvent,
  testOrganization,
  testPolicy,
} from "../../../impact/test-organization.ts";
import { writeSnapshotFile } from "../../../store/snapshot-file.ts";
import { main } from "../../main.ts";

// The first test of a file loads all code; a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

let folder = "";

function snapshotOf(organization: OrganizationState): Snapshot {
  return {
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
}

const guard = deny({
  NotAction: ["iam:*", "sts:*", "organizations:*"],
  Condition: { StringNotEquals: { "aws:RequestedRegion": "eu-central-1" } },
});

const events = [
  testEvent("ec2:RunInstances", { awsRegion: "us-west-2", eventID: "1" }),
  testEvent("ec2:RunInstances", { awsRegion: "us-west-2", eventID: "1" }),
  testEvent("ec2:DescribeInstances", { eventID: "2" }),
  testEvent("s3:PutBucketPolicy", { eventID: "3", requestParameters: { bucketName: "logs" } }),
  testEvent("s3:PutBucketPolicy", { eventID: "4", requestParameters: { bucketName: "other" } }),
  testEvent("cloudtrail:StopLogging", {
    eventID: "5",
    account: testAccounts.play,
    errorCode: "AccessDenied",
    errorMessage:
      "User: x is not authorized to perform: cloudtrail:StopLogging with an explicit deny in a service control policy",
  }),
];

const scp = "arn:aws:organizations::111111111111:policy/o-exampleorgid/service_control_policy";
const gone = `${scp}/p-gone`;

/** A call that a service control policy denied, in the older words or the newer. */
function deniedBy(call: string, number: number, policy?: string): object {
  const words = policy === undefined ? "" : `: ${policy}`;
  return {
    ...testEvent(call, { eventID: `d${number}`, account: testAccounts.play }),
    requestParameters: { bucketName: number % 2 === 0 ? "logs" : "other" },
    errorCode: "AccessDenied",
    errorMessage: `User: arn:aws:sts::${testAccounts.play}:assumed-role/Deploy/x is not authorized to perform: ${call} with an explicit deny in a service control policy${words}`,
  };
}

const play = (call: string, number: number, more: object = {}): object => ({
  ...testEvent(call, { eventID: `p${number}`, account: testAccounts.play }),
  ...more,
});

const planted = [
  deniedBy("cloudtrail:StopLogging", 1),
  deniedBy("cloudtrail:StopLogging", 3, `${scp}/p-trail`),
  deniedBy("s3:PutBucketPolicy", 4, `${scp}/p-bucket`),
  deniedBy("sqs:ListQueues", 5),
  deniedBy("s3:ListBuckets", 7, gone),
  play("s3:PutBucketPolicy", 1, { requestParameters: { bucketName: "logs" } }),
  play("s3:PutBucketPolicy", 2, { requestParameters: { bucketName: "other" } }),
  play("ec2:RunInstances", 3),
  play("ec2:RunInstances", 4),
  play("ec2:StopInstances", 5, { errorCode: "UnauthorizedOperation", errorMessage: "no" }),
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-impact-"));
  const trail = testPolicy("p-trail", deny({ Action: "cloudtrail:StopLogging" }), ["r-ab12"]);
  await writeSnapshotFile(join(folder, "snapshot.json"), snapshotOf(testOrganization([trail])));
  const bucket = deny({ Action: "s3:PutBucketPolicy", Resource: "arn:aws:s3:::logs" });
  const tag = { StringEquals: { "aws:PrincipalTag/team": "a" } };
  const guarded = testOrganization([
    trail,
    testPolicy("p-bucket", bucket, ["ou-ab12-sand"]),
    testPolicy("p-tag", deny({ Action: "sqs:*", Condition: tag }), ["r-ab12"]),
  ]);
  await writeSnapshotFile(join(folder, "guarded.json"), snapshotOf(guarded));
  await writeFile(join(folder, "guard.json"), JSON.stringify(guard));
  await writeFile(
    join(folder, "bucket.json"),
    JSON.stringify(deny({ Action: "s3:*", Resource: "arn:aws:s3:::logs" })),
  );
  await writeFile(join(folder, "log.json.gz"), gzipSync(JSON.stringify({ Records: events })));
});
afterAll(() => rm(folder, { recursive: true }));

async function orgrail(...words: readonly string[]) {
  const host = cliHost({ cwd: folder });
  const code = await main(words, host);
  return { code, out: host.out(), err: host.err() };
}

const base = ["--snapshot", "snapshot.json"];

describe("orgrail impact", () => {
  it("says in a few lines whom a policy would deny", async () => {
    const { code, out } = await orgrail(
      ...["impact", "guard.json", "log.json.gz", "--target", "Workloads", ...base],
    );
    expect(out).toContain("1 call by 1 principal in 1 account would be denied.");
    expect(out).toMatch(/denied\s+Shop\s+role\/Deploy\s+ec2:RunInstances\s+us-west-2\s+1 /);
    expect(out).toContain("4 judged calls would go as before.");
    expect(code).toBe(0);
  });

  it("fails when asked to", async () => {
    const words = ["impact", "guard.json", "log.json.gz", ...base, "--fail-on", "denied"];
    expect((await orgrail(...words, "--target", "account:Shop")).code).toBe(2);
    expect((await orgrail(...words, "--target", "Sandbox")).code).toBe(0);
  });

  it("says the same of a lake as of its logs", async () => {
    const ingest = await orgrail("logs", "ingest", "log.json.gz", "--lake", "lake");
    expect(ingest.code).toBe(0);
    for (const policy of ["guard.json", "bucket.json"]) {
      const words = ["impact", policy, "--target", "Root", ...base, "--format", "json"];
      const [fromLogs, fromLake] = await Promise.all([
        orgrail(...words, "log.json.gz"),
        orgrail(...words, "--lake", "lake"),
      ]);
      const rows = JSON.parse(fromLogs.out).rows;
      expect(rows).toHaveLength(1);
      expect(JSON.parse(fromLake.out).rows).toEqual(rows);
    }
  });

  it("compares today's policies with the log", async () => {
    const { out } = await orgrail("impact", "log.json.gz", "--back-test", ...base);
    expect(out).toContain("Agreement of today's policies with the log: 100 %.");
    expect(out).toContain("records: 1; today's policies deny 1 (100 %)");
  });

  it("says the same of a lake as of its logs where records decide, and in the back-test", async () => {
    await writeFile(join(folder, "planted.json"), JSON.stringify({ Records: planted }));
    await orgrail("logs", "ingest", "planted.json", "--lake", "planted");
    const words = ["impact", "--back-test", "--snapshot", "guarded.json", "--json"];
    const fromLogs = JSON.parse((await orgrail(...words, "planted.json")).out).result;
    const fromLake = JSON.parse((await orgrail(...words, "--lake", "planted")).out).result;
    expect({ ...fromLake, files: 1 }).toEqual(fromLogs);
    // Each planted denial is named but the one whose policy is gone; the tag's is left open.
    expect(fromLake.recordedDenials).toEqual({ denied: 3, allowed: 1, undecided: 1 });
    expect(fromLake.letThrough).toEqual({ denied: 1, allowed: 3, undecided: 0 });
    expect(fromLake.agreement).toBeCloseTo(6 / 8);
    const rows: readonly { kind: string; action: string; loggedPolicies: readonly string[] }[] =
      fromLake.disagreements;
    expect(rows.map(({ kind, action }) => `${kind} ${action}`)).toEqual([
      "missed s3:ListAllMyBuckets",
      "contradicted s3:PutBucketPolicy",
      "undecided sqs:ListQueues",
    ]);
    expect(rows[0]?.loggedPolicies).toEqual([gone]);
  });

  it("says whose calls a resource control policy would deny, others' and services' too", async () => {
    const rcp = {
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "Perimeter",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: "*",
          Condition: {
            StringNotEqualsIfExists: { "aws:PrincipalOrgID": "o-exampleorgid" },
            BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
          },
        },
      ],
    };
    await writeFile(join(folder, "rcp.json"), JSON.stringify(rcp));
    const bucket = (number: number, more: object): object => ({
      ...testEvent("s3:GetObject", { eventID: `b${number}`, eventCategory: "Data" }),
      requestParameters: { bucketName: "shop", key: "x" },
      resources: [{ ARN: "arn:aws:s3:::shop", accountId: testAccounts.shop }],
      ...more,
    });
    const outside = { type: "AWSAccount", accountId: "999999999999", principalId: "AROAX:y" };
    const service = { type: "AWSService", invokedBy: "logs.amazonaws.com" };
    const cross = testEvent("s3:GetObject", { account: testAccounts.play }).userIdentity;
    const records = [
      bucket(1, {}),
      bucket(2, { userIdentity: outside }),
      bucket(3, { userIdentity: service }),
      // The same call, once in the caller's account and once in the owner's.
      bucket(4, { userIdentity: cross }),
      bucket(5, { userIdentity: cross, recipientAccountId: testAccounts.play }),
    ];
    await writeFile(join(folder, "buckets.json"), JSON.stringify({ Records: records }));
    await orgrail("logs", "ingest", "buckets.json", "--lake", "buckets");
    const words = ["impact", "rcp.json", "--target", "Workloads", ...base, "--json"];
    const fromLogs = JSON.parse((await orgrail(...words, "buckets.json")).out);
    const fromLake = JSON.parse((await orgrail(...words, "--lake", "buckets")).out);
    expect(fromLogs.result.rows).toMatchObject([
      { effect: "newlyDenied", certainty: "certain", principal: "999999999999", count: 1 },
    ]);
    expect(fromLake.result.rows).toEqual(fromLogs.result.rows);
    expect(fromLake.result.coverage).toEqual(fromLogs.result.coverage);
    expect(fromLogs.result.type).toBe("RESOURCE_CONTROL_POLICY");
    expect(JSON.stringify(fromLogs.diagnostics)).toContain("resource control policies are not");
  });

  it("warns where no policy of a level allows anything", async () => {
    const words = ["impact", "FullAWSAccess", "log.json.gz", "--detach", "--target", "Workloads"];
    const { err, out } = await orgrail(...words, ...base);
    expect(err + out).toContain(
      "no policy of a level would allow anything for 1 account: Shop; every call there",
    );
  });

  it("writes rows as CSV", async () => {
    const { out } = await orgrail(
      ...["impact", "guard.json", "log.json.gz", "--target", "Root", ...base, "--format", "csv"],
    );
    expect(out.split("\n")[1]).toMatch(/^newlyDenied,,certain,222222222222,.*,ec2:RunInstances,/);
  });

  it("says what a detachment lets through", async () => {
    const { out } = await orgrail(
      ...["impact", "trail", "log.json.gz", "--detach", "--target", "Root", ...base],
    );
    expect(out).toMatch(/let through\s+Play\s+role\/Deploy\s+cloudtrail:StopLogging/);
  });

  it.each([
    [["impact", "guard.json", "log.json.gz", ...base], "it is not said where"],
    [["impact", "guard.json", "--target", "Root", ...base], "no logs are named"],
    [["impact", ...base], "no policy is named"],
    [["impact", "none", "log.json.gz", "--detach", "--target", "Root", ...base], "there is no"],
  ])("refuses %j", async (words, message) => {
    const { code, err } = await orgrail(...words);
    expect(err).toContain(message);
    expect(code).toBe(64);
  });
});

const corpus = resolve(process.env.ORGRAIL_CORPUS ?? "../shared/corpus", "cloudtrail/invictus");

describe.skipIf(!existsSync(corpus))(
  `a Region guard on the corpus${existsSync(corpus) ? "" : ": corpus not present"}`,
  () => {
    it("has its three answers", async () => {
      const made = JSON.stringify(testOrganization());
      const organization: OrganizationState = JSON.parse(
        made.replaceAll(testAccounts.shop, "123837392027"),
      );
      await writeSnapshotFile(join(folder, "corpus.json"), snapshotOf(organization));
      const { out } = await orgrail(
        ...["impact", "guard.json", corpus, "--target", "Workloads"],
        ...["--snapshot", "corpus.json", "--format", "json"],
      );
      const { totals, coverage } = JSON.parse(out);
      expect(totals.newlyDenied.certain.calls).toBeGreaterThan(0);
      expect({ totals, all: coverage.all, judged: coverage.judged }).toMatchSnapshot();
    });
  },
);
