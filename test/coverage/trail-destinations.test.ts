import { beforeAll, describe, expect, test } from "vitest";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { openAccount } from "../../src/sandbox/accounts.ts";
import { setCostData } from "../../src/services/ce/sandbox/activity.ts";
import { trailsSlot } from "../../src/services/cloudtrail/sandbox/state.ts";
import { bucketsSlot } from "../../src/services/kit/sandbox-storage.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { trailsReport } from "../../src/trails/report.ts";
import { ids } from "../contract/contract-world.ts";
import { blocks, enabled, readServices } from "./coverage-world.ts";

const ofMember = ids.Dev1 ?? "";
let healthy: Sandbox;

beforeAll(async () => {
  healthy = await enabled("cloudtrail", blocks.cloudtrail ?? {});
});

/** Gives a bucket to another account, as if it had been made there. */
function move(sandbox: Sandbox, account: string): void {
  const { byName } = sandbox.world.state(bucketsSlot);
  const bucket = byName.get("acme-trail");
  if (bucket === undefined) throw new Error("no bucket");
  byName.set("acme-trail", { ...bucket, owner: account });
}

/** What is said of the bucket of the organization's trail. */
function bucketOf(snapshot: Snapshot): readonly string[] {
  const [row] = trailsReport(snapshot).trails;
  const { safety = "", account = "", remarks = [] } = row?.destination ?? {};
  return [safety, account, ...remarks.map(({ text }) => text)];
}

describe("the bucket of a trail", () => {
  test("is found in the account that holds it", async () => {
    const snapshot = await readServices(healthy.copy(), ["cloudtrail"], "full");
    expect(bucketOf(snapshot)).toEqual(["safe", ids.LogArchive]);
    // Rules over the log archive are told of it too.
    expect(snapshot.services?.cloudtrail).toMatchObject({ bucket: { versioning: "Enabled" } });
  });

  test("is looked for everywhere by the deepest tier alone", async () => {
    const sandbox = healthy.copy();
    move(sandbox, ofMember);
    const [full, , why] = bucketOf(await readServices(sandbox, ["cloudtrail"], "full"));
    expect([full, why]).toEqual(["unknown", expect.stringContaining("--tier inside")]);
    const inside = bucketOf(await readServices(sandbox, ["cloudtrail"], "inside"));
    expect(inside.slice(0, 2)).toEqual(["safe", ofMember]);
  });

  test("is outside of the organization when nobody has it, and gone when it is gone", async () => {
    const sandbox = healthy.copy();
    const other = openAccount(sandbox.world, { name: "Other", email: "other@example.com" });
    move(sandbox, other.id);
    const foreign = bucketOf(await readServices(sandbox, ["cloudtrail"]));
    expect(foreign).toContain("the bucket is in no account of the organization");
    sandbox.world.state(bucketsSlot).byName.delete("acme-trail");
    const snapshot = await readServices(sandbox, ["cloudtrail"]);
    expect(bucketOf(snapshot)).toContain("the bucket does not exist: nothing is kept");
    expect(trailsReport(snapshot).trails[0]).toMatchObject({
      status: "failing",
      error: "NoSuchBucket",
      faults: ["failing", "unsafe"],
    });
  });

  test("is unknown, with a gap, when an account that may hold it does not answer", async () => {
    const sandbox = healthy.copy();
    sandbox.faults.add({ name: "accessDenied", operation: "ListBuckets" });
    const snapshot = await readServices(sandbox, ["cloudtrail"]);
    expect(bucketOf(snapshot)[0]).toBe("unknown");
    expect(snapshot.gaps.map(({ subject }) => subject)).toEqual([
      "services/cloudtrail/buckets/acme-trail",
    ]);
    expect(trailsReport(snapshot).unknown).toEqual([expect.stringContaining("s3://acme-trail")]);
  });
});

describe("cost", () => {
  test("is unknown without data, and a gap where it is denied", async () => {
    const sandbox = healthy.copy();
    setCostData(sandbox.world, false);
    const none = await readServices(sandbox, ["cloudtrail"], "full");
    expect(none.gaps).toEqual([]);
    expect(trailsReport(none)).toMatchObject({
      bill: null,
      noBill: expect.stringContaining("has no data"),
    });
    sandbox.faults.add({ name: "accessDenied", operation: "GetCostAndUsage" });
    const denied = await readServices(sandbox, ["cloudtrail"], "full");
    expect(denied.gaps.map(({ operation }) => operation)).toEqual(["ce:GetCostAndUsage"]);
    expect(trailsReport(denied).noBill).toContain("access-denied");
  });
});

test("a stopped trail of a member hides nothing of the others", async () => {
  const sandbox = healthy.copy();
  const { trails } = sandbox.world.state(trailsSlot);
  const [main] = trails.values();
  if (main === undefined) throw new Error("no trail");
  const name = "own";
  const arn = `arn:aws:cloudtrail:us-east-1:${ofMember}:trail/${name}`;
  const settings = { ...main.settings, organization: false, multiRegion: false };
  trails.set(arn, { ...main, name, arn, account: ofMember, homeRegion: "us-east-1", settings });
  sandbox.faults.add({ name: "accessDenied", operation: "GetTrailStatus", account: ofMember });
  const report = trailsReport(await readServices(sandbox, ["cloudtrail"]));
  expect(report.trails.map(({ status }) => status)).toEqual(["logging", "unknown"]);
  expect(report.trails[1]?.events).not.toBeNull();
  expect(report.unknown).toEqual([expect.stringContaining("whether own of Dev1 is logging")]);
});
