import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { auditRules } from "../../src/audit/registry.gen.ts";
import { runAudit } from "../../src/audit/run-audit.ts";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { cellsOf } from "../../src/coverage/filter.ts";
import type { Matrix } from "../../src/coverage/matrix.ts";
import { renderTrails } from "../../src/report/trails-text.ts";
import type { HttpDoor } from "../../src/sandbox/http-door.ts";
import { activityOf } from "../../src/services/ce/sandbox/activity.ts";
import { createAdministrator } from "../../src/services/iam/sandbox/create-administrator.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { type TrailsReport, trailsReport } from "../../src/trails/report.ts";
import {
  configure,
  disabledRegion,
  governedRegions,
  ids,
  planFor,
} from "../contract/contract-world.ts";
import { blocks, matrixOf, readServices, world } from "../coverage/coverage-world.ts";
import { applyTo } from "../engine/connect.ts";
import { type AwsCli, startAwsCli } from "./aws-cli.ts";
import { pythonWith } from "./python.ts";
import { skipReferee } from "./require.ts";

vi.setConfig({ testTimeout: 60_000, hookTimeout: 300_000 });

const python = pythonWith("awscli");
const dayMs = 86_400_000;
const services = ["cloudtrail", "guardduty"];
const [home = "", other = ""] = governedRegions;
const [audit = "", shop = "", dev = ""] = [ids.Audit, ids.Shop, ids.Dev1];

let cli: AwsCli;
let folder: string;
let sandbox: Sandbox;
let door: HttpDoor;

/** Runs the AWS CLI as an account's administrator, and reads its JSON; fails when it fails. */
async function aws(account: string, region: string, ...args: string[]): Promise<Answer> {
  const keys = createAdministrator(sandbox.world, account);
  const { code, stdout, stderr } = await cli.run([...args, "--output", "json"], {
    PATH: process.env.PATH ?? "",
    HOME: folder,
    AWS_CONFIG_FILE: join(folder, "config"),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, "credentials"),
    AWS_ENDPOINT_URL: door.endpoint,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
    AWS_DEFAULT_REGION: region,
    AWS_MAX_ATTEMPTS: "1",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
  });
  expect({ code, stderr }, args.join(" ")).toEqual({ code: 0, stderr: "" });
  return stdout.trim() === "" ? {} : (JSON.parse(stdout) as Answer);
}

// biome-ignore lint/suspicious/noExplicitAny: answers of many operations
type Answer = any;

/** Makes a trail with a bucket of its own, as a team does that knows of no other. */
async function trail(account: string, region: string, name: string): Promise<string> {
  const bucket = `${name}-${account}`;
  const place =
    region === "us-east-1" ? [] : ["--create-bucket-configuration", `LocationConstraint=${region}`];
  await aws(account, region, "s3api", "create-bucket", "--bucket", bucket, ...place);
  const allow = (Action: string, Resource: string): object => ({
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action,
    Resource,
  });
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      allow("s3:GetBucketAcl", `arn:aws:s3:::${bucket}`),
      allow("s3:PutObject", `arn:aws:s3:::${bucket}/AWSLogs/${account}/*`),
    ],
  });
  await aws(account, region, "s3api", "put-bucket-policy", "--bucket", bucket, "--policy", policy);
  const named = ["--name", name];
  await aws(account, region, "cloudtrail", "create-trail", ...named, "--s3-bucket-name", bucket);
  await aws(account, region, "cloudtrail", "start-logging", ...named);
  return bucket;
}

async function createAccount(name: string): Promise<string> {
  const management = sandbox.managementAccount;
  const email = `${name.toLowerCase()}@example.com`;
  const made = await aws(
    ...([management, "us-east-1", "organizations", "create-account"] as const),
    ...["--account-name", name, "--email", email],
  );
  sandbox.clock.advance(120_000);
  const { CreateAccountStatus } = await aws(
    ...([management, "us-east-1", "organizations", "describe-create-account-status"] as const),
    ...["--create-account-request-id", made.CreateAccountStatus.Id],
  );
  return CreateAccountStatus.AccountId;
}

