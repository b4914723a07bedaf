import { gunzipSync } from "node:zlib";
import {
  CloudTrailClient,
  CreateTrailCommand,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  ListTrailsCommand,
  LookupEventsCommand,
  PutEventSelectorsCommand,
  PutInsightSelectorsCommand,
  RegisterOrganizationDelegatedAdminCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from "@aws-sdk/client-cloudtrail";
import { CreateKeyCommand, KMSClient } from "@aws-sdk/client-kms";
import { EnableAWSServiceAccessCommand } from "@aws-sdk/client-organizations";
import {
  CreateBucketCommand,
  DeleteBucketPolicyCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketPolicyCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { beforeEach, describe, expect, test } from "vitest";
import type { CloudTrailEvent } from "../../src/core/event.ts";
import { organizationWith } from "../../src/services/kit/sandbox-organization.ts";
import { assume, createAccount, type Keys, type Organized, organized } from "./sandbox-harness.ts";

const Name = "organization";
const S3BucketName = "org-logs";
let world: Organized;
let trail: CloudTrailClient;
let arn: string;

function cloudtrail(keys: Keys, region: string = "us-east-1"): CloudTrailClient {
  const requestHandler = world.sandbox.requestHandler();
  return new CloudTrailClient({ region, credentials: keys, maxAttempts: 1, requestHandler });
}

function bucketPolicy(account: string, organization: string): string {
  const service = { Service: "cloudtrail.amazonaws.com" };
  const source = { "aws:SourceArn": arn };
  const put = (folder: string): object => ({
    Effect: "Allow",
    Principal: service,
    Action: "s3:PutObject",
    Resource: `arn:aws:s3:::${S3BucketName}/AWSLogs/${folder}/*`,
    Condition: { StringEquals: { ...source, "s3:x-amz-acl": "bucket-owner-full-control" } },
  });
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: service,
        Action: "s3:GetBucketAcl",
        Resource: `arn:aws:s3:::${S3BucketName}`,
        Condition: { StringEquals: source },
      },
      put(account),
      put(organization),
    ],
  });
}

async function withTrail(): Promise<void> {
  const { clients, sandbox } = world;
  await clients.organizations.send(
    new EnableAWSServiceAccessCommand({ ServicePrincipal: "cloudtrail.amazonaws.com" }),
  );
  await clients.s3.send(new CreateBucketCommand({ Bucket: S3BucketName }));
  const organization = organizationWith(sandbox.world, sandbox.managementAccount)?.id ?? "";
  const Policy = bucketPolicy(sandbox.managementAccount, organization);
  await clients.s3.send(new PutBucketPolicyCommand({ Bucket: S3BucketName, Policy }));
  await trail.send(
    new CreateTrailCommand({
      Name,
      S3BucketName,
      IsOrganizationTrail: true,
      IsMultiRegionTrail: true,
      TagsList: [{ Key: "team", Value: "security" }],
    }),
  );
}

beforeEach(async () => {
  world = await organized();
  trail = cloudtrail(world.sandbox.credentials);
  arn = `arn:aws:cloudtrail:us-east-1:${world.sandbox.managementAccount}:trail/${Name}`;
});

