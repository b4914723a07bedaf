import { beforeAll, describe, expect, it } from "vitest";
import { cellsOf } from "../../src/coverage/filter.ts";
import { type KeptAnswer, recordCalls } from "../../src/engine/collect-recorder.ts";
import { collectServices } from "../../src/engine/collect-services.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { governedRegions, ids } from "../contract/contract-world.ts";
import { connect } from "../engine/connect.ts";
import { blocks, enabled, load, matrixOf, readAgain, readServices } from "./coverage-world.ts";

const [audit = "", shop = "", dev = ""] = [ids.Audit, ids.Shop, ids.Dev1];
let healthy: Sandbox;
let spoiled: Sandbox;

beforeAll(async () => {
  healthy = await enabled("guardduty", blocks.guardduty ?? {});
  spoiled = healthy.copy();
  const aws = connect(spoiled);
  const how = (account: string, region: string) => ({ account, region });
  const detectorOf = async (account: string, region: string): Promise<string> => {
    const { DetectorIds } = await aws.call("guardduty", "ListDetectors", {}, how(account, region));
    return DetectorIds?.[0] ?? "";
  };
  const [home = "", other = ""] = governedRegions;
  for (const [account, region] of [
    [shop, home],
    [dev, other],
  ] as const) {
    const DetectorId = await detectorOf(audit, region);
    // AWS keeps all accounts enrolled while the organization's configuration says so.
    const lax = { DetectorId, AutoEnableOrganizationMembers: "NEW" } as const;
    await aws.call("guardduty", "UpdateOrganizationConfiguration", lax, how(audit, region));
    const input = { DetectorId, AccountIds: [account] };
    await aws.call("guardduty", "DisassociateMembers", input, how(audit, region));
  }
  const input = { DetectorId: await detectorOf(dev, other) };
  await aws.call("guardduty", "DeleteDetector", input, how(dev, other));
});

async function notOn(sandbox: Sandbox): Promise<readonly string[]> {
  const snapshot = await readServices(sandbox, ["guardduty"]);
  return [...cellsOf(await matrixOf(snapshot, ["guardduty"]), ["partial", "off", "unknown"])].map(
    ({ account, region, verdict }) => `${account.name} ${region} ${verdict.state}`,
  );
}

describe("what was planted", () => {
  it("is found, and nothing else", async () => {
    expect(await notOn(healthy.copy())).toEqual([]);
    expect(await notOn(spoiled.copy())).toEqual([
      "Dev1 us-east-1 off",
      "Shop eu-central-1 partial",
    ]);
  });

  it("is unknown where the account denies the read, and the rest is as it was", async () => {
    const sandbox = spoiled.copy();
    sandbox.faults.add({ name: "accessDenied", operation: "ListDetectors", account: dev });
    const snapshot = await readServices(sandbox, ["guardduty"]);
    const matrix = await matrixOf(snapshot, ["guardduty"]);
    const found = [...cellsOf(matrix, ["partial", "off", "unknown"])].map(
      ({ account, region, verdict }) => `${account.name} ${region} ${verdict.state}`,
    );
    expect(found).not.toContain("Dev1 us-east-1 on");
    expect(found).toContain("Shop eu-central-1 partial");
    expect(found).toHaveLength(2);
    expect(snapshot.gaps.map(({ operation }) => operation)).toEqual(["guardduty:ListDetectors"]);
  });
});

describe("a collect that was cut off", () => {
  it("asks again for nothing that was answered, and reads the same", async () => {
    const first = await readServices(spoiled.copy(), ["guardduty"]);
    const services = [{ service: await load("guardduty") }];
    const options = {
      services,
      homeRegion: governedRegions[0] ?? "",
      governedRegions,
      tier: "inside",
    } as const;
    const sandbox = spoiled.copy();
    const startedMs = sandbox.clock.now();
    const kept: KeptAnswer[] = [];
    const recorder = recordCalls(connect(sandbox), {
      caller: ids.Management ?? "",
      startedMs,
      keep: (answer) => kept.push(JSON.parse(JSON.stringify(answer))),
    });
    await collectServices({ aws: recorder.aws }, first.organization, options);
    expect(recorder.calls.length).toBeGreaterThan(10);
    const half = kept.slice(0, Math.floor(kept.length / 2));
    const again = spoiled.copy();
    const resumed = recordCalls(connect(again), {
      caller: ids.Management ?? "",
      startedMs,
      kept: new Map(half.map((answer) => [answer.key, answer])),
    });
    const read = await collectServices({ aws: resumed.aws }, first.organization, options);
    expect(read.services.guardduty).toEqual(first.services?.guardduty);
    expect(resumed.reused()).toBe(half.length);
    const asked = again.calls.filter(({ service }) => service === "guardduty").length;
    expect(asked).toBeLessThan(recorder.calls.length);
    const denied = await readAgain(again, first, ["guardduty"]);
    expect(denied.gaps).toEqual([]);
  });
});
