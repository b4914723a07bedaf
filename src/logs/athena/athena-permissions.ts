/**
 * The IAM actions that `orgrail impact --engine athena` needs, and `orgrail logs table --create`
 * besides. Athena uses the caller's own permissions for the Glue Data Catalog and for S3.
 *
 * @see https://docs.aws.amazon.com/athena/latest/ug/managed-policies.html
 * @see https://docs.aws.amazon.com/athena/latest/ug/s3-permissions.html
 */
export const athenaPermissions: {
  /** To run queries, and to read what is known of the table. */
  readonly queries: readonly string[];
  /** On the bucket of the trail and its objects. */
  readonly logs: readonly string[];
  /** On the bucket of the answers and its objects. */
  readonly answers: readonly string[];
  /** To create the table. */
  readonly table: readonly string[];
} = {
  queries: [
    "athena:GetQueryExecution",
    "athena:GetQueryResults",
    "athena:GetTableMetadata",
    "athena:GetWorkGroup",
    "athena:StartQueryExecution",
    "athena:StopQueryExecution",
    "glue:GetDatabase",
    "glue:GetPartitions",
    "glue:GetTable",
  ],
  logs: ["s3:GetBucketLocation", "s3:GetObject", "s3:ListBucket"],
  answers: [
    "s3:AbortMultipartUpload",
    "s3:GetBucketLocation",
    "s3:GetObject",
    "s3:ListBucket",
    "s3:ListMultipartUploadParts",
    "s3:PutObject",
  ],
  table: ["glue:CreateTable"],
};
