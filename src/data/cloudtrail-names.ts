/**
 * Names by which CloudTrail records calls, where they are not made from the IAM prefix and the
 * operation; and members that it hides.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/cloudtrail-logging-s3-info.html
 */
export const cloudtrailNames: {
  readonly asOf: string;
  readonly source: string;
  readonly eventVersion: string;
  /** By IAM service prefix. */
  readonly eventSources: Readonly<Record<string, string>>;
  /** By IAM service prefix and operation. */
  readonly eventNames: Readonly<Record<string, string>>;
  /** Members whose values are not recorded, by IAM service prefix and operation. */
  readonly hidden: Readonly<Record<string, readonly string[]>>;
} = {
  asOf: "2026-11-22",
  source:
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html",
  eventVersion: "1.11",
  eventSources: {
    "s3-control": "s3.amazonaws.com",
    "resource-groups-tagging": "tagging.amazonaws.com",
    ce: "ce.amazonaws.com",
  },
  eventNames: {
    "s3:PutPublicAccessBlock": "PutBucketPublicAccessBlock",
    "s3:DeletePublicAccessBlock": "DeleteBucketPublicAccessBlock",
    "s3:PutBucketLifecycleConfiguration": "PutBucketLifecycle",
    "s3:PutObjectLockConfiguration": "PutBucketObjectLockConfiguration",
    "s3-control:PutPublicAccessBlock": "PutAccountPublicAccessBlock",
    "s3-control:DeletePublicAccessBlock": "DeleteAccountPublicAccessBlock",
  },
  hidden: {
    "organizations:CreateAccount": ["AccountName", "Email"],
    "organizations:PutResourcePolicy": ["Content"],
    "iam:CreateAccessKey": ["SecretAccessKey"],
    "iam:CreateLoginProfile": ["Password"],
    "iam:UpdateLoginProfile": ["Password"],
    "sts:AssumeRole": ["SecretAccessKey"],
    "sts:AssumeRoot": ["SecretAccessKey"],
    "sts:GetSessionToken": ["SecretAccessKey"],
  },
};
