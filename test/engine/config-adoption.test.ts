import {
  ConfigServiceClient,
  PutConfigurationRecorderCommand,
  PutDeliveryChannelCommand,
  StartConfigurationRecorderCommand,
} from "@aws-sdk/client-config-service";
import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, test } from "vitest";
import type { Snapshot } from "../../src/core/snapshot.ts";
import { provenByConfig } from "../../src/services/kit/config-evidence.ts";
import type { Sandbox } from "../../src/services/open-sandbox.ts";
import { configure, contractSandbox, ids, planFor } from "../contract/contract-world.ts";
import { applyTo, connect } from "./connect.ts";

const home = "eu-central-1";
const fixture = {
  block: {
    delegatedAdministrator: "Audit",
    delivery: { bucket: "acme-config", account: "LogArchive" },
    aggregator: {},
    rules: [{ name: "passwords", identifier: "IAM_PASSWORD_POLICY" }],
  },
};

/** A recorder that somebody made by hand in an account, in one Region. */
async function recordByHand(sandbox: Sandbox, account: string, region: string): Promise<void> {
  const common = { region, requestHandler: sandbox.requestHandler() };
  const sts = new STSClient({ ...common, credentials: sandbox.credentials });
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`,
      RoleSessionName: "by-hand",
    }),
  );
  const credentials = {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  };
  const s3 = new S3Client({ ...common, credentials });
  await s3.send(new CreateBucketCommand({ Bucket: `by-hand-${account}` }));
  const config = new ConfigServiceClient({ ...common, credentials });
  const roleARN = `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`;
  await config.send(
    new PutConfigurationRecorderCommand({ ConfigurationRecorder: { name: "default", roleARN } }),
  );
  await config.send(
    new PutDeliveryChannelCommand({
      DeliveryChannel: { name: "default", s3BucketName: `by-hand-${account}` },
    }),
  );
  await config.send(
    new StartConfigurationRecorderCommand({ ConfigurationRecorderName: "default" }),
  );
}

test.each([
  ["in the home Region, found before", home],
  ["elsewhere, where the stack fails", "us-east-1"],
])("a recorder that others made %s is left out, shown and never broken", async (_, region) => {
  const sandbox = contractSandbox();
  const shop = ids.Shop ?? "";
  await recordByHand(sandbox, shop, region);
  const configured = await configure("config", fixture);
  const { outcomes } = await applyTo(sandbox, await planFor(sandbox, configured));
  const failed = outcomes.filter(({ status }) => status === "failed");
  // What was not known before is told by the stack that failed; nothing else is touched by it.
  expect(failed.map(({ change }) => change.operation)).toEqual(
    region === home ? [] : ["CreateStackInstances"],
  );
  await sandbox.clock.sleep(3_600_000);
  if (region !== home) {
    expect(failed[0]?.message).toContain("maximum number of configuration recorders");
    await applyTo(sandbox, await planFor(sandbox, configured));
    await sandbox.clock.sleep(3_600_000);
  }
  const again = await planFor(sandbox, configured);
  expect(again.changes.map(({ id }) => id)).toEqual([]);
  expect(again.foreign).toContainEqual({
    address: `config/recorder@Shop/${region}`,
    id: "default",
    note: "made by other means, recording",
  });
});

test("a change of the block is one update of the stack set, told field by field", async () => {
  const sandbox = contractSandbox();
  await applyTo(sandbox, await planFor(sandbox, await configure("config", fixture)));
  const changed = await configure("config", fixture, {
    ...fixture.block,
    recorder: { frequency: "daily" },
  });
  const plan = await planFor(sandbox, changed);
  expect(plan.changes.map(({ operation }) => operation).sort()).toEqual([
    "PutConfigurationRecorder",
    "PutConfigurationRecorder",
    "UpdateStackSet",
  ]);
  const direct = plan.changes.find(({ operation }) => operation === "PutConfigurationRecorder");
  expect(direct?.before?.frequency).toBe("CONTINUOUS");
  expect(direct?.after?.frequency).toBe("DAILY");
  const { outcomes } = await applyTo(sandbox, plan);
  expect(outcomes.every(({ status }) => status === "done")).toBe(true);
  expect((await planFor(sandbox, changed)).changes).toEqual([]);
});

test("evidence is what an organization rule finds compliant, and nothing else", async () => {
  const sandbox = contractSandbox();
  const configured = await configure("config", fixture);
  await applyTo(sandbox, await planFor(sandbox, configured));
  await sandbox.clock.sleep(600_000);
  const { IAMClient, UpdateAccountPasswordPolicyCommand } = await import("@aws-sdk/client-iam");
  const iam = new IAMClient({
    region: home,
    credentials: sandbox.credentials,
    requestHandler: sandbox.requestHandler(),
  });
  await iam.send(
    new UpdateAccountPasswordPolicyCommand({
      MinimumPasswordLength: 14,
      RequireSymbols: true,
      RequireNumbers: true,
      RequireUppercaseCharacters: true,
      RequireLowercaseCharacters: true,
      MaxPasswordAge: 90,
      PasswordReusePrevention: 24,
    }),
  );
  // The rule runs once a day; what it finds is as old as its last run.
  await sandbox.clock.sleep(86_400_000);
  const snapshot: Snapshot = await (await import("../contract/contract-world.ts")).collect(
    sandbox,
    configured,
  );
  const before = sandbox.calls.length;
  const proven = (identifier: string): Promise<ReadonlySet<string>> =>
    provenByConfig(
      {
        aws: connect(sandbox),
        organization: snapshot.organization,
        homeRegion: home,
        regions: [home, "us-east-1"],
        isRegionEnabled: () => true,
        attempt: (_, read) => read(),
        each: (items, work) => Promise.all(items.map(work)),
      },
      identifier,
    );
  expect([...(await proven("IAM_PASSWORD_POLICY"))].sort()).toEqual(
    [home, "us-east-1"].map((region) => `${ids.Management}/${region}`),
  );
  const calls = sandbox.calls.slice(before).filter(({ service }) => service === "config");
  expect(calls).toHaveLength(5);
  expect([...(await proven("EC2_EBS_ENCRYPTION_BY_DEFAULT"))]).toEqual([]);
});
