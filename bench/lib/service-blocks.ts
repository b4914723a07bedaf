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
  iam: { centralizedRootAccess: { credentialsManagement: true, sessions: true } },
  health: { ...administrator },
  ram: {},
  trustedadvisor: { ...administrator },
};

/** Files that the blocks name. */
export const blockFiles: Readonly<Record<string, string>> = {};