async function plant(): Promise<{ readonly locked: string; readonly closed: string }> {
  const management = sandbox.managementAccount;
  // A stray trail; one that is stopped; one that cannot deliver; the same twice, in two Regions.
  await trail(dev, other, "stray");
  await trail(shop, home, "halted");
  await aws(shop, home, "cloudtrail", "stop-logging", "--name", "halted");
  const gone = await trail(audit, other, "broken");
  await aws(audit, other, "s3api", "delete-bucket", "--bucket", gone);
  await trail(shop, home, "twice-a");
  await trail(shop, other, "twice-b");
  // A member that its administrator let go, and one that then deleted its detector.
  for (const [account, region] of [
    [shop, home],
    [dev, other],
  ] as const) {
    const { DetectorIds } = await aws(audit, region, "guardduty", "list-detectors");
    const detector = ["--detector-id", DetectorIds[0]];
    await aws(
      ...([audit, region, "guardduty", "update-organization-configuration"] as const),
      ...[...detector, "--auto-enable-organization-members", "NEW"],
    );
    await aws(
      ...([audit, region, "guardduty", "disassociate-members"] as const),
      ...[...detector, "--account-ids", account],
    );
  }
  const { DetectorIds: own } = await aws(dev, other, "guardduty", "list-detectors");
  await aws(dev, other, "guardduty", "delete-detector", "--detector-id", own[0]);
  // An account that is closed, one that lets nobody in, and a Region that is switched off again.
  const closed = await createAccount("Temp");
  await aws(
    ...([management, "us-east-1", "organizations", "close-account"] as const),
    ...["--account-id", closed],
  );
  const locked = await createAccount("Locked");
  const role = ["--role-name", "OrganizationAccountAccessRole"];
  const arn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await aws(locked, "us-east-1", "iam", "detach-role-policy", ...role, "--policy-arn", arn);
  await aws(locked, "us-east-1", "iam", "delete-role", ...role);
  const region = ["--account-id", shop, "--region-name", disabledRegion];
  await aws(management, "us-east-1", "account", "enable-region", ...region);
  sandbox.clock.advance(dayMs);
  await aws(management, "us-east-1", "account", "disable-region", ...region);
  // So that the last full month is one in which all of that was so.
  sandbox.clock.advance(70 * dayMs);
  return { locked, closed };
}

/** Cells that are neither on nor out of reach, as `service account Region state`. */
function odd(of: Matrix): readonly string[] {
  return [...cellsOf(of, ["partial", "off", "unknown", "stale"])].map(
    ({ account, column, region, verdict }) =>
      `${column.service} ${account.name} ${region} ${verdict.state}`,
  );
}

/** What rules over both services do not pass, as `rule status account Region`. */
function complaints(of: Snapshot): readonly string[] {
  const rules = auditRules.filter(({ id }) => services.includes(id.split("/")[0] ?? ""));
  return runAudit({ rules, snapshot: of, nowMs: Date.parse(of.takenAt) })
    .findings.filter(({ status }) => status === "fail" || status === "unknown")
    .map((one) => [one.rule, one.status, one.account, one.region].filter(Boolean).join(" "))
    .sort();
}

