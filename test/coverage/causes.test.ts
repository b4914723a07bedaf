import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { main } from "../../src/cli/main.ts";
import { type ChangeEvent, cellCauses, thingCauses } from "../../src/coverage/causes.ts";
import type { CellChange } from "../../src/coverage/diff.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { ids } from "../contract/contract-world.ts";
import { connect } from "../engine/connect.ts";
import { cliHost } from "../support/cli-host.ts";
import { blocks, enabled } from "./coverage-world.ts";

const [shop, other, admin, management] = [
  "444444444444",
  "555555555555",
  "222222222222",
  "111111111111",
];

function event(name: string, more: Partial<ChangeEvent> = {}): ChangeEvent {
  return {
    id: name,
    time: "2026-11-23T01:00:00Z",
    action: `guardduty:${name}`,
    account: shop,
    region: "eu-west-1",
    actor: "arn:aws:sts::444444444444:assumed-role/Dev/mallory",
    address: null,
    about: "{}",
    ...more,
  };
}

const change: CellChange = {
  service: "guardduty",
  account: shop,
  name: "Shop",
  region: "eu-west-1",
  before: "on",
  after: "off",
  reason: "",
};

function causes(...events: readonly ChangeEvent[]): readonly string[] {
  const names = ["DeleteDetector", "DisassociateMembers", "UpdateOrganizationConfiguration"];
  const find = cellCauses({
    events,
    actions: { guardduty: new Set(names.map((name) => `guardduty:${name}`)) },
    wide: new Set([admin, management]),
    homeRegion: "eu-central-1",
  });
  return find(change).map(({ id }) => id);
}

describe("who changed a cell", () => {
  it.each<[string, ChangeEvent, boolean]>([
    ["in its account and Region", event("DeleteDetector"), true],
    ["in another Region", event("DeleteDetector", { region: "us-east-1" }), false],
    ["in another account", event("DeleteDetector", { account: other }), false],
    ["of another service", event("DeleteDetector", { action: "macie2:DisableMacie" }), false],
    [
      "by the administrator, naming it",
      event("DisassociateMembers", { account: admin, about: `{"accountIds":["${shop}"]}` }),
      true,
    ],
    [
      "by the administrator, naming another",
      event("DisassociateMembers", { account: admin, about: `{"accountIds":["${other}"]}` }),
      false,
    ],
    [
      "by the administrator, for all",
      event("UpdateOrganizationConfiguration", { account: admin }),
      true,
    ],
    [
      "in the home Region for all of them",
      event("UpdateOrganizationConfiguration", { account: management, region: "eu-central-1" }),
      true,
    ],
  ])("an event %s: %#", (_, found, isCause) => {
    expect(causes(found)).toEqual(isCause ? [found.id] : []);
  });

  it("names what is about the account first, and the later before the earlier", () => {
    const all = event("UpdateOrganizationConfiguration", { account: admin });
    const early = event("DeleteDetector", { id: "early" });
    const late = event("DeleteDetector", { id: "late", time: "2026-11-23T02:00:00Z" });
    expect(causes(all, early, late)).toEqual(["late", "early", all.id]);
  });

  it("finds who changed a policy by its id", () => {
    const attach = event("AttachPolicy", {
      action: "organizations:AttachPolicy",
      account: management,
      about: '{"policyId":"p-123456"}',
    });
    const find = thingCauses({ events: [attach, event("DeleteDetector")] });
    const thing = {
      kind: "policies",
      name: "Deny",
      change: "changed",
      members: ["targets"],
    } as const;
    expect(find({ ...thing, id: "p-123456" }).map(({ id }) => id)).toEqual(["AttachPolicy"]);
    expect(find({ ...thing, id: "p-999999" })).toEqual([]);
  });
});

