import { allBut, type ServiceRegions } from "./service-regions.ts";

/** A scan type of Amazon Inspector. */
export interface InspectorScanType {
  /** Name in organization configurations and statuses. */
  readonly name: "ec2" | "ecr" | "lambda" | "lambdaCode" | "codeRepository";
  /** Name in Enable and Disable. */
  readonly resourceType: "EC2" | "ECR" | "LAMBDA" | "LAMBDA_CODE" | "CODE_REPOSITORY";
  /** Scan type without which it cannot be on. */
  readonly needs?: "lambda";
  /** Keys below `enablement` of an Inspector policy. */
  readonly policyPath: readonly string[];
}

/** Facts of Amazon Inspector. */
export const inspectorFacts: {
  readonly asOf: string;
  readonly source: string;
  readonly principal: string;
  readonly scanTypes: readonly InspectorScanType[];
  /** Accounts in one call of Enable, Disable and BatchGetAccountStatus. */
  readonly batchSize: number;
  /** Items of a page of ListMembers. */
  readonly memberPageSize: number;
  readonly administratorPageSize: number;
  readonly maxMembers: number;
  /** Custom paths of deep inspection, of an account and of an organization. */
  readonly maxPaths: number;
  readonly rescanDurations: readonly string[];
  readonly regions: ServiceRegions;
} = {
  asOf: "2026-11-23",
  source:
    "https://docs.aws.amazon.com/inspector/v2/APIReference/API_Enable.html; " +
    "https://docs.aws.amazon.com/inspector/latest/user/designating-admin.html; " +
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_inspector_syntax.html; " +
    "botocore endpoints.json of 2026-08-07",
  principal: "inspector2.amazonaws.com",
  scanTypes: [
    { name: "ec2", resourceType: "EC2", policyPath: ["ec2_scanning"] },
    { name: "ecr", resourceType: "ECR", policyPath: ["ecr_scanning"] },
    { name: "lambda", resourceType: "LAMBDA", policyPath: ["lambda_standard_scanning"] },
    {
      name: "lambdaCode",
      resourceType: "LAMBDA_CODE",
      needs: "lambda",
      policyPath: ["lambda_standard_scanning", "lambda_code_scanning"],
    },
    {
      name: "codeRepository",
      resourceType: "CODE_REPOSITORY",
      policyPath: ["code_repository_scanning"],
    },
  ],
  batchSize: 100,
  memberPageSize: 50,
  administratorPageSize: 5,
  maxMembers: 10_000,
  maxPaths: 5,
  rescanDurations: [
    "DAYS_3",
    "DAYS_7",
    "DAYS_14",
    "DAYS_30",
    "DAYS_60",
    "DAYS_90",
    "DAYS_180",
    "LIFETIME",
  ],
  regions: allBut("ap-southeast-6"),
};
