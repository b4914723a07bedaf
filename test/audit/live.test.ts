import { appendFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SecurityHub } from "@aws-sdk/client-securityhub";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { Finding } from "../../src/core/finding.ts";
import { openExample } from "../../src/services/open-example.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { runInSandbox } from "../e2e/support/in-process.ts";

vi.setConfig({ testTimeout: 120_000 });

const region = "eu-central-1";
const blocks = `services:
  guardduty: { delegatedAdministrator: Audit, features: { S3_DATA_EVENTS: ALL } }
  securityhub:
    delegatedAdministrator: Audit
    policies: [{ name: baseline, targets: { organizationalUnits: [Root] } }]
  config:
    delegatedAdministrator: Audit
    recorder: {}
    delivery: { bucket: acme-config, account: Log Archive }
    aggregator: {}
  iam: { passwordPolicy: { minimumLength: 14, preventReuse: 24 } }
  s3: { publicAccessBlock: { via: account } }
  ec2: { via: account, ebsEncryption: {} }
`;

/** Rules that fail where nothing is on, and pass once the blocks are applied. */
const mended: readonly string[] = [
  "config/aggregator",
  "config/recorder",
  "ec2/ebs-encryption",
  "guardduty/administrator",
  "guardduty/members",
  "guardduty/s3-protection",
  "iam/password-length",
  "s3/account-public-access-block",
  "securityhub/administrator",
  "securityhub/finding-aggregation",
  "securityhub/members",
  "securityhub/standards",
];

let folder: string;
let bare: Sandbox;
let guarded: Sandbox;
let before: Audited;
let after: Audited;

type Audited = Awaited<ReturnType<typeof audited>>;

async function audited(sandbox: Sandbox, ...words: readonly string[]) {
  const args = ["audit", "--tier", "inside", "--json", ...words];
  const { code, out, err } = await runInSandbox(sandbox, folder, args);
  const { result } = JSON.parse(out);
  const findings = (result?.findings ?? []) as readonly Finding[];
  const of = (rule: string): readonly string[] => [
    ...new Set(findings.flatMap((one) => (one.rule === rule ? [one.status] : []))),
  ];
  return { code, err, result, findings, of };
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "orgrail-audit-live-"));
  bare = await openExample("small");
  await runInSandbox(bare, folder, ["init"]);
  const file = join(folder, "orgrail.yaml");
  const written = await readFile(file, "utf8");
  const governed = written.replace(/^organization:\n/m, (line) => {
    return `${line}  homeRegion: ${region}\n  governedRegions: [${region}]\n`;
  });
  await writeFile(file, governed);
  await appendFile(file, blocks);
  guarded = bare.copy();
  const applied = await runInSandbox(guarded, folder, ["apply", "--yes"]);
  expect(applied.code, applied.err).toBe(0);
  await guarded.clock.sleep(2 * 86_400_000);
  before = await audited(bare);
  after = await audited(guarded, "--send", "security-hub");
}, 120_000);
afterAll(() => rm(folder, { recursive: true }));

describe("an audit of AWS as it is now", () => {
  test("fails what is not on, and passes it once it was applied", () => {
    const told = (report: Audited) => mended.map((rule) => [rule, report.of(rule)]);
    expect(told(after)).toEqual(mended.map((rule) => [rule, ["pass"]]));
    // Where no account administers a service, there is nothing of it to be judged.
    const nobodys = ["config/aggregator", "securityhub/finding-aggregation"];
    expect(told(before).filter(([rule]) => !nobodys.includes(String(rule)))).toEqual(
      mended.filter((rule) => !nobodys.includes(rule)).map((rule) => [rule, ["fail"]]),
    );
    for (const rule of nobodys) expect(before.of(rule)).not.toContain("pass");
  });

  test("says nothing good or bad of an account that is suspended", () => {
    const named = "organization/suspended-accounts";
    const { findings } = after;
    const closed = new Set(
      findings.flatMap((one) => (one.rule === named ? (one.account ?? []) : [])),
    );
    const about = findings.filter(
      ({ account = "", rule }) => closed.has(account) && rule !== named,
    );
    expect(about.filter(({ status }) => status === "pass" || status === "fail")).toEqual([]);
  });

  test("takes a denied read for neither good nor bad, and archives nothing for it", async () => {
    const sandbox = guarded.copy();
    for (const [service, operation] of [
      ["guardduty", "ListMembers"],
      ["iam", "GetAccountPasswordPolicy"],
      ["ec2", "GetInstanceMetadataDefaults"],
    ] as const) {
      sandbox.faults.add({ name: "accessDenied", service, operation });
    }
    await sandbox.clock.sleep(3_600_000);
    const { code, of, result } = await audited(sandbox, "--send", "security-hub");
    expect(code).toBe(3);
    expect(of("guardduty/members")).toEqual(["unknown"]);
    expect(of("iam/password-length")).toEqual(["unknown"]);
    expect(of("ec2/imdsv2")).toEqual(["unknown"]);
    expect(of("securityhub/members")).toEqual(["pass"]);
    const failed = after.findings.filter(({ status }) => status === "fail");
    expect(after.result.sent).toMatchObject({ created: failed.length, updated: 0, unsent: [] });
    const lost = failed.filter(
      ({ rule }) => of(rule).includes("unknown") && !after.of(rule).includes("unknown"),
    ).length;
    expect(lost).toBeGreaterThan(0);
    expect(result.sent).toMatchObject({ created: 0, resolved: 0, kept: lost, unsent: [] });
  });

  test("archives in Security Hub what is over", async () => {
    const sandbox = guarded.copy();
    const file = join(folder, "orgrail.yaml");
    const written = await readFile(file, "utf8");
    await writeFile(file, written.replace("ebsEncryption: {} }", "instanceMetadata: {} }"));
    await runInSandbox(sandbox, folder, ["apply", "--yes"]);
    await sandbox.clock.sleep(3_600_000);
    const { result, of } = await audited(sandbox, "--rule", "ec2/*", "--send", "security-hub");
    await writeFile(file, written);
    expect(of("ec2/imdsv2")).toEqual(["pass"]);
    expect(result.sent.resolved).toBeGreaterThan(0);
    expect(await archived(sandbox)).toBe(result.sent.resolved);
  });

  test("needs a Security Hub that is there to send to", async () => {
    const { out, code } = await runInSandbox(bare.copy(), folder, [
      ...["audit", "--rule", "iam/root-mfa", "--send", "security-hub", "--json"],
      ...["--hub", `${bare.managementAccount}:us-east-1`],
    ]);
    expect(code).not.toBe(0);
    expect(out).toContain("ORGRAIL5425");
  });
});

/** How many findings of the Security Hub of the organization are archived. */
async function archived(sandbox: Sandbox): Promise<number> {
  const config = { region, requestHandler: sandbox.requestHandler(), maxAttempts: 1 };
  const sts = new STSClient({ ...config, credentials: sandbox.credentials });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${after.result.sent.hub.account}:role/OrganizationAccountAccessRole`,
      RoleSessionName: "test",
    }),
  );
  const hub = new SecurityHub({
    ...config,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    },
  });
  const RecordState = [{ Comparison: "EQUALS" as const, Value: "ARCHIVED" }];
  const { Findings = [] } = await hub.getFindings({ Filters: { RecordState }, MaxResults: 100 });
  return Findings.length;
}