describe("CreateTrail", () => {
  test("an organization's trail needs trusted access, a bucket and its policy", async () => {
    const create = (): Promise<unknown> =>
      trail.send(new CreateTrailCommand({ Name, S3BucketName, IsOrganizationTrail: true }));
    await expect(create()).rejects.toMatchObject({ name: "CloudTrailAccessNotEnabledException" });
    const { organizations, s3 } = world.clients;
    await organizations.send(
      new EnableAWSServiceAccessCommand({ ServicePrincipal: "cloudtrail.amazonaws.com" }),
    );
    await expect(create()).rejects.toMatchObject({ name: "S3BucketDoesNotExistException" });
    await s3.send(new CreateBucketCommand({ Bucket: S3BucketName }));
    await expect(create()).rejects.toMatchObject({ name: "InsufficientS3BucketPolicyException" });
    // The account's own folder is not enough for the organization's.
    const Policy = bucketPolicy(world.sandbox.managementAccount, "o-other");
    await s3.send(new PutBucketPolicyCommand({ Bucket: S3BucketName, Policy }));
    await expect(create()).rejects.toMatchObject({ name: "InsufficientS3BucketPolicyException" });
  });

  test("is refused to members, under taken names and under bad ones", async () => {
    await withTrail();
    const member = cloudtrail(await assume(world.clients, world.member));
    const input = { Name: "mine", S3BucketName, IsOrganizationTrail: true };
    await expect(member.send(new CreateTrailCommand(input))).rejects.toMatchObject({
      name: "NotOrganizationMasterAccountException",
    });
    await expect(trail.send(new CreateTrailCommand({ Name, S3BucketName }))).rejects.toMatchObject({
      name: "TrailAlreadyExistsException",
    });
    await expect(
      trail.send(new CreateTrailCommand({ Name: "my-_trail", S3BucketName })),
    ).rejects.toMatchObject({ name: "InvalidTrailNameException" });
  });

  test("a key must let CloudTrail use it", async () => {
    await withTrail();
    const { sandbox } = world;
    const kms = new KMSClient({
      region: "us-east-1",
      credentials: sandbox.credentials,
      requestHandler: sandbox.requestHandler(),
    });
    const { KeyMetadata } = await kms.send(new CreateKeyCommand({}));
    await expect(
      trail.send(new UpdateTrailCommand({ Name, KmsKeyId: KeyMetadata?.Arn })),
    ).rejects.toMatchObject({ name: "InsufficientEncryptionPolicyException" });
  });
});

describe("shadow trails", () => {
  beforeEach(withTrail);

  test("stand in every Region and member, and cannot be changed there", async () => {
    const later = await createAccount(world.sandbox, world.clients, "Later");
    const member = cloudtrail(await assume(world.clients, later), "eu-west-1");
    const { trailList } = await member.send(new DescribeTrailsCommand({}));
    expect(trailList).toMatchObject([{ TrailARN: arn, HomeRegion: "us-east-1" }]);
    const without = await member.send(new DescribeTrailsCommand({ includeShadowTrails: false }));
    expect(without.trailList).toEqual([]);
    await expect(member.send(new GetTrailCommand({ Name }))).rejects.toMatchObject({
      name: "TrailNotFoundException",
    });
    expect((await member.send(new GetTrailCommand({ Name: arn }))).Trail?.Name).toBe(Name);
    expect((await member.send(new ListTrailsCommand({}))).Trails).toHaveLength(1);
    const home = cloudtrail(await assume(world.clients, later));
    await expect(home.send(new StopLoggingCommand({ Name: arn }))).rejects.toMatchObject({
      name: "NotOrganizationMasterAccountException",
    });
    const elsewhere = cloudtrail(world.sandbox.credentials, "eu-west-1");
    await expect(elsewhere.send(new StopLoggingCommand({ Name }))).rejects.toMatchObject({
      name: "InvalidHomeRegionException",
    });
  });

  test("a delegated administrator manages the trail that stays the management account's", async () => {
    const register = (MemberAccountId: string): Promise<unknown> =>
      trail.send(new RegisterOrganizationDelegatedAdminCommand({ MemberAccountId }));
    await expect(register(world.sandbox.managementAccount)).rejects.toMatchObject({
      name: "CannotDelegateManagementAccountException",
    });
    await register(world.member);
    await expect(register(world.member)).rejects.toMatchObject({
      name: "AccountRegisteredException",
    });
    const member = cloudtrail(await assume(world.clients, world.member));
    await member.send(new StartLoggingCommand({ Name: arn }));
    expect((await trail.send(new GetTrailStatusCommand({ Name }))).IsLogging).toBe(true);
    await expect(
      member.send(new UpdateTrailCommand({ Name: arn, IsOrganizationTrail: false })),
    ).rejects.toMatchObject({ name: "NotOrganizationMasterAccountException" });
  });
});