describe.skipIf(skipReferee("AWS CLI", python !== undefined))("what the AWS CLI planted", () => {
  let healthy: Snapshot;
  let planted: Awaited<ReturnType<typeof plant>>;
  let snapshot: Snapshot;
  let matrix: Matrix;
  let report: TrailsReport;

  beforeAll(async () => {
    if (python === undefined) throw new Error("no Python has the AWS CLI: pip install awscli");
    cli = startAwsCli(python);
    folder = await mkdtemp(join(tmpdir(), "orgrail-planted-"));
    sandbox = await world();
    const administrator = { delegatedAdministrator: "Audit" };
    const configured = await configure("cloudtrail", {
      block: { ...administrator, ...blocks.cloudtrail },
      others: { guardduty: { ...administrator, ...blocks.guardduty } },
    });
    await applyTo(sandbox, await planFor(sandbox, configured));
    await sandbox.clock.sleep(dayMs);
    healthy = await readServices(sandbox, services);
    door = await sandbox.serve();
    planted = await plant();
    snapshot = await readServices(sandbox, services);
    matrix = await matrixOf(snapshot, services);
    report = trailsReport(snapshot);
  });
  afterAll(async () => {
    await cli?.stop();
    await door?.close();
    if (folder !== undefined) await rm(folder, { recursive: true });
  });

  const named = (name: string): TrailsReport["trails"][number] | undefined =>
    report.trails.find((one) => one.name === name);

  test("was not there before", async () => {
    expect(odd(await matrixOf(healthy, services))).toEqual([]);
    expect(trailsReport(healthy).trails.map(({ name, faults }) => [name, faults])).toEqual([
      ["organization", []],
    ]);
    expect(healthy.gaps).toEqual([]);
  });

  test("is in the cells where it was planted, and in no other", () => {
    expect(odd(matrix)).toEqual([`guardduty Dev1 ${other} off`, `guardduty Shop ${home} partial`]);
    const reasons = [...cellsOf(matrix, ["off", "partial"])].map(({ verdict }) => verdict.reason);
    expect(reasons).toEqual([
      expect.stringMatching(/without detector/),
      expect.stringMatching(/^disassociated/),
    ]);
  });

  test("leaves nothing to be on in closed accounts and in Regions that are not enabled", () => {
    const wrong = [...cellsOf(matrix)].flatMap(({ account, region, verdict }) => {
      const isInactive = account.name === "Gone" || account.id === planted.closed;
      const isOut = isInactive || region === disabledRegion;
      return isOut === (verdict.state === "not-applicable") ? [] : [`${account.name} ${region}`];
    });
    expect(wrong).toEqual([]);
    const said = [...cellsOf(matrix, ["not-applicable"])].map(({ verdict }) => verdict.reason);
    expect([...new Set(said)].sort()).toEqual([
      "the account has not enabled the Region",
      "the account is closed",
      "the account is suspended",
    ]);
  });

  test("is every trail as what it is", () => {
    const rows = report.trails.map(({ name, accountName, kind, status, faults }) =>
      [name, accountName, kind, status, ...faults].join(" "),
    );
    expect(rows).toEqual([
      "organization Management organization logging duplicate",
      "broken Audit local failing duplicate failing unsafe",
      "halted Shop local stopped stopped",
      "twice-a Shop local logging duplicate",
      "twice-b Shop local logging duplicate",
      "stray Dev1 local logging duplicate",
    ]);
    expect(named("broken")).toMatchObject({ error: "NoSuchBucket" });
    expect(named("broken")).not.toHaveProperty("latestDelivery");
    expect(named("halted")?.since).toMatch(/^2026-11-0/);
    expect(named("organization")?.destination).toMatchObject({
      account: ids.LogArchive,
      safety: "safe",
      remarks: [],
    });
  });

  test("costs what the bill says, and the trails explain it", () => {
    const groups = report.groups.map(({ trails, places, copies, money }) => ({
      trails: trails.map((arn) => arn.split("/").at(-1)),
      places,
      copies,
      source: money.source,
      check: money.check,
    }));
    const group = (name: string, account: string, region: string): object => ({
      trails: ["organization", name],
      places: { [account]: [region] },
      copies: 2,
      source: "bill",
      check: "agrees",
    });
    expect(groups).toHaveLength(4);
    expect(groups).toEqual(
      expect.arrayContaining([
        group("stray", dev, other),
        group("broken", audit, other),
        group("twice-a", shop, home),
        group("twice-b", shop, other),
      ]),
    );
    for (const { money, places } of report.groups) {
      const [[account = "", [region = ""]] = ["", [""]]] = Object.entries(places);
      const activity = activityOf(sandbox.world, account, region);
      const events = activity.management.reduce((sum, one) => sum + one.events, 0);
      const { start = "", end = "" } = money.period ?? {};
      const months = (Date.parse(end) - Date.parse(start)) / (30 * dayMs);
      expect(money.amount).toBeCloseTo(events * months * 0.000_02, 2);
    }
    expect(report.bill?.copies).toBeCloseTo(report.bill?.explained ?? 0, 6);
    expect(report.unexplained).toEqual([]);
  });

  test("may go only where the organization's trail was seen to deliver", () => {
    const verdicts = report.trails.map(({ name, removal }) => `${name} ${removal.verdict}`);
    expect(verdicts).toEqual([
      "organization keep",
      "broken possible",
      "halted possible",
      "twice-a possible",
      "twice-b possible",
      "stray possible",
    ]);
  });

  test("is unknown where the account lets nobody in, and nothing else is", () => {
    expect(snapshot.gaps.map(({ operation, account }) => [operation, account])).toEqual([
      ["sts:AssumeRole", planted.locked],
    ]);
    expect(report.unknown).toEqual([
      expect.stringContaining(`own trails of Locked (${planted.locked}): sts:AssumeRole`),
    ]);
  });

  test("is what the audit has new to say, and nothing more", () => {
    const before = new Set(complaints(healthy));
    const found = complaints(snapshot).filter((one) => !before.has(one));
    expect(found).toEqual(
      [
        `guardduty/auto-enable fail ${home}`,
        `guardduty/auto-enable fail ${other}`,
        `guardduty/members fail ${shop} ${home}`,
        `guardduty/members fail ${dev} ${other}`,
        ...[audit, shop, dev].map((id) => `cloudtrail/member-trails fail ${id}`),
        `cloudtrail/member-trails unknown ${planted.locked}`,
      ].sort(),
    );
  });

  test("fits the terminal, as it is shown", () => {
    const text = renderTrails(report, 80);
    expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
    expect(text.replaceAll(planted.locked, "LOCKED")).toMatchSnapshot();
  });

  test("is a stopped organization trail, when that is what somebody does", async () => {
    const [whole, first] = [sandbox, door];
    sandbox = whole.copy();
    door = await sandbox.serve();
    try {
      const { managementAccount } = sandbox;
      await aws(managementAccount, home, "cloudtrail", "stop-logging", "--name", "organization");
      const later = await readServices(sandbox, services);
      const now = await matrixOf(later, services);
      const states = odd(now).filter((one) => /^cloudtrail/.test(one));
      // Trails of their own are left to some accounts in one Region.
      expect(states.filter((one) => one.endsWith("partial"))).toEqual([
        `cloudtrail Dev1 ${other} partial`,
        `cloudtrail Shop ${home} partial`,
        `cloudtrail Shop ${other} partial`,
      ]);
      expect(states.filter((one) => one.endsWith(" off"))).toHaveLength(7);
      // An account that lets nobody in may have trails of its own.
      expect(states.filter((one) => /unknown/.test(one))).toEqual([
        `cloudtrail Locked ${home} unknown`,
        `cloudtrail Locked ${other} unknown`,
      ]);
      const locked = [...cellsOf(now, ["unknown"])].find(({ column }) =>
        /cloudtrail/.test(column.service),
      );
      expect(locked?.verdict.reason).toContain("AWS denied the read: sts:AssumeRole");
      const { trails } = trailsReport(later);
      expect(trails[0]).toMatchObject({ name: "organization", status: "stopped" });
      expect(trails.filter(({ removal }) => removal.verdict === "possible")).toEqual([]);
      expect(complaints(later)).toContain(`cloudtrail/logging fail ${home}`);
    } finally {
      await door.close();
      [sandbox, door] = [whole, first];
    }
  });
});
