import { everyRegion, type ServiceRegions } from "./service-regions.ts";

/** Facts of IAM Access Analyzer. */
export const accessAnalyzerFacts: {
  readonly asOf: string;
  readonly source: string;
  readonly principal: string;
  readonly regions: ServiceRegions;
  /** Analyzers of one type that an account may have in a Region. */
  readonly quotas: Readonly<Record<string, number>>;
  readonly archiveRulesPerAnalyzer: number;
  readonly tamperActions: readonly string[];
  /** Kinds of resources that the sandbox analyzes, each with actions that a pattern may mean. */
  readonly analyzed: Readonly<Record<string, readonly string[]>>;
  /** Keys that a filter of findings may name, by which members of a summary are compared. */
  readonly filterKeys: readonly string[];
  readonly pageSizes: { readonly findings: number };
} = {
  asOf: "2026-11-01",
  source:
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-quotas.html; https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-reference-filter-keys.html",
  principal: "access-analyzer.amazonaws.com",
  regions: everyRegion,
  quotas: {
    ACCOUNT: 1,
    ACCOUNT_UNUSED_ACCESS: 1,
    ORGANIZATION: 5,
    ORGANIZATION_UNUSED_ACCESS: 5,
    ORGANIZATION_INTERNAL_ACCESS: 1,
    ACCOUNT_INTERNAL_ACCESS: 1,
  },
  archiveRulesPerAnalyzer: 100,
  tamperActions: [
    "access-analyzer:CreateArchiveRule",
    "access-analyzer:DeleteAnalyzer",
    "access-analyzer:UpdateAnalyzer",
    "access-analyzer:UpdateArchiveRule",
    "access-analyzer:UpdateFindings",
  ],
  analyzed: {
    "AWS::S3::Bucket": [
      "s3:GetObject",
      "s3:PutObject",
      "s3:DeleteObject",
      "s3:ListBucket",
      "s3:GetObjectVersion",
      "s3:PutObjectAcl",
      "s3:GetBucketAcl",
      "s3:GetBucketPolicy",
      "s3:PutBucketPolicy",
      "s3:GetBucketLocation",
      "s3:DeleteBucket",
    ],
    "AWS::KMS::Key": [
      "kms:Decrypt",
      "kms:Encrypt",
      "kms:GenerateDataKey",
      "kms:ReEncryptFrom",
      "kms:DescribeKey",
      "kms:CreateGrant",
      "kms:GetKeyPolicy",
      "kms:PutKeyPolicy",
      "kms:ListGrants",
      "kms:ScheduleKeyDeletion",
    ],
    "AWS::IAM::Role": ["sts:AssumeRole", "sts:AssumeRoleWithSAML", "sts:AssumeRoleWithWebIdentity"],
  },
  filterKeys: [
    "error",
    "findingType",
    "id",
    "isPublic",
    "principal.AWS",
    "principal.CanonicalUser",
    "principal.Federated",
    "resource",
    "resourceOwnerAccount",
    "resourceType",
    "status",
  ],
  pageSizes: { findings: 100 },
};
