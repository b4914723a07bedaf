import { S3 } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../src/core/json.ts";
import type { Plan } from "../../src/core/plan.ts";
import { applyTo, connect } from "../engine/connect.ts";
import { configure, contractSandbox, ids, planFor } from "./contract-world.ts";

const blocks: Readonly<Record<string, JsonObject>> = {
  guardduty: { features: { S3_DATA_EVENTS: "ALL" } },
  detective: {},
  inspector2: { scanTypes: ["ec2"] },
};

const summaries = (plan: Plan): readonly string[] => plan.diagnostics.map((one) => one.summary);

describe.each(Object.keys(blocks))("another administrator of %s", (id) => {
  test("takes the place of the former one in order, and nothing is left to do", async () => {
    const sandbox = contractSandbox();
    const before = { ...blocks[id], delegatedAdministrator: "Audit" };
    await applyTo(sandbox, await planFor(sandbox, await configure(id, { block: before })));
    await sandbox.clock.sleep(3_600_000);
    const after = { ...blocks[id], delegatedAdministrator: "LogArchive" };
    const configured = await configure(id, { block: after });
    const plan = await planFor(sandbox, configured);
    expect(summaries(plan).join()).toMatch(/takes the place|deletes the behavior graph/);
    const order = plan.changes.map(({ operation }) => operation);
    const disable = order.findLastIndex((name) => /^Disable.*Admin/.test(name));
    const deregister = order.indexOf("DeregisterDelegatedAdministrator");
    const register = order.indexOf("RegisterDelegatedAdministrator");
    const enable = order.findIndex((name) => /^Enable.*Admin/.test(name));
    expect(disable).toBeGreaterThanOrEqual(0);
    expect([disable, deregister, register, enable]).toEqual(
      [disable, deregister, register, enable].toSorted((a, b) => a - b),
    );
    const { outcomes } = await applyTo(sandbox, plan);
    expect(
      outcomes
        .filter(({ status }) => status !== "done")
        .map(({ change, message }) => [change.id, message]),
    ).toEqual([]);
    await sandbox.clock.sleep(3_600_000);
    expect((await planFor(sandbox, configured)).changes).toEqual([]);
  });

  test("is not made when a Region is left out: the former Region is left as it is", async () => {
    const sandbox = contractSandbox();
    const block = { ...blocks[id], delegatedAdministrator: "Audit" };
    await applyTo(sandbox, await planFor(sandbox, await configure(id, { block })));
    await sandbox.clock.sleep(3_600_000);
    const fewer = await configure(id, { block: { ...block, excludeRegions: ["us-east-1"] } });
    expect((await planFor(sandbox, fewer)).changes).toEqual([]);
  });
});

test("GuardDuty's lists and export are made, kept, and changed with the file", async () => {
  const sandbox = contractSandbox();
  const aws = { credentials: sandbox.credentials, requestHandler: sandbox.requestHandler() };
  const s3 = new S3({ ...aws, region: "us-east-1" });
  for (const Bucket of ["lists-us-east-1", "lists-eu-central-1", "findings"]) {
    await s3.createBucket({ Bucket });
  }
  const list = (file: string): JsonObject => ({
    name: "office",
    location: `s3://lists-{region}/${file}`,
  });
  const block = (file: string): JsonObject => ({
    delegatedAdministrator: "Audit",
    trustedIpLists: [list(file)],
    threatIpLists: [{ ...list("bad.txt"), name: "known bad" }],
    trustedEntityLists: [{ ...list(file), name: "domains" }],
    threatEntityLists: [{ ...list("bad.txt"), active: false }],
    findingsExport: {
      bucketArn: "arn:aws:s3:::findings",
      kmsKeyArn: "arn:aws:kms:{region}:111111111111:key/findings",
    },
  });
  const first = await configure("guardduty", { block: block("one.txt") });
  const { outcomes } = await applyTo(sandbox, await planFor(sandbox, first));
  expect(outcomes.filter(({ status }) => status !== "done").map((one) => one.message)).toEqual([]);
  await sandbox.clock.sleep(3_600_000);
  expect((await planFor(sandbox, first)).changes).toEqual([]);
  const second = await configure("guardduty", { block: block("two.txt") });
  const plan = await planFor(sandbox, second);
  expect(plan.changes.map(({ operation }) => operation).toSorted()).toEqual([
    "UpdateIPSet",
    "UpdateIPSet",
    "UpdateTrustedEntitySet",
    "UpdateTrustedEntitySet",
  ]);
  await applyTo(sandbox, plan);
  await sandbox.clock.sleep(3_600_000);
  expect((await planFor(sandbox, second)).changes).toEqual([]);
});

test("GuardDuty: a feature that somebody switched off in members is switched on again", async () => {
  const sandbox = contractSandbox();
  const block = { delegatedAdministrator: "Audit", features: { S3_DATA_EVENTS: "ALL" } };
  const configured = await configure("guardduty", { block });
  await applyTo(sandbox, await planFor(sandbox, configured));
  await sandbox.clock.sleep(3_600_000);
  const aws = connect(sandbox);
  const place = { account: ids.Audit ?? "", region: "us-east-1" };
  const { DetectorIds = [] } = await aws.call("guardduty", "ListDetectors", {}, place);
  const DetectorId = DetectorIds[0] ?? "";
  const input = {
    DetectorId,
    AccountIds: [ids.Shop ?? "", ids.Dev1 ?? ""],
    Features: [{ Name: "S3_DATA_EVENTS" as const, Status: "DISABLED" as const }],
  };
  await aws.call("guardduty", "UpdateMemberDetectors", input, place);
  const drift = await planFor(sandbox, configured);
  expect(drift.changes).toMatchObject([
    {
      operation: "UpdateMemberDetectors",
      region: "us-east-1",
      before: { features: { S3_DATA_EVENTS: false } },
      after: { accounts: [ids.Dev1, ids.Shop], features: { S3_DATA_EVENTS: true } },
    },
  ]);
  await applyTo(sandbox, drift);
  expect((await planFor(sandbox, configured)).changes).toEqual([]);
});
