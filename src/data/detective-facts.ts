import { only, type ServiceRegions } from "./service-regions.ts";

/** Facts of Amazon Detective. */
export const detectiveFacts: {
  readonly asOf: string;
  readonly source: string;
  readonly principal: string;
  /** Accounts in one call of CreateMembers, DeleteMembers and GetMembers. */
  readonly batchSize: number;
  /** Items of a page of ListMembers, and of any other list. */
  readonly pageSize: number;
  readonly maxMembers: number;
  /** The status of a member that AWS has not admitted yet. */
  readonly verifying: string;
  /** Source packages; the core one is always there. */
  readonly packages: readonly string[];
  readonly corePackage: string;
  readonly regions: ServiceRegions;
} = {
  asOf: "2026-11-23",
  source:
    "https://docs.aws.amazon.com/detective/latest/userguide/regions-limitations.html; " +
    "https://docs.aws.amazon.com/detective/latest/APIReference/API_CreateMembers.html; " +
    "botocore endpoints.json of 2026-08-07 (api.detective)",
  principal: "detective.amazonaws.com",
  batchSize: 50,
  pageSize: 200,
  maxMembers: 1200,
  verifying: "VERIFICATION_IN_PROGRESS",
  packages: ["DETECTIVE_CORE", "EKS_AUDIT", "ASFF_SECURITYHUB_FINDING"],
  corePackage: "DETECTIVE_CORE",
  regions: only(
    "af-south-1",
    "ap-east-1",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-south-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "il-central-1",
    "me-south-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
  ),
};
