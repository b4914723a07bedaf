import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-impact-"));
  const trail = testPolicy("p-trail", deny({ Action: "cloudtrail:StopLogging" }), ["r-ab12"]);
  await writeSnapshotFile(join(folder, "snapshot.json"), snapshotOf(testOrganization([trail])));
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
    expect(out).toMatch(/denied\s+Shop\s+role\/Deploy\s+ec2:RunInstances\s+1 /);
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
