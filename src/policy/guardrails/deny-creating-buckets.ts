import { deny, exemptPrincipals, type StatementGuardrail, unlessExempt } from "./guardrail.ts";

/** Denies new S3 buckets. */
export const denyCreatingBuckets: StatementGuardrail<{ exemptPrincipals: "strings" }> = {
  name: "deny-creating-buckets",
  title: "Deny creating S3 buckets",
  type: "SERVICE_CONTROL_POLICY",
  why: "In accounts that hold no data (security tooling, networking) a new bucket is a place to carry data away to. Segment denies it in such accounts.",
  sources: [
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html",
  ],
  parameters: { exemptPrincipals },
  statements: ({ exemptPrincipals: exempt }) => [
    deny("DenyCreatingBuckets", {
      action: ["s3:CreateBucket"],
      condition: unlessExempt(exempt),
    }),
  ],
  denied: [{ what: "a new bucket", action: "s3:CreateBucket", resource: "arn:aws:s3:::new" }],
  allowed: [
    {
      what: "writing into a bucket that exists",
      action: "s3:PutObject",
      resource: "arn:aws:s3:::logs/key",
    },
  ],
};
