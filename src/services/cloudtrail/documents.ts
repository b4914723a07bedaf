import { canonicalJson, type Json, type JsonObject } from "../../core/json.ts";
import type { IdOrRef } from "../../core/service-plan.ts";
import { cloudtrailFacts } from "../../data/cloudtrail-facts.ts";

const service = { Service: cloudtrailFacts.servicePrincipal };

/** A statement of a policy document. */
export type Statement = JsonObject;

/** What the policies of the log archive speak of. */
export interface ArchiveFacts {
  readonly partition: string;
  readonly organizationId: string;
  readonly managementAccountId: string;
  readonly bucket: string;
  /** ARNs of all trails that write there, sorted. */
  readonly trailArns: readonly string[];
  /** Folders before `AWSLogs`, each with a slash at its end; an empty one for none. */
  readonly prefixes: readonly string[];
  readonly hasOrganizationTrail: boolean;
  readonly requireTls: boolean;
}

/**
 * The statements that a trail's bucket needs.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-s3-bucket-policy-for-cloudtrail.html#org-trail-bucket-policy
 */
export function bucketStatements(facts: ArchiveFacts): readonly Statement[] {
  const { partition, bucket, trailArns, prefixes, managementAccountId, organizationId } = facts;
  const arn = `arn:${partition}:s3:::${bucket}`;
  const source = { "aws:SourceArn": one(trailArns) };
  const write = (sid: string, folder: string): Statement => ({
    Sid: sid,
    Effect: "Allow",
    Principal: service,
    Action: "s3:PutObject",
    Resource: one(prefixes.map((prefix) => `${arn}/${prefix}AWSLogs/${folder}/*`)),
    Condition: { StringEquals: { "s3:x-amz-acl": "bucket-owner-full-control", ...source } },
  });
  return [
    {
      Sid: "AWSCloudTrailAclCheck20150319",
      Effect: "Allow",
      Principal: service,
      Action: "s3:GetBucketAcl",
      Resource: arn,
      Condition: { StringEquals: source },
    },
    write("AWSCloudTrailWrite20150319", managementAccountId),
    ...(facts.hasOrganizationTrail
      ? [write("AWSCloudTrailOrganizationWrite20150319", organizationId)]
      : []),
    ...(facts.requireTls
      ? [
          {
            Sid: "OrgrailRequireTls",
            Effect: "Deny",
            Principal: "*",
            Action: "s3:*",
            Resource: [arn, `${arn}/*`],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ]
      : []),
  ];
}

/**
 * The statements that a trail's key needs. Accounts are principals by their id, which AWS writes
 * as the ARN of the account.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html
 */
export function keyStatements(
  facts: Pick<ArchiveFacts, "partition" | "managementAccountId" | "trailArns">,
  owner: IdOrRef,
  readers: readonly IdOrRef[],
): readonly Statement[] {
  const source = { "aws:SourceArn": one(facts.trailArns) };
  return [
    {
      Sid: "Enable IAM User Permissions",
      Effect: "Allow",
      Principal: { AWS: owner },
      Action: "kms:*",
      Resource: "*",
    },
    {
      Sid: "Allow CloudTrail to encrypt logs",
      Effect: "Allow",
      Principal: service,
      Action: "kms:GenerateDataKey*",
      Resource: "*",
      Condition: {
        StringEquals: source,
        StringLike: {
          "kms:EncryptionContext:aws:cloudtrail:arn": `arn:${facts.partition}:cloudtrail:*:${facts.managementAccountId}:trail/*`,
        },
      },
    },
    {
      Sid: "Allow CloudTrail to describe key",
      Effect: "Allow",
      Principal: service,
      Action: "kms:DescribeKey",
      Resource: "*",
      Condition: { StringEquals: source },
    },
    ...(readers.length === 0
      ? []
      : [
          {
            Sid: "Allow readers to decrypt logs",
            Effect: "Allow",
            Principal: { AWS: one(readers) },
            Action: "kms:Decrypt",
            Resource: "*",
            Condition: { Null: { "kms:EncryptionContext:aws:cloudtrail:arn": "false" } },
          },
        ]),
  ];
}

/** The trust policy of the role by which CloudTrail writes to CloudWatch Logs. */
export const logsRoleTrust: JsonObject = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Principal: service, Action: "sts:AssumeRole" }],
};

/** Name of the inline policy of that role. */
export const logsRolePolicyName: string = "CloudTrailToCloudWatchLogs";

/**
 * What that role may do: write streams of the management account and of the organization.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-required-policy-for-cloudwatch-logs.html
 */
export function logsRolePolicy(facts: {
  readonly partition: string;
  readonly region: string;
  readonly managementAccountId: string;
  readonly organizationId: string;
  readonly logGroups: readonly string[];
}): JsonObject {
  const { partition, region, managementAccountId: account, organizationId } = facts;
  const streams = facts.logGroups.flatMap((group) => {
    const base = `arn:${partition}:logs:${region}:${account}:log-group:${group}:log-stream:`;
    return [`${base}${account}_CloudTrail_${region}*`, `${base}${organizationId}_*`];
  });
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AWSCloudTrailCreateLogStream",
        Effect: "Allow",
        Action: "logs:CreateLogStream",
        Resource: streams,
      },
      {
        Sid: "AWSCloudTrailPutLogEvents",
        Effect: "Allow",
        Action: "logs:PutLogEvents",
        Resource: streams,
      },
    ],
  };
}

/**
 * A policy document as canonical JSON text, with the accounts among its principals by their ids:
 * AWS writes `111122223333` as `arn:aws:iam::111122223333:root`.
 */
export function canonicalPolicy(document: string): string {
  const source = JSON.parse(document) as JsonObject;
  return canonicalJson({
    ...source,
    Statement: [source.Statement ?? []].flat().map((statement) => {
      const { Principal, ...rest } = statement as JsonObject;
      return Principal === undefined ? rest : { ...rest, Principal: plainPrincipal(Principal) };
    }),
  });
}

function plainPrincipal(principal: Json): Json {
  if (typeof principal !== "object" || principal === null || Array.isArray(principal)) {
    return principal;
  }
  const plain = (value: Json): Json =>
    typeof value === "string" ? value.replace(/^arn:aws[\w-]*:iam::(\d{12}):root$/, "$1") : value;
  return Object.fromEntries(
    Object.entries(principal as JsonObject).map(([type, value]) => [
      type,
      Array.isArray(value) ? one(value.map(plain)) : plain(value),
    ]),
  );
}

/** A lone value by itself, several as a list: as AWS gives them back. */
function one(values: readonly Json[]): Json {
  const [first] = values;
  return values.length === 1 && first !== undefined ? first : values;
}