describe("orgrail snapshot diff --logs and --lake", () => {
  it("says who deleted a detector, and where no event tells, the same by both", async () => {
    const folder = await mkdtemp(join(tmpdir(), "orgrail-diff-"));
    try {
      const sandbox = await enabled("guardduty", blocks.guardduty ?? {});
      const run = async (argv: readonly string[]) => runIn(sandbox, folder, argv);
      const asked = [
        "--service",
        "guardduty",
        "--tier",
        "inside",
        "--governed-region",
        "us-east-1",
      ];
      await run(["collect", ...asked, "--out", "before.json"]);
      sandbox.clock.advance(60_000);
      await deleteDetector(sandbox, ids.Dev1 ?? "", "us-east-1");
      // CloudTrail writes whole seconds.
      const at = `${new Date(sandbox.clock.now()).toISOString().slice(0, 19)}Z`;
      sandbox.clock.advance(60_000);
      await run(["collect", ...asked, "--out", "after.json"]);
      const record = (account: string) => ({
        eventID: "e-1",
        eventTime: at,
        eventSource: "guardduty.amazonaws.com",
        eventName: "DeleteDetector",
        awsRegion: "us-east-1",
        recipientAccountId: account,
        readOnly: false,
        userIdentity: {
          type: "AssumedRole",
          arn: `arn:aws:sts::${account}:assumed-role/Dev/mallory`,
        },
        requestParameters: { detectorId: "d" },
      });
      const write = (account: string) =>
        writeFile(join(folder, "log.json"), JSON.stringify({ Records: [record(account)] }));
      await write(ids.Dev1 ?? "");
      const diff = ["snapshot", "diff", "before.json", "after.json", "--logs", "log.json"];
      const told = await run(diff);
      expect(told.out).toContain("~ guardduty Dev1 us-east-1: on -> off");
      expect(told.out).toContain("guardduty:DeleteDetector by arn:aws:sts::");
      expect(told.out).toContain("assumed-role/Dev/mallory");
      // Others' events of the same time, and one that was refused, lead nobody astray.
      const noise = [
        { ...record(ids.Dev1 ?? ""), eventID: "e-2", errorCode: "AccessDenied" },
        { ...record(ids.Dev1 ?? ""), eventID: "e-3", eventName: "GetDetector", readOnly: true },
        { ...record(ids.Shop ?? ""), eventID: "e-4" },
        record(ids.Dev1 ?? ""),
      ];
      await writeFile(join(folder, "all.json"), JSON.stringify({ Records: noise }));
      expect((await run(["logs", "ingest", "all.json", "--lake", "lake"])).exit).toBe(0);
      const byLake = await run([...diff.slice(0, 4), "--lake", "lake"]);
      expect(byLake).toEqual(told);
      await write(ids.Shop ?? "");
      expect((await run(diff)).out).toContain("no event in the logs explains it");
    } finally {
      await rm(folder, { recursive: true });
    }
  }, 60_000);
});

async function deleteDetector(sandbox: Sandbox, account: string, region: string): Promise<void> {
  const aws = connect(sandbox);
  const audit = { account: ids.Audit ?? "", region };
  const own = await aws.call("guardduty", "ListDetectors", {}, audit);
  const DetectorId = own.DetectorIds?.[0] ?? "";
  const lax = { DetectorId, AutoEnableOrganizationMembers: "NEW" } as const;
  await aws.call("guardduty", "UpdateOrganizationConfiguration", lax, audit);
  const members = { DetectorId, AccountIds: [account] };
  await aws.call("guardduty", "DisassociateMembers", members, audit);
  const theirs = await aws.call("guardduty", "ListDetectors", {}, { account, region });
  const input = { DetectorId: theirs.DetectorIds?.[0] ?? "" };
  await aws.call("guardduty", "DeleteDetector", input, { account, region });
}

async function runIn(
  sandbox: Sandbox,
  cwd: string,
  argv: readonly string[],
): Promise<{ readonly exit: number; readonly out: string }> {
  const host = {
    ...cliHost({ cwd }),
    clock: sandbox.clock,
    inPlaceOfAws: {
      requestHandler: sandbox.requestHandler(),
      credentials: sandbox.credentials,
    },
  };
  const exit = await main([...argv, "--quiet"], host);
  return { exit, out: host.out() };
}
