import type { Json, JsonObject } from "../../core/json.ts";
import { exampleIds, exampleRegions } from "./ids.ts";

const { management, audit, logs, shop, dev, security, workloads } = exampleIds;
const members = [management, logs, shop, dev];
const everybody = [management, audit, logs, shop, dev];
const bucketArn = "arn:aws:s3:::acme-trail";

function inRegions(state: JsonObject): JsonObject {
  return Object.fromEntries(exampleRegions.map((region) => [region, state]));
}

function byAccount(state: Json, accounts: readonly string[] = everybody): JsonObject {
  return Object.fromEntries(accounts.map((account) => [account, state]));
}

function places(state: (account: string, region: string) => JsonObject): JsonObject {
  return Object.fromEntries(
    everybody.flatMap((account) =>
      exampleRegions.map((region) => [`${account}/${region}`, state(account, region)]),
    ),
  );
}

const features = [
  "S3_DATA_EVENTS",
  "EKS_AUDIT_LOGS",
  "EBS_MALWARE_PROTECTION",
  "RDS_LOGIN_EVENTS",
  "LAMBDA_NETWORK_LOGS",
  "RUNTIME_MONITORING",
];

const cloudtrail: JsonObject = {
  account: management,
  trails: [
    {
      name: "organization",
      arn: `arn:aws:cloudtrail:eu-central-1:${management}:trail/organization`,
      homeRegion: "eu-central-1",
      settings: {
        S3BucketName: "acme-trail",
        S3KeyPrefix: "",
        IncludeGlobalServiceEvents: true,
        IsMultiRegionTrail: true,
        EnableLogFileValidation: true,
        KmsKeyId: `arn:aws:kms:eu-central-1:${logs}:key/trail`,
        IsOrganizationTrail: true,
        CloudWatchLogsLogGroupArn: `arn:aws:logs:eu-central-1:${management}:log-group:trail:*`,
        CloudWatchLogsRoleArn: `arn:aws:iam::${management}:role/CloudTrailLogs`,
      },
      logging: true,
      selectors: {
        AdvancedEventSelectors: [
          { FieldSelectors: [{ Field: "eventCategory", Equals: ["Management"] }] },
          {
            FieldSelectors: [
              { Field: "eventCategory", Equals: ["Data"] },
              { Field: "resources.type", Equals: ["AWS::S3::Object"] },
            ],
          },
        ],
      },
      insights: ["ApiCallRateInsight", "ApiErrorRateInsight"],
      tags: {},
    },
  ],
  buckets: { "acme-trail": { region: "eu-central-1", account: logs } },
  local: byAccount([], [audit, logs, shop, dev]),
  bucket: {
    region: "eu-central-1",
    policy: JSON.stringify({
      Version: "2012-10-17",
      Statement: [
        {
          Effect: "Allow",
          Principal: { Service: "cloudtrail.amazonaws.com" },
          Action: "s3:PutObject",
          Resource: `${bucketArn}/*`,
        },
        {
          Effect: "Deny",
          Principal: "*",
          Action: "s3:*",
          Resource: `${bucketArn}/*`,
          Condition: { Bool: { "aws:SecureTransport": "false" } },
        },
      ],
    }),
    publicAccessBlock: {
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    },
    versioning: "Enabled",
    encryption: { algorithm: "aws:kms", key: "", bucketKey: true },
    ownership: "BucketOwnerEnforced",
    objectLock: { mode: "GOVERNANCE", days: 365 },
    lifecycle: [{ Status: "Enabled", Expiration: { Days: 2555 } }],
    logging: { bucket: "acme-access-logs", prefix: "" },
  },
  key: { arn: `arn:aws:kms:eu-central-1:${logs}:key/trail`, state: "Enabled", rotation: true },
  logGroups: { trail: { retentionDays: 365 } },
};

