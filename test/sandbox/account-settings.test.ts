import { Backup } from "@aws-sdk/client-backup";
import { EC2 } from "@aws-sdk/client-ec2";
import { Health } from "@aws-sdk/client-health";
import {
  AttachPolicyCommand,
  CreatePolicyCommand,
  EnablePolicyTypeCommand,
  type PolicyType,
} from "@aws-sdk/client-organizations";
import { RAM } from "@aws-sdk/client-ram";
import { S3Control } from "@aws-sdk/client-s3-control";
import { beforeEach, describe, expect, test } from "vitest";
import { configOf, joins, type Staffed, staffed } from "./members-harness.ts";

let made: Staffed;
let other: string;

beforeEach(async () => {
  made = await staffed();
  other = made.others[0];
});

/** Attaches a policy of a type to the root. */
async function atRoot(type: PolicyType, content: object): Promise<void> {
  const { clients, rootId } = made;
  await clients.organizations.send(
    new EnablePolicyTypeCommand({ RootId: rootId, PolicyType: type }),
  );
  const { Policy } = await clients.organizations.send(
    new CreatePolicyCommand({
      Name: "Settings",
      Description: "",
      Type: type,
      Content: JSON.stringify(content),
    }),
  );
  await clients.organizations.send(
    new AttachPolicyCommand({ PolicyId: Policy?.PolicySummary?.Id ?? "", TargetId: rootId }),
  );
}

describe("S3 Control", () => {
  const all = {
    BlockPublicAcls: true,
    BlockPublicPolicy: true,
    IgnorePublicAcls: true,
    RestrictPublicBuckets: true,
  };

  test("an account has no public access block until it puts one, and speaks for itself only", async () => {
    const s3 = new S3Control(configOf(made, other));
    await expect(s3.getPublicAccessBlock({ AccountId: other })).rejects.toMatchObject({
      name: "NoSuchPublicAccessBlockConfiguration",
    });
    const half = { BlockPublicAcls: true, IgnorePublicAcls: true };
    await s3.putPublicAccessBlock({ AccountId: other, PublicAccessBlockConfiguration: half });
    const { PublicAccessBlockConfiguration } = await s3.getPublicAccessBlock({ AccountId: other });
    expect(PublicAccessBlockConfiguration).toEqual({
      ...half,
      BlockPublicPolicy: false,
      RestrictPublicBuckets: false,
    });
    await expect(s3.getPublicAccessBlock({ AccountId: made.audit })).rejects.toMatchObject({
      name: "AccessDenied",
    });
  });

  test("an S3 policy is in force in every account, those to come as well, and cannot be undone there", async () => {
    await atRoot("S3_POLICY", {
      s3_attributes: { public_access_block_configuration: { "@@assign": "all" } },
    });
    const { id, keys } = await joins(made, "Newcomer");
    const s3 = new S3Control({ ...configOf(made), credentials: keys });
    const { PublicAccessBlockConfiguration } = await s3.getPublicAccessBlock({ AccountId: id });
    expect(PublicAccessBlockConfiguration).toEqual(all);
    await expect(s3.deletePublicAccessBlock({ AccountId: id })).rejects.toMatchObject({
      name: "AccessDenied",
    });
  });

  test("only the management account and the administrator watch the organization", async () => {
    const s3 = new S3Control(configOf(made));
    const AccountId = made.sandbox.managementAccount;
    const StorageLensConfiguration = {
      Id: "org",
      IsEnabled: true,
      AccountLevel: { BucketLevel: {} },
      AwsOrg: { Arn: "arn:aws:organizations::111122223333:organization/o-other00000" },
    };
    await expect(
      s3.putStorageLensConfiguration({ AccountId, ConfigId: "org", StorageLensConfiguration }),
    ).rejects.toMatchObject({ name: "AccessDenied" });
    const { AwsOrg: _, ...own } = StorageLensConfiguration;
    const request = { AccountId, ConfigId: "org", StorageLensConfiguration: own };
    await s3.putStorageLensConfiguration(request);
    const { StorageLensConfigurationList: list } = await s3.listStorageLensConfigurations({
      AccountId,
    });
    expect(list).toMatchObject([{ Id: "org", HomeRegion: "eu-west-1", IsEnabled: true }]);
    const there = new S3Control(configOf(made, undefined, "us-west-2"));
    await expect(there.putStorageLensConfiguration(request)).rejects.toMatchObject({
      name: "InvalidRequest",
    });
  });
});

