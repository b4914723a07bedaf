import type { JsonObject } from "../../core/json.ts";
import { configFacts } from "../../data/config.ts";
import type { DeliveryBlock } from "./schema.ts";
import { ownNames } from "./templates.ts";

/** Ids of the statements that are ours; others are left as they are. */
export const ownStatement = (statement: JsonObject): boolean =>
  typeof statement.Sid === "string" && statement.Sid.startsWith("OrgrailConfig");

/**
 * The statements by which recorders of the organization may deliver to the bucket: those of the
 * role that is linked to Config, which deliver in Config's own name, and those of the stack sets.
 *
 * @see https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html
 */
export function bucketStatements(
  { bucket, prefix }: DeliveryBlock,
  partition: string,
  organizationId: string,
): readonly JsonObject[] {
  const arn = `arn:${partition}:s3:::${bucket}`;
  const folder = prefix === undefined ? "" : `${prefix}/`;
  const objects = `${arn}/${folder}AWSLogs/*`;
  const service = { Service: configFacts.principals.config };
  const ofOrganization = { "aws:SourceOrgID": organizationId };
  const acl = { "s3:x-amz-acl": "bucket-owner-full-control" };
  const byRole = {
    StringEquals: { "aws:PrincipalOrgID": organizationId },
    ArnLike: { "aws:PrincipalArn": `arn:${partition}:iam::*:role/${ownNames.role}` },
  };
  return [
    {
      Sid: "OrgrailConfigServiceCheck",
      Effect: "Allow",
      Principal: service,
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: arn,
      Condition: { StringEquals: ofOrganization },
    },
    {
      Sid: "OrgrailConfigServiceDelivery",
      Effect: "Allow",
      Principal: service,
      Action: "s3:PutObject",
      Resource: objects,
      Condition: { StringEquals: { ...acl, ...ofOrganization } },
    },
    {
      Sid: "OrgrailConfigRoleCheck",
      Effect: "Allow",
      Principal: "*",
      Action: ["s3:GetBucketAcl", "s3:ListBucket"],
      Resource: arn,
      Condition: byRole,
    },
    {
      Sid: "OrgrailConfigRoleDelivery",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:PutObject",
      Resource: objects,
      Condition: { ...byRole, StringEquals: { ...acl, ...byRole.StringEquals } },
    },
    {
      Sid: "OrgrailConfigRequireTls",
      Effect: "Deny",
      Principal: "*",
      Action: "s3:*",
      Resource: [arn, `${arn}/*`],
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
  ];
}