describe("selectors", () => {
  beforeEach(withTrail);

  test("are basic or advanced, and Insights need management events", async () => {
    const { EventSelectors } = await trail.send(new GetEventSelectorsCommand({ TrailName: Name }));
    expect(EventSelectors).toMatchObject([{ ReadWriteType: "All", IncludeManagementEvents: true }]);
    await expect(
      trail.send(new GetInsightSelectorsCommand({ TrailName: Name })),
    ).rejects.toMatchObject({ name: "InsightNotEnabledException" });
    const fields = { Field: "eventCategory", Equals: ["Data"] };
    const put = (FieldSelectors: object[]): Promise<unknown> =>
      trail.send(
        new PutEventSelectorsCommand({
          TrailName: Name,
          AdvancedEventSelectors: [{ FieldSelectors: FieldSelectors as [] }],
        }),
      );
    await expect(put([fields])).rejects.toMatchObject({ name: "InvalidEventSelectorsException" });
    await put([fields, { Field: "resources.type", Equals: ["AWS::S3::Object"] }]);
    const { Trail } = await trail.send(new GetTrailCommand({ Name }));
    expect(Trail?.HasCustomEventSelectors).toBe(true);
    await expect(
      trail.send(
        new PutInsightSelectorsCommand({
          TrailName: Name,
          InsightSelectors: [{ InsightType: "ApiCallRateInsight" }],
        }),
      ),
    ).rejects.toMatchObject({ name: "InvalidInsightSelectorsException" });
  });
});

describe("log files", () => {
  beforeEach(withTrail);

  test("hold the organization's writes, minutes later, and say when the bucket fails", async () => {
    const { sandbox, clients, member } = world;
    await trail.send(new StartLoggingCommand({ Name }));
    const s3 = new S3Client({
      region: "us-east-1",
      credentials: await assume(clients, member),
      requestHandler: sandbox.requestHandler(),
    });
    await s3.send(new CreateBucketCommand({ Bucket: "of-member" }));
    const list = async (): Promise<string[]> => {
      const { Contents } = await clients.s3.send(
        new ListObjectsV2Command({ Bucket: S3BucketName }),
      );
      return (Contents ?? []).map(({ Key }) => Key ?? "");
    };
    expect(await list()).toEqual([]);
    sandbox.clock.advance(6 * 60_000);
    const key = (await list()).find((name) => name.includes(`/${member}/CloudTrail/us-east-1/`));
    expect(key).toMatch(/^AWSLogs\/o-\w+\/\d{12}\/CloudTrail\/us-east-1\/\d{4}\/\d\d\/\d\d\/.*gz$/);
    const { Body } = await clients.s3.send(
      new GetObjectCommand({ Bucket: S3BucketName, Key: key }),
    );
    const text = gunzipSync((await Body?.transformToByteArray()) ?? new Uint8Array()).toString();
    const { Records } = JSON.parse(text) as { Records: CloudTrailEvent[] };
    expect(Records).toMatchObject([
      {
        eventName: "CreateBucket",
        eventSource: "s3.amazonaws.com",
        recipientAccountId: member,
        requestParameters: { bucketName: "of-member" },
        userIdentity: { type: "AssumedRole", accountId: member },
      },
    ]);
    const healthy = await trail.send(new GetTrailStatusCommand({ Name }));
    expect(healthy.LatestDeliveryTime).toBeInstanceOf(Date);
    await clients.s3.send(new DeleteBucketPolicyCommand({ Bucket: S3BucketName }));
    const broken = await trail.send(new GetTrailStatusCommand({ Name }));
    expect(broken.LatestDeliveryError).toBe("AccessDenied");
  });

  test("LookupEvents finds an account's writes by name", async () => {
    const { Events } = await trail.send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: "EventName", AttributeValue: "CreateTrail" }],
      }),
    );
    expect(Events).toMatchObject([{ EventName: "CreateTrail", ReadOnly: "false" }]);
  });
});