describe("EC2", () => {
  test("settings are kept by account and Region", async () => {
    const ec2 = new EC2(configOf(made, other));
    await ec2.enableEbsEncryptionByDefault({});
    expect((await ec2.getEbsEncryptionByDefault({})).EbsEncryptionByDefault).toBe(true);
    const there = new EC2(configOf(made, other, "us-west-2"));
    expect((await there.getEbsEncryptionByDefault({})).EbsEncryptionByDefault).toBe(false);
    await expect(ec2.modifyEbsDefaultKmsKeyId({ KmsKeyId: "alias/none" })).rejects.toMatchObject({
      name: "InvalidKmsKey.NotFound",
    });
    await ec2.replaceImageCriteriaInAllowedImagesSettings({
      ImageCriteria: [{ ImageProviders: ["amazon", "111122223333"] }],
    });
    expect(await ec2.getAllowedImagesSettings({})).toMatchObject({
      State: "disabled",
      ManagedBy: "account",
      ImageCriteria: [{ ImageProviders: ["amazon", "111122223333"] }],
    });
  });

  test("a declarative policy is in force and cannot be changed in the account", async () => {
    await atRoot("DECLARATIVE_POLICY_EC2", {
      ec2_attributes: {
        exception_message: { "@@assign": "Ask security." },
        snapshot_block_public_access: { state: { "@@assign": "block_all_sharing" } },
        instance_metadata_defaults: {
          http_tokens: { "@@assign": "required" },
          http_put_response_hop_limit: { "@@assign": "2" },
        },
      },
    });
    const ec2 = new EC2(configOf(made, other, "us-west-2"));
    expect(await ec2.getSnapshotBlockPublicAccessState({})).toMatchObject({
      State: "block-all-sharing",
      ManagedBy: "declarative-policy",
    });
    expect((await ec2.getInstanceMetadataDefaults({})).AccountLevel).toEqual({
      HttpTokens: "required",
      HttpPutResponseHopLimit: 2,
      ManagedBy: "declarative-policy",
      ManagedExceptionMessage: "Ask security.",
    });
    await expect(ec2.disableSnapshotBlockPublicAccess({})).rejects.toMatchObject({
      message: "Ask security.",
    });
    // Of what the policy does not speak, the account decides.
    await ec2.enableSerialConsoleAccess({});
    expect(await ec2.getSerialConsoleAccessStatus({})).toMatchObject({
      SerialConsoleAccessEnabled: true,
      ManagedBy: "account",
    });
  });
});

describe("settings of the organization", () => {
  test("sharing is switched on by the management account, which gets the role", async () => {
    const member = new RAM(configOf(made, other));
    await expect(member.enableSharingWithAwsOrganization({})).rejects.toMatchObject({
      name: "OperationNotPermittedException",
    });
    const ram = new RAM(configOf(made));
    expect((await ram.enableSharingWithAwsOrganization({})).returnValue).toBe(true);
  });

  test("the organizational view of Health takes a while, and cannot be asked for twice meanwhile", async () => {
    const health = new Health(configOf(made, undefined, "us-east-1"));
    const status = async (): Promise<string | undefined> =>
      (await health.describeHealthServiceStatusForOrganization({}))
        .healthServiceAccessStatusForOrganization;
    expect(await status()).toBe("DISABLED");
    await health.enableHealthServiceAccessForOrganization({});
    expect(await status()).toBe("PENDING");
    await expect(health.enableHealthServiceAccessForOrganization({})).rejects.toMatchObject({
      name: "ConcurrentModificationException",
    });
    made.sandbox.clock.advance(120_000);
    expect(await status()).toBe("ENABLED");
    await health.disableHealthServiceAccessForOrganization({});
    expect(await status()).toBe("DISABLED");
  });

  test("Backup's settings are the management account's to change, and everyone's to see", async () => {
    const backup = new Backup(configOf(made));
    const member = new Backup(configOf(made, other));
    const GlobalSettings = { isCrossAccountBackupEnabled: "true" };
    await expect(member.updateGlobalSettings({ GlobalSettings })).rejects.toMatchObject({
      name: "InvalidRequestException",
    });
    await backup.updateGlobalSettings({ GlobalSettings });
    expect((await member.describeGlobalSettings({})).GlobalSettings).toMatchObject(GlobalSettings);
    await expect(
      backup.updateGlobalSettings({ GlobalSettings: { isAnything: "true" } }),
    ).rejects.toMatchObject({ name: "InvalidParameterValueException" });
    await backup.updateRegionSettings({ ResourceTypeOptInPreference: { S3: true } });
    const { ResourceTypeOptInPreference } = await backup.describeRegionSettings({});
    expect(ResourceTypeOptInPreference).toMatchObject({ EBS: true, S3: true });
  });
});
