import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { cliHost } from "../../../../test/support/cli-host.ts";
import type { Snapshot } from "../../../core/snapshot.ts";
import {
  deny,
  testAccounts,
  testEvent,
  testOrganization,
  testPolicy,
} from "../../../impact/test-organization.ts";
import { writeSnapshotFile } from "../../../store/snapshot-file.ts";
import { main } from "../../main.ts";

const { shop, play, main: management } = testAccounts;
// The first test of a file loads all code; a busy machine takes its time.
vi.setConfig({ testTimeout: 120_000 });

let folder = "";

const config = `version: 1
organization:
  homeRegion: eu-central-1
  policyTypes: [SERVICE_CONTROL_POLICY]
organizationalUnits:
  - name: Workloads
    policies: [Regions]
  - name: Sandbox
    policies: [NoBuckets]
accounts:
  - name: Shop
    id: "${shop}"
    email: Shop@example.com
    organizationalUnit: Sandbox
  - name: Play
    id: "${play}"
    email: Play@example.com
    organizationalUnit: Workloads
policies:
  - name: Regions
    type: SERVICE_CONTROL_POLICY
    content:
      Version: "2012-10-17"
      Statement:
        - Sid: Guard
          Effect: Deny
          Action: "ec2:*"
          Resource: "*"
          Condition: { StringNotEquals: { "aws:RequestedRegion": eu-central-1 } }
  - name: NoBuckets
    type: SERVICE_CONTROL_POLICY
    content:
      Version: "2012-10-17"
      Statement: [{ Sid: Guard, Effect: Deny, Action: "s3:CreateBucket", Resource: "*" }]
`;

const events = [
  testEvent("ec2:RunInstances", { eventID: "1", account: play, awsRegion: "us-west-2" }),
  testEvent("ec2:RunInstances", { eventID: "2", account: shop, awsRegion: "us-west-2" }),
  testEvent("s3:CreateBucket", { eventID: "3", account: shop }),
  testEvent("s3:CreateBucket", { eventID: "4", account: play }),
];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-impact-plan-"));
  const buckets = testPolicy("p-NoBuckets", deny({ Action: "s3:CreateBucket" }), ["ou-ab12-sand"]);
  const organization = testOrganization([buckets]);
  const snapshot: Snapshot = {
    schemaVersion: 1,
    takenAt: "2026-11-20T00:00:00Z",
    caller: {
      account: organization.managementAccountId,
      arn: `arn:aws:iam::${management}:role/Reader`,
      standing: "management",
    },
    organization,
    gaps: [],
  };
  await writeSnapshotFile(join(folder, "snapshot.json"), snapshot);
  await writeFile(join(folder, "orgrail.yaml"), config);
  await writeFile(join(folder, "log.json"), JSON.stringify({ Records: events }));
});
afterAll(() => rm(folder, { recursive: true }));

async function orgrail(...words: readonly string[]) {
  const host = cliHost({ cwd: folder });
  const code = await main(words, host);
  return { code, out: host.out(), err: host.err() };
}

const today = ["--snapshot", "snapshot.json"];
const since = ["--impact", "2026-10-01"];

describe("plan --impact", () => {
  it("plans as before without a lake, and says that the numbers are missing", async () => {
    const { out, err } = await orgrail("plan", ...today, ...since);
    expect(out).toContain("Regions");
    expect(out).not.toContain("impact:");
    expect(out + err).toContain("there is no lake of logs");
  });

  it("puts the numbers beside policies and moves, and all together at the end", async () => {
    expect((await orgrail("logs", "ingest", "log.json")).code).toBe(0);
    const { out } = await orgrail("plan", ...today, ...since, "--out", "plan.json");
    const lines = out.split("\n").map((line) => line.trim());
    const beside = (thing: string): string => {
      const from = lines.findIndex((line) => line.startsWith(`# ${thing}`));
      return lines.slice(from).find((line) => line.startsWith("impact:")) ?? "";
    };
    // Shop is still in Workloads when the policy is looked at alone.
    expect(beside("policy:SERVICE_CONTROL_POLICY/Regions")).toContain(
      "denies 1 call by 1 principal",
    );
    expect(beside("account:Shop")).toContain("denies 1 call");
    expect(beside("account:Play")).toContain("lets 1 call through that are denied today");
    expect(out).toContain("All changes of service control policies together: denies 2 calls");
    expect(out).toMatch(/denied Play role\/Deploy ec2:RunInstances, 1 call/);
    expect(out).toMatch(/The lake has events on 1 of the \d+ days? asked for \(2026-11-01 to/);
    expect(out).toContain("It has no event of 1 account: Main");
  });

  it("is part of the plan's JSON", async () => {
    const { out } = await orgrail("plan", ...today, ...since, "--json");
    const { impact } = JSON.parse(out).result;
    expect(impact.days).toMatchObject({ covered: 1, first: "2026-11-01" });
    expect(impact.whole).toHaveLength(1);
    expect(impact.whole[0]).toMatchObject({
      type: "SERVICE_CONTROL_POLICY",
      newlyDenied: { calls: 2, principals: 2, accounts: 2 },
      newlyAllowed: { calls: 1 },
    });
    expect(impact.changes.map(({ address }: { address: string }) => address)).toEqual(
      expect.arrayContaining([
        "policy:SERVICE_CONTROL_POLICY/Regions",
        "account:Shop",
        "account:Play",
      ]),
    );
  });

  it("wants --impact for --lake", async () => {
    const { code, err } = await orgrail("plan", ...today, "--lake", "lake");
    expect(err).toContain("--lake is for --impact");
    expect(code).toBe(64);
  });
});

describe("impact --plan", () => {
  it("says the same of a saved plan, from logs", async () => {
    const { out, code } = await orgrail("impact", "--plan", "plan.json", "log.json", ...today);
    expect(out).toContain("policy:SERVICE_CONTROL_POLICY/Regions\n  impact: denies 1 call");
    expect(out).toContain("All changes of service control policies together:\n2 calls by 2");
    expect(code).toBe(0);
    const words = ["impact", "--plan", "plan.json", "log.json", ...today, "--fail-on", "denied"];
    expect((await orgrail(...words)).code).toBe(2);
  });

  it("wants the organization that the plan changes", async () => {
    const { err, code } = await orgrail("impact", "--plan", "plan.json", "log.json");
    expect(err).toContain("the organization that the plan changes is not given");
    expect(code).toBe(64);
  });

  it("takes no other change", async () => {
    const words = ["impact", "--plan", "plan.json", "log.json", ...today, "--target", "Root"];
    expect((await orgrail(...words)).err).toContain("takes no other change");
  });
});