/** What the services of the example organization say. */
export const exampleServices: Readonly<Record<string, JsonObject>> = {
  cloudtrail,
  guardduty: {
    policyType: false,
    regions: inRegions({
      administrator: audit,
      detectors: {
        [audit]: {
          id: "detector",
          enabled: true,
          frequency: "FIFTEEN_MINUTES",
          features: Object.fromEntries(features.map((name) => [name, true])),
        },
      },
      organization: {
        autoEnable: "ALL",
        features: Object.fromEntries(features.map((name) => [name, "ALL"])),
        limitReached: false,
      },
      members: [{ relationship: "Enabled", accounts: members }],
      destinations: [
        {
          id: "export",
          status: "PUBLISHING",
          bucketArn: "arn:aws:s3:::acme-findings",
          kmsKeyArn: "",
        },
      ],
    }),
  },
  securityhub: {
    administrator: audit,
    registered: audit,
    regions: inRegions({
      administrator: audit,
      configuration: {
        autoEnable: true,
        autoEnableStandards: "DEFAULT",
        configurationType: "LOCAL",
        status: "ENABLED",
        limitReached: false,
      },
      members: Object.fromEntries(members.map((id) => [id, "Enabled"])),
      managementHub: true,
    }),
    hub: true,
    aggregator: {
      arn: `arn:aws:securityhub:eu-central-1:${audit}:finding-aggregator/one`,
      home: "eu-central-1",
      linking: "ALL_REGIONS",
      regions: [],
    },
  },
  inspector2: {
    policies: [],
    regions: inRegions({
      administrator: audit,
      statuses: [{ on: ["ec2", "ecr", "lambda", "lambdaCode"], accounts: everybody }],
      unassociated: [],
      autoEnable: ["ec2", "ecr", "lambda", "lambdaCode"],
      limitReached: false,
    }),
  },
  macie2: {
    administrator: audit,
    registered: audit,
    regions: inRegions({
      administrator: audit,
      frequency: "FIFTEEN_MINUTES",
      autoEnable: true,
      limitReached: false,
      members: Object.fromEntries(members.map((id) => [id, "Enabled"])),
      managementEnabled: true,
      discovery: { status: "ENABLED", mode: "ALL" },
      export: { s3Destination: { bucketName: "acme-macie" } },
      publication: { policy: true, classification: true },
    }),
  },
  detective: {
    regions: inRegions({
      administrator: audit,
      graph: "arn:aws:detective:eu-central-1:222222222222:graph:one",
      autoEnable: true,
      members: { ENABLED: members },
      packages: ["ASFF_SECURITYHUB_FINDING", "DETECTIVE_CORE", "EKS_AUDIT"],
    }),
  },
  "access-analyzer": {
    account: audit,
    regions: inRegions({
      analyzers: [
        {
          name: "external",
          arn: "arn:external",
          type: "ORGANIZATION",
          status: "ACTIVE",
          archiveRules: [],
        },
        {
          name: "unused",
          arn: "arn:unused",
          type: "ORGANIZATION_UNUSED_ACCESS",
          status: "ACTIVE",
          unusedAccessAge: 90,
          archiveRules: [],
        },
      ],
    }),
  },
  config: {
    administrator: audit,
    stackSets: {},
    places: places((account, region) => ({
      account,
      region,
      recorder: {
        role: `arn:aws:iam::${account}:role/aws-service-role/config.amazonaws.com/AWSServiceRoleForConfig`,
        strategy: "ALL_SUPPORTED_RESOURCE_TYPES",
        globalResources: true,
        types: [],
      },
      recording: true,
      channel: { bucket: "acme-config" },
    })),
    linkedRoles: Object.fromEntries(everybody.map((id) => [id, true])),
    retention: {},
    bucket: {
      region: "eu-central-1",
      publicAccessBlock: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
      statements: [],
    },
    aggregator: { organization: true, role: "", allRegions: true },
    organization: inRegions({ rules: {}, packs: {}, failures: {} }),
  },
  iam: {
    administrators: [audit],
    features: ["RootCredentialsManagement", "RootSessions"],
    passwordPolicies: byAccount({
      MinimumPasswordLength: 14,
      RequireSymbols: true,
      RequireNumbers: true,
      RequireUppercaseCharacters: true,
      RequireLowercaseCharacters: true,
      AllowUsersToChangePassword: true,
      MaxPasswordAge: 90,
      PasswordReusePrevention: 24,
    }),
    rootCredentials: byAccount(
      { password: false, accessKeys: [], certificates: [], mfaDevices: [] },
      [audit, logs, shop, dev],
    ),
    rootSummaries: {
      [management]: { accessKeys: false, certificates: false, mfa: true, password: false },
    },
  },
  s3: {
    byAccount: byAccount({
      BlockPublicAcls: true,
      IgnorePublicAcls: true,
      BlockPublicPolicy: true,
      RestrictPublicBuckets: true,
    }),
    lens: {
      IsEnabled: true,
      AwsOrg: { Arn: "arn:aws:organizations::111111111111:organization/o-example" },
    },
    otherLenses: [],
  },
  sso: {
    instance: {
      arn: "arn:aws:sso:::instance/ssoins-example",
      identityStoreId: "d-example",
      region: "eu-central-1",
    },
    asked: exampleRegions,
    permissionSets: [
      {
        arn: "arn:aws:sso:::permissionSet/ssoins-example/ps-admin",
        name: "Admin",
        sessionDuration: "PT4H",
        managedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"],
        inlinePolicy: "",
        isProvisioned: true,
        isOutdated: false,
      },
    ],
    inManagementAccount: [],
    principals: {},
    names: {},
    ofPrincipals: {},
    ofSets: {},
  },
  cloudformation: {
    readAt: "2026-11-01T00:00:00.000Z",
    access: "ENABLED",
    stackSets: {
      baseline: {
        name: "baseline",
        arn: "arn:aws:cloudformation:eu-central-1:111111111111:stackset/baseline",
        permissionModel: "SERVICE_MANAGED",
        definition: { autoDeployment: { enabled: true, retainStacks: false, dependsOn: [] } },
        targets: { [security]: exampleRegions, [workloads]: exampleRegions },
        units: [security, workloads],
        instances: inRegions({ current: [logs, shop, dev], broken: [], working: [] }),
        drift: { status: "IN_SYNC", checkedAt: "2026-10-31T00:00:00.000Z", drifted: [] },
      },
    },
    others: [],
  },
  fms: {
    administrators: [{ account: audit, isDefault: true, scope: {} }],
    regions: inRegions({
      policies: [
        {
          id: "policy",
          name: "waf",
          type: "WAFV2",
          content: { RemediationEnabled: true },
        },
      ],
    }),
  },
  health: { status: "ENABLED" },
  ec2: {
    settings: { ebsEncryption: places(() => ({ value: { EbsEncryptionByDefault: true } })) },
    encrypted: [],
    policies: [],
    policyOf: {},
  },
  ssm: {
    settings: Object.fromEntries(
      everybody.map((id) => [
        id,
        inRegions({
          publicSharing: "Disable",
          hostManagement: "AWSSystemsManagerDefaultEC2InstanceManagementRole",
        }),
      ]),
    ),
    provenBlocks: [],
    roles: byAccount({ exists: true, hasPolicy: true }),
    patching: {},
    syncs: { account: audit, list: [{ name: "inventory", source: {} }] },
  },
  backup: {
    global: {
      isCrossAccountBackupEnabled: true,
      isDelegatedAdministratorEnabled: true,
      isMpaEnabled: true,
    },
    regions: inRegions({ optIn: { EBS: true, RDS: true, DynamoDB: true }, managed: {} }),
  },
};
