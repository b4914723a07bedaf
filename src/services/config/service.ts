import { cloudformationFacts } from "../../data/cloudformation.ts";
import { configFacts } from "../../data/config.ts";
import {
  stackSetReadPermissions,
  stackSetWritePermissions,
} from "../kit/stack-sets/permissions.ts";
import type { SecurityService } from "../security-service.ts";
import { configChanges } from "./apply.ts";
import { checkConfig } from "./check.ts";
import { collectConfig } from "./collect.ts";
import { configCoverage } from "./coverage.ts";
import { configPlanner } from "./plan.ts";
import { type ConfigBlock, configSchema } from "./schema.ts";
import type { ConfigState } from "./state.ts";

const { id, title } = configPlanner;
const principals = Object.values(configFacts.principals);

/** AWS Config: recorders everywhere, and rules, packs and an aggregator for the organization. */
export const config: SecurityService<ConfigBlock, ConfigState> = {
  id,
  title,
  layers: ["organization", "account", "resources"],
  scope: "regional",
  principals: {
    trustedAccess: [...principals, cloudformationFacts.principal],
    delegatedAdministrator: principals,
    byOwnApi: false,
  },
  regions: configFacts.regions.names,
  permissions: {
    read: [
      ...stackSetReadPermissions,
      "config:DescribeConfigurationAggregators",
      "config:DescribeConfigurationRecorderStatus",
      "config:DescribeConfigurationRecorders",
      "config:DescribeDeliveryChannels",
      "config:DescribeOrganizationConfigRuleStatuses",
      "config:DescribeOrganizationConfigRules",
      "config:DescribeOrganizationConformancePackStatuses",
      "config:DescribeOrganizationConformancePacks",
      "config:DescribeRetentionConfigurations",
      "config:GetOrganizationConfigRuleDetailedStatus",
      "config:GetOrganizationConformancePackDetailedStatus",
      "config:GetOrganizationCustomRulePolicy",
      "iam:GetRole",
      "iam:GetRolePolicy",
      "s3:GetBucketPolicy",
      "s3:GetBucketPublicAccessBlock",
      "s3:ListBucket",
      "ssm:GetDocument",
    ],
    write: [
      ...stackSetWritePermissions,
      "config:DeleteConfigurationAggregator",
      "config:DeleteConfigurationRecorder",
      "config:DeleteDeliveryChannel",
      "config:DeleteOrganizationConfigRule",
      "config:DeleteOrganizationConformancePack",
      "config:PutConfigurationAggregator",
      "config:PutConfigurationRecorder",
      "config:PutDeliveryChannel",
      "config:PutOrganizationConfigRule",
      "config:PutOrganizationConformancePack",
      "config:PutRetentionConfiguration",
      "config:StartConfigurationRecorder",
      "config:StopConfigurationRecorder",
      "iam:CreateRole",
      "iam:PassRole",
      "iam:PutRolePolicy",
      "organizations:EnableAWSServiceAccess",
      "organizations:ListDelegatedAdministrators",
      "s3:CreateBucket",
      "s3:PutBucketPolicy",
      "s3:PutBucketPublicAccessBlock",
    ],
    limits: {
      "iam:PassRole": {
        resources: ["arn:*:iam::*:role/*"],
        condition: { StringEquals: { "iam:PassedToService": "config.amazonaws.com" } },
      },
    },
  },
  tamperActions: configFacts.tamperActions,
  probes: [],
  schema: configSchema,
  filesOf: (block) => [
    ...block.rules.flatMap(({ policy }, index) =>
      policy === undefined ? [] : [{ file: policy.file, path: ["rules", index, "policy", "file"] }],
    ),
    ...block.conformancePacks.flatMap(({ template }, index) =>
      template === undefined
        ? []
        : [{ file: template, path: ["conformancePacks", index, "template"] }],
    ),
  ],
  check: checkConfig,
  planner: configPlanner,
  coverage: configCoverage,
  collect: collectConfig,
  changes: configChanges,
};
