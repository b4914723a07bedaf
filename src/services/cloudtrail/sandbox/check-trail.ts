import { cloudtrailFacts } from "../../../data/cloudtrail-facts.ts";
import { ServiceError } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { accountOfArn, serviceMay } from "../../kit/sandbox-service-principal.ts";
import { bucketsSlot, iamState, logGroups, lookUpKey } from "../../kit/sandbox-storage.ts";
import type { TrailRecord, TrailSettings } from "./state.ts";

const service = cloudtrailFacts.servicePrincipal;

/** The parts of a trail that its checks look at. */
export type CheckedTrail = Pick<TrailRecord, "arn" | "account" | "homeRegion" | "settings">;

/** Folders of a bucket into which a trail writes, without a slash at the end. */
export function logFolders(world: World, { account, settings }: CheckedTrail): readonly string[] {
  const base = settings.prefix === undefined ? "AWSLogs" : `${settings.prefix}/AWSLogs`;
  const organization = organizationWith(world, account)?.id;
  return settings.organization && organization !== undefined
    ? [`${base}/${account}`, `${base}/${organization}`]
    : [`${base}/${account}`];
}

/** Why a trail cannot write to its bucket now; `undefined` when it can. */
export function bucketProblem(
  world: World,
  trail: CheckedTrail,
): "NoSuchBucket" | "AccessDenied" | undefined {
  const { settings, arn, account } = trail;
  const bucket = world.state(bucketsSlot).byName.get(settings.bucket);
  if (bucket === undefined) return "NoSuchBucket";
  const organization = organizationWith(world, account)?.id;
  const source = {
    "aws:SourceArn": arn,
    "aws:SourceAccount": account,
    ...(organization === undefined ? {} : { "aws:SourceOrgID": organization }),
  };
  const onBucket = `arn:aws:s3:::${settings.bucket}`;
  const mayLook = serviceMay(bucket.policy, {
    service,
    action: "s3:GetBucketAcl",
    resource: onBucket,
    context: source,
  });
  // With an organization trail AWS writes the management account's own logs below its folder too.
  const mayWrite = logFolders(world, trail).every((folder) =>
    serviceMay(bucket.policy, {
      service,
      action: "s3:PutObject",
      resource: `${onBucket}/${folder}/CloudTrail/x`,
      context: { ...source, "s3:x-amz-acl": "bucket-owner-full-control" },
    }),
  );
  return mayLook && mayWrite ? undefined : "AccessDenied";
}

/**
 * Checks what CreateTrail and UpdateTrail check of the bucket, the key and the log group.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html
 */
export function checkTrail(world: World, trail: CheckedTrail): void {
  const { settings } = trail;
  if (settings.multiRegion && !settings.globalServiceEvents) {
    throw new ServiceError(
      "InvalidParameterCombinationException",
      "Multi-Region trail must include global service events.",
    );
  }
  const problem = bucketProblem(world, trail);
  if (problem === "NoSuchBucket") {
    throw new ServiceError(
      "S3BucketDoesNotExistException",
      `S3 bucket ${settings.bucket} does not exist!`,
    );
  }
  if (problem === "AccessDenied") {
    throw new ServiceError(
      "InsufficientS3BucketPolicyException",
      `Incorrect S3 bucket policy is detected for bucket: ${settings.bucket}`,
    );
  }
  checkKey(world, trail);
  checkLogGroup(world, trail);
}

function checkKey(world: World, trail: CheckedTrail): void {
  const { kmsKeyArn: arn, bucket: bucketName } = trail.settings;
  if (arn === undefined) return;
  const key = lookUpKey(world, accountOfArn(arn), trail.homeRegion, arn);
  const bucket = world.state(bucketsSlot).byName.get(bucketName);
  if (key === undefined || arn.split(":")[3] !== bucket?.region) {
    throw new ServiceError(
      "KmsKeyNotFoundException",
      `KMS key ${arn} does not exist, or is not in the same Region as the S3 bucket ${bucketName}.`,
    );
  }
  if (!key.enabled)
    throw new ServiceError("KmsKeyDisabledException", `KMS key ${arn} is disabled.`);
  const source = { "aws:SourceArn": trail.arn, "aws:SourceAccount": trail.account };
  const context = { ...source, "kms:EncryptionContext:aws:cloudtrail:arn": trail.arn };
  const may = serviceMay(key.policy, {
    service,
    action: "kms:GenerateDataKey",
    resource: arn,
    context,
  });
  if (!may) {
    throw new ServiceError(
      "InsufficientEncryptionPolicyException",
      `Insufficient permissions to access S3 bucket ${bucketName} or KMS key ${arn}.`,
    );
  }
}

function checkLogGroup(world: World, { settings, account, homeRegion }: CheckedTrail): void {
  const { logGroupArn, roleArn } = settings;
  if (logGroupArn === undefined && roleArn === undefined) return;
  if (logGroupArn === undefined || roleArn === undefined) {
    throw new ServiceError(
      logGroupArn === undefined
        ? "InvalidCloudWatchLogsLogGroupArnException"
        : "InvalidCloudWatchLogsRoleArnException",
      "You must specify both a log group and a role ARN.",
    );
  }
  const [, region, owner, name] =
    /^arn:aws:logs:([^:]+):(\d{12}):log-group:([^:]+):\*$/.exec(logGroupArn) ?? [];
  const group =
    name === undefined ? undefined : logGroups(world, owner ?? "", region ?? "").get(name);
  if (group === undefined || region !== homeRegion) {
    throw new ServiceError(
      "InvalidCloudWatchLogsLogGroupArnException",
      "CloudTrail cannot validate the specified log group ARN.",
    );
  }
  const role = iamState(world, accountOfArn(roleArn)).roles.get(roleArn.replace(/^.*\//, ""));
  const trusts = serviceMay(role === undefined ? undefined : withResource(role.trustPolicy), {
    service,
    action: "sts:AssumeRole",
    resource: roleArn,
    context: { "aws:SourceAccount": account },
  });
  if (!trusts || role?.arn !== roleArn) {
    throw new ServiceError(
      "InvalidCloudWatchLogsRoleArnException",
      "Access denied. Verify in IAM that the role has adequate permissions.",
    );
  }
}

/** A trust policy's statements name no resource: the role is meant. */
function withResource(trustPolicy: string): string {
  const { Statement, ...rest } = JSON.parse(trustPolicy) as { Statement: object | object[] };
  return JSON.stringify({
    ...rest,
    Statement: [Statement].flat().map((statement) => ({ ...statement, Resource: "*" })),
  });
}

/** Settings with what an input says on top; an empty text takes a member away. */
export function changedSettings(
  settings: TrailSettings,
  change: Partial<TrailSettings>,
): TrailSettings {
  const merged = Object.entries({ ...settings, ...change });
  return Object.fromEntries(
    merged.filter(([, value]) => value !== undefined && value !== ""),
  ) as unknown as TrailSettings;
}
