import type { JsonObject } from "../../src/core/json.ts";

const administrator = { delegatedAdministrator: "Account 1" };

/** A block for each service, with what most organizations want of it. */
export const serviceBlocks: Readonly<Record<string, JsonObject>> = {
  "access-analyzer": { ...administrator, externalAccess: {}, unusedAccess: {} },
  account: { ...administrator },
  cloudtrail: {
    ...administrator,
    logArchive: {
      account: "Account 2",
      bucket: "bench-trail",
      key: { alias: "orgrail/cloudtrail" },
    },
    trails: [{ name: "organization", insights: ["ApiErrorRateInsight"] }],
  },
  guardduty: {
    ...administrator,
    features: { S3_DATA_EVENTS: "ALL", EKS_AUDIT_LOGS: "ALL", LAMBDA_NETWORK_LOGS: "ALL" },
  },
  securityhub: {
    ...administrator,
    policies: [
      {
        name: "baseline",
        standards: ["aws-foundational-security-best-practices/v/1.0.0"],
        targets: { organizationalUnits: ["Root"] },
      },
    ],
  },
  detective: { ...administrator },
  inspector2: { ...administrator },
  macie2: { ...administrator, automatedDiscovery: { mode: "ALL" } },
  iam: {
    centralizedRootAccess: { credentialsManagement: true, sessions: true },
    // As AWS Config's managed rule has it, which proves it from its second run on.
    passwordPolicy: {
      minimumLength: 14,
      requireSymbols: true,
      requireNumbers: true,
      requireUppercase: true,
      requireLowercase: true,
      maximumAgeDays: 90,
      preventReuse: 24,
    },
  },
  config: {
    ...administrator,
    recorder: { frequency: "continuous" },
    delivery: { bucket: "bench-config", account: "Account 2" },
    aggregator: {},
    rules: [
      { name: "security-trail", identifier: "CLOUDTRAIL_SECURITY_TRAIL_ENABLED" },
      // What only an account knows is proven by these.
      { name: "passwords", identifier: "IAM_PASSWORD_POLICY" },
      { name: "volumes", identifier: "EC2_EBS_ENCRYPTION_BY_DEFAULT" },
      { name: "buckets", identifier: "S3_ACCOUNT_LEVEL_PUBLIC_ACCESS_BLOCKS_PERIODIC" },
      { name: "documents", identifier: "SSM_AUTOMATION_BLOCK_PUBLIC_SHARING" },
    ],
  },
  cloudformation: {
    ...administrator,
    stackSets: [{ name: "baseline", template: "baseline.json" }],
  },
  backup: { ...administrator, crossAccountBackup: true },
  fms: {
    ...administrator,
    policies: [
      {
        name: "web",
        type: "WAFV2",
        resourceTypes: ["AWS::ElasticLoadBalancingV2::LoadBalancer"],
        remediation: true,
      },
    ],
  },
  ec2: { via: "declarative-policy", serialConsole: {}, ebsEncryption: {} },
  s3: { ...administrator, storageLens: {}, publicAccessBlock: { via: "account" } },
  ssm: { ...administrator, explorer: {}, blockPublicSharing: true },
  sso: {
    ...administrator,
    region: "us-east-1",
    permissionSets: { Auditor: { managedPolicies: ["SecurityAudit"], sessionDuration: "PT4H" } },
    assignments: [
      { groups: ["Auditors"], permissionSets: ["Auditor"], organizationalUnits: ["Root"] },
    ],
  },
  health: { ...administrator },
  ram: {},
  trustedadvisor: { ...administrator },
};

/** Files that the blocks name. */
export const blockFiles: Readonly<Record<string, string>> = {
  "baseline.json": JSON.stringify({ Resources: { Alerts: { Type: "AWS::SNS::Topic" } } }),
};
