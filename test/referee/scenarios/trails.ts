import {
  AddTagsCommand,
  CreateTrailCommand,
  DeleteTrailCommand,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  ListTagsCommand,
  ListTrailsCommand,
  PutEventSelectorsCommand,
  PutInsightSelectorsCommand,
  RemoveTagsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  type Trail,
  UpdateTrailCommand,
} from "@aws-sdk/client-cloudtrail";
import {
  CreateAliasCommand,
  CreateKeyCommand,
  DescribeKeyCommand,
  EnableKeyRotationCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  ListAliasesCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from "@aws-sdk/client-kms";
import {
  CreateBucketCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  PutBucketEncryptionCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { GetCallerIdentityCommand } from "@aws-sdk/client-sts";
import { type Clients, errorName, need, type Scenario } from "./scenario.ts";

const Bucket = "acme-trail";
const Name = "walk";

async function bucketFor({ s3, sts }: Clients): Promise<string> {
  const { Account } = await sts.send(new GetCallerIdentityCommand({}));
  const account = need(Account);
  await s3.send(new CreateBucketCommand({ Bucket }));
  const allow = (Action: string, Resource: string): object => ({
    Effect: "Allow",
    Principal: { Service: "cloudtrail.amazonaws.com" },
    Action,
    Resource,
  });
  const Policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      allow("s3:GetBucketAcl", `arn:aws:s3:::${Bucket}`),
      allow("s3:PutObject", `arn:aws:s3:::${Bucket}/*`),
    ],
  });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  return account;
}

/** A trail without what differs by the account, and without what moto never says. */
function seen(trail: Trail | undefined): object {
  const {
    TrailARN: _,
    HasCustomEventSelectors: __,
    HasInsightSelectors: ___,
    ...rest
  } = trail ?? {};
  return rest;
}

const trails: Scenario = {
  name: "a trail: create, update, select, log, tag, delete",
  run: async (aws) => {
    const { cloudtrail } = aws;
    const account = await bucketFor(aws);
    const made = await cloudtrail.send(
      new CreateTrailCommand({
        Name,
        S3BucketName: Bucket,
        IsMultiRegionTrail: true,
        EnableLogFileValidation: true,
        TagsList: [{ Key: "team", Value: "a" }],
      }),
    );
    const arn = need(made.TrailARN);
    const bad = await errorName(
      cloudtrail.send(new CreateTrailCommand({ Name: "a", S3BucketName: Bucket })),
    );
    const noBucket = await errorName(
      cloudtrail.send(new CreateTrailCommand({ Name: "other", S3BucketName: "no-such-bucket-x" })),
    );
    // GetTrail of moto does not say the home Region; its DescribeTrails does.
    const { Trail: got } = await cloudtrail.send(new GetTrailCommand({ Name }));
    const first = seen({ ...got, HomeRegion: "us-east-1" });
    await cloudtrail.send(new UpdateTrailCommand({ Name, S3KeyPrefix: "logs" }));
    const { trailList = [] } = await cloudtrail.send(new DescribeTrailsCommand({}));
    const listed = await cloudtrail.send(new ListTrailsCommand({}));
    const before = await cloudtrail.send(new GetTrailStatusCommand({ Name }));
    await cloudtrail.send(new StartLoggingCommand({ Name }));
    const during = await cloudtrail.send(new GetTrailStatusCommand({ Name }));
    await cloudtrail.send(new StopLoggingCommand({ Name }));
    const after = await cloudtrail.send(new GetTrailStatusCommand({ Name }));
    const FieldSelectors = [{ Field: "eventCategory", Equals: ["Management"] }];
    await cloudtrail.send(
      new PutEventSelectorsCommand({
        TrailName: Name,
        AdvancedEventSelectors: [{ Name: "all", FieldSelectors }],
      }),
    );
    const selectors = await cloudtrail.send(new GetEventSelectorsCommand({ TrailName: Name }));
    const InsightSelectors = [{ InsightType: "ApiCallRateInsight" as const }];
    await cloudtrail.send(new PutInsightSelectorsCommand({ TrailName: Name, InsightSelectors }));
    const insights = await cloudtrail.send(new GetInsightSelectorsCommand({ TrailName: Name }));
    const more = { ResourceId: arn, TagsList: [{ Key: "more", Value: "1" }] };
    await cloudtrail.send(new AddTagsCommand(more));
    const tags = new ListTagsCommand({ ResourceIdList: [arn] });
    const tagged = await cloudtrail.send(tags);
    await cloudtrail.send(new RemoveTagsCommand(more));
    const untagged = await cloudtrail.send(tags);
    await cloudtrail.send(new DeleteTrailCommand({ Name }));
    return {
      arn: arn.replace(account, "ACCOUNT"),
      bad,
      noBucket,
      first,
      updated: trailList.map(seen),
      listed: listed.Trails?.map(({ Name: name, HomeRegion }) => [name, HomeRegion]),
      logging: [before, during, after].map(({ IsLogging }) => IsLogging),
      advanced: selectors.AdvancedEventSelectors,
      insights: insights.InsightSelectors,
      tags: [tagged, untagged].map(({ ResourceTagList }) => ResourceTagList?.[0]?.TagsList),
      gone: await errorName(cloudtrail.send(new GetTrailCommand({ Name }))),
    };
  },
};

