import { beforeAll, describe, expect, test } from "vitest";
import type { Plan } from "../../src/core/plan.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import {
  addAccount,
  type Configured,
  configure,
  contractSandbox,
  ids,
  planFor,
} from "../contract/contract-world.ts";
import { applyTo, connect } from "./connect.ts";

const identifiers = [
  "EC2_EBS_ENCRYPTION_BY_DEFAULT",
  "IAM_PASSWORD_POLICY",
  "S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC",
  "SSM_AUTOMATION_BLOCK_PUBLIC_SHARING",
];
/** What Config proves. */
const settings = {
  ec2: { via: "account", ebsEncryption: {} },
  iam: {
    passwordPolicy: {
      minimumLength: 14,
      requireSymbols: true,
      requireNumbers: true,
      requireUppercase: true,
      requireLowercase: true,
      maximumAgeDays: 90,
      preventReuse: 24,
    },
  },
  s3: { publicAccessBlock: { via: "account" } },
  ssm: { blockPublicSharing: true },
};
/** By which an account itself is asked. */
const asking: readonly string[] = [
  "ec2:GetEbsEncryptionByDefault",
  "iam:GetAccountPasswordPolicy",
  "s3:GetAccountPublicAccessBlock",
  "ssm:GetServiceSetting",
];
const day = 86_400_000;

describe("settings that only accounts know, and organization rules of Config that find them", () => {
  let configured: Configured;
  let sandbox: Sandbox;

  beforeAll(async () => {
    const block = {
      delegatedAdministrator: "Audit",
      delivery: { bucket: "acme-config", account: "LogArchive" },
      aggregator: {},
      rules: identifiers.map((identifier) => ({ name: identifier.toLowerCase(), identifier })),
    };
    sandbox = contractSandbox();
    // The rules are there, and have run, before anything is as they want it.
    for (const others of [{}, settings]) {
      configured = await configure("config", { block, others });
      const { outcomes } = await applyTo(sandbox, await planFor(sandbox, configured));
      const bad = outcomes.filter(({ status }) => status !== "done");
      expect(bad.map(({ message }) => message)).toEqual([]);
      await sandbox.clock.sleep(3_600_000);
    }
  });

  /** A plan, and how often each setting was asked of an account itself. */
  async function planned(from: Sandbox): Promise<{ plan: Plan; asked: readonly number[] }> {
    const before = from.calls.length;
    const plan = await planFor(from, configured);
    const calls = from.calls.slice(before).flatMap(({ actions = [] }) => actions);
    expect(plan.gaps).toEqual([]);
    return { plan, asked: asking.map((name) => calls.filter((one) => one === name).length) };
  }

  test("are asked of each account as long as no rule has run since they were made", async () => {
    const { plan, asked } = await planned(sandbox.copy());
    expect(plan.changes).toEqual([]);
    // Five accounts; two Regions where a setting is Regional.
    expect(asked).toEqual([10, 5, 5, 10]);
  });

  test("need no call to an account once the rules have run again", async () => {
    const later = sandbox.copy();
    await later.clock.sleep(day);
    const { plan, asked } = await planned(later);
    expect(plan.changes).toEqual([]);
    expect(asked).toEqual([0, 0, 0, 0]);
  });

  test("are found changed after the next run, and asked of the account that it is about", async () => {
    const moved = sandbox.copy();
    await moved.clock.sleep(day);
    const account = ids.Shop ?? "";
    const place = { account, region: "us-east-1" };
    const aws = connect(moved);
    await aws.call("ec2", "DisableEbsEncryptionByDefault", {}, place);
    await aws.call("iam", "DeleteAccountPasswordPolicy", {}, { account });
    await aws.call("s3-control", "DeletePublicAccessBlock", { AccountId: account }, place);
    const SettingId = "/ssm/documents/console/public-sharing-permission";
    await aws.call("ssm", "ResetServiceSetting", { SettingId }, place);
    // Evidence is as old as the last run of its rule; the documentation says so.
    expect((await planned(moved)).plan.changes).toEqual([]);
    await moved.clock.sleep(day);
    const { plan, asked } = await planned(moved);
    expect(asked).toEqual([1, 1, 1, 1]);
    expect(plan.changes.map(({ operation, account: where }) => [operation, where])).toEqual([
      ["EnableEbsEncryptionByDefault", account],
      ["UpdateAccountPasswordPolicy", account],
      ["PutPublicAccessBlock", account],
      ["UpdateServiceSetting", account],
    ]);
    const { outcomes } = await applyTo(moved, plan);
    expect(outcomes.map(({ status }) => status)).toEqual(["done", "done", "done", "done"]);
  });

  test("are asked of an account that joined since, which is set at once", async () => {
    const grown = sandbox.copy();
    await grown.clock.sleep(day);
    await addAccount(grown, "Newcomer");
    const { plan, asked } = await planned(grown);
    expect(asked).toEqual([2, 1, 1, 2]);
    expect(new Set(plan.changes.map(({ account }) => account)).size).toBe(1);
  });
});
