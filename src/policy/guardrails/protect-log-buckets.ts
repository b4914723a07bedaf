import { deny, exemptPrincipals, type StatementGuardrail, unlessExempt } from "./guardrail.ts";

/** Keeps log buckets and what is in them. */
export const protectLogBuckets: StatementGuardrail<{
  buckets: "strings";
  exemptPrincipals: "strings";
}> = {
  name: "protect-log-buckets",
  title: "Protect log buckets",
  type: "SERVICE_CONTROL_POLICY",
  why: "Whoever can delete the log, shorten its life or open its bucket can hide what he did.",
  sources: [
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/best-practices-security.html",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html",
  ],
  parameters: {
    buckets: {
      kind: "strings",
      description: "Names of the buckets; `*` and `?` are wildcards.",
      pattern: /^[a-z0-9.*?-]{3,63}$/,
      example: ["acme-org-logs-*"],
    },
    exemptPrincipals,
  },
  statements: ({ buckets, exemptPrincipals: exempt }) => [
    deny("ProtectLogBuckets", {
      action: [
        "s3:BypassGovernanceRetention",
        "s3:DeleteBucket",
        "s3:DeleteBucketPolicy",
        "s3:DeleteObject",
        "s3:DeleteObjectVersion",
        "s3:PutBucketAcl",
        "s3:PutBucketObjectLockConfiguration",
        "s3:PutBucketOwnershipControls",
        "s3:PutBucketPolicy",
        "s3:PutBucketPublicAccessBlock",
        "s3:PutBucketVersioning",
        "s3:PutEncryptionConfiguration",
        "s3:PutLifecycleConfiguration",
        "s3:PutObjectAcl",
        "s3:PutObjectLegalHold",
        "s3:PutObjectRetention",
        "s3:PutReplicationConfiguration",
      ],
      resource: buckets.flatMap((name) => [`arn:*:s3:::${name}`, `arn:*:s3:::${name}/*`]),
      condition: unlessExempt(exempt),
    }),
  ],
  denied: [
    {
      what: "deleting a log file",
      action: "s3:DeleteObject",
      resource: "arn:aws:s3:::acme-org-logs-1/AWSLogs/o-1/file.json.gz",
    },
    {
      what: "expiring the logs",
      action: "s3:PutLifecycleConfiguration",
      resource: "arn:aws:s3:::acme-org-logs-1",
    },
  ],
  allowed: [
    {
      what: "reading a log file",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::acme-org-logs-1/AWSLogs/o-1/file.json.gz",
    },
    {
      what: "another bucket",
      action: "s3:DeleteObject",
      resource: "arn:aws:s3:::app-data/key",
    },
  ],
};