const keys: Scenario = {
  name: "a key: create, alias, policy, rotation, deletion",
  run: async ({ kms }) => {
    const { KeyMetadata } = await kms.send(
      new CreateKeyCommand({ Description: "logs", KeyUsage: "ENCRYPT_DECRYPT" }),
    );
    const KeyId = need(KeyMetadata?.KeyId);
    const alias = new CreateAliasCommand({ AliasName: "alias/walk", TargetKeyId: KeyId });
    await kms.send(alias);
    const twice = await errorName(kms.send(alias));
    const { KeyMetadata: found } = await kms.send(new DescribeKeyCommand({ KeyId: "alias/walk" }));
    const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
    await kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: "default", Policy }));
    const off = await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
    await kms.send(new EnableKeyRotationCommand({ KeyId }));
    const on = await kms.send(new GetKeyRotationStatusCommand({ KeyId }));
    const { Aliases = [] } = await kms.send(new ListAliasesCommand({ KeyId }));
    const deletion = { KeyId, PendingWindowInDays: 7 };
    await kms.send(new ScheduleKeyDeletionCommand(deletion));
    const gone = await kms.send(new DescribeKeyCommand({ KeyId }));
    return {
      twice,
      isSame: found?.KeyId === KeyId,
      described: [found?.Description, found?.KeyState, found?.KeyUsage, found?.KeySpec],
      rotation: [off, on].map(({ KeyRotationEnabled }) => KeyRotationEnabled),
      aliases: Aliases.map(({ AliasName }) => AliasName),
      state: gone.KeyMetadata?.KeyState,
      missing: await errorName(kms.send(new DescribeKeyCommand({ KeyId: "alias/none" }))),
    };
  },
};

const buckets: Scenario = {
  name: "a bucket: public access, versions, encryption, lifecycle, tags",
  run: async ({ s3 }) => {
    await s3.send(new CreateBucketCommand({ Bucket }));
    const noTags = await errorName(s3.send(new GetBucketTaggingCommand({ Bucket })));
    const noRules = await errorName(
      s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
    );
    const block = {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: false,
    };
    await s3.send(
      new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: block }),
    );
    const access = await s3.send(new GetPublicAccessBlockCommand({ Bucket }));
    const unversioned = await s3.send(new GetBucketVersioningCommand({ Bucket }));
    await s3.send(
      new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }),
    );
    const versioned = await s3.send(new GetBucketVersioningCommand({ Bucket }));
    const rule = {
      ApplyServerSideEncryptionByDefault: {
        SSEAlgorithm: "aws:kms" as const,
        KMSMasterKeyID: "arn:aws:kms:us-east-1:111122223333:key/k",
      },
      BucketKeyEnabled: true,
    };
    await s3.send(
      new PutBucketEncryptionCommand({
        Bucket,
        ServerSideEncryptionConfiguration: { Rules: [rule] },
      }),
    );
    const encrypted = await s3.send(new GetBucketEncryptionCommand({ Bucket }));
    const Rules = [
      {
        ID: "old",
        Status: "Enabled" as const,
        Filter: { Prefix: "logs/" },
        Expiration: { Days: 30 },
      },
    ];
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }),
    );
    const lifecycle = await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }));
    const TagSet = [{ Key: "team", Value: "a" }];
    await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
    const tagged = await s3.send(new GetBucketTaggingCommand({ Bucket }));
    return {
      noTags,
      noRules,
      access: access.PublicAccessBlockConfiguration,
      versions: [unversioned.Status, versioned.Status],
      encryption: encrypted.ServerSideEncryptionConfiguration,
      lifecycle: lifecycle.Rules,
      tags: tagged.TagSet,
    };
  },
};

/** Scenarios of CloudTrail and of what trails write to. */
export const trailScenarios: readonly Scenario[] = [trails, keys, buckets];
