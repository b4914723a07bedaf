import type { BlockContext, BlockIssue } from "../../core/service-plan.ts";
import { cloudtrailFacts } from "../../data/cloudtrail-facts.ts";
import { everyRegion } from "../../data/service-regions.ts";
import { checkScope } from "../kit/scope.ts";
import type { SecurityService } from "../security-service.ts";
import { cloudtrailChanges } from "./apply.ts";
import { collectCloudTrail } from "./collect.ts";
import { cloudTrailCoverage } from "./coverage.ts";
import { cloudtrailPlanner } from "./plan.ts";
import { type CloudTrailBlock, cloudtrailSchema } from "./schema.ts";
import type { CloudTrailState } from "./state.ts";

const { id, title } = cloudtrailPlanner;
const { servicePrincipal, tamperActions } = cloudtrailFacts;
const regions = everyRegion.names;

/** AWS CloudTrail: trails of the organization and the log archive that they write to. */
export const cloudtrail: SecurityService<CloudTrailBlock, CloudTrailState> = {
  id,
  title,
  layers: ["organization", "account", "principals", "resources"],
  scope: "home",
  principals: {
    trustedAccess: [servicePrincipal],
    delegatedAdministrator: [servicePrincipal],
    byOwnApi: true,
  },
  regions,
  permissions: {
    read: [
      "ce:GetCostAndUsage",
      "cloudtrail:DescribeTrails",
      "cloudtrail:GetEventDataStore",
      "cloudtrail:GetEventSelectors",
      "cloudtrail:GetInsightSelectors",
      "cloudtrail:GetTrail",
      "cloudtrail:GetTrailStatus",
      "cloudtrail:ListEventDataStores",
      "cloudtrail:ListTags",
      "cloudtrail:ListTrails",
      "iam:GetRole",
      "iam:GetRolePolicy",
      "kms:DescribeKey",
      "kms:GetKeyPolicy",
      "kms:GetKeyRotationStatus",
      "kms:ListKeys",
      "logs:DescribeLogGroups",
      "s3:GetBucketLogging",
      "s3:GetBucketObjectLockConfiguration",
      "s3:GetBucketOwnershipControls",
      "s3:GetBucketPolicy",
      "s3:GetBucketPublicAccessBlock",
      "s3:GetBucketTagging",
      "s3:GetBucketVersioning",
      "s3:GetEncryptionConfiguration",
      "s3:GetLifecycleConfiguration",
      "s3:ListAllMyBuckets",
      "s3:ListBucket",
    ],
    write: [
      "cloudtrail:AddTags",
      "cloudtrail:CreateTrail",
      "cloudtrail:DeleteTrail",
      "cloudtrail:PutEventSelectors",
      "cloudtrail:PutInsightSelectors",
      "cloudtrail:StartLogging",
      "cloudtrail:StopLogging",
      "cloudtrail:UpdateTrail",
      "iam:CreateRole",
      "iam:CreateServiceLinkedRole",
      "iam:PassRole",
      "iam:PutRolePolicy",
      "kms:CreateAlias",
      "kms:CreateKey",
      "kms:DisableKeyRotation",
      "kms:EnableKeyRotation",
      "kms:PutKeyPolicy",
      "logs:CreateLogGroup",
      "logs:PutRetentionPolicy",
      "organizations:DescribeOrganization",
      "s3:CreateBucket",
      "s3:PutBucketLogging",
      "s3:PutBucketObjectLockConfiguration",
      "s3:PutBucketOwnershipControls",
      "s3:PutBucketPolicy",
      "s3:PutBucketPublicAccessBlock",
      "s3:PutBucketTagging",
      "s3:PutBucketVersioning",
      "s3:PutEncryptionConfiguration",
      "s3:PutLifecycleConfiguration",
    ],
    limits: {
      "iam:PassRole": {
        resources: ["arn:*:iam::*:role/*"],
        condition: { StringEquals: { "iam:PassedToService": "cloudtrail.amazonaws.com" } },
      },
    },
  },
  tamperActions,
  probes: [],
  schema: cloudtrailSchema,
  check,
  planner: cloudtrailPlanner,
  coverage: cloudTrailCoverage,
  collect: collectCloudTrail,
  changes: cloudtrailChanges,
};

/** What is wrong with a block beyond its form. */
function check(block: CloudTrailBlock, context: BlockContext): readonly BlockIssue[] {
  const issues: BlockIssue[] = [...checkScope(block, context, { title, regions })];
  const error = (code: string, path: BlockIssue["path"], summary: string, help: string): void => {
    issues.push({ severity: "error", code, path, summary, help });
  };
  const { logArchive, trails, region } = block;
  const names = [logArchive.account, ...(logArchive.key?.readers ?? [])];
  for (const [place, name] of names.entries()) {
    if (context.accounts.has(name)) continue;
    error(
      "ORGRAIL1051",
      place === 0 ? ["logArchive", "account"] : ["logArchive", "key", "readers", place - 1],
      `there is no account \`${name}\` in the file`,
      "name one of `accounts`",
    );
  }
  if (context.closing.has(logArchive.account)) {
    error(
      "ORGRAIL1070",
      ["logArchive", "account"],
      `\`${logArchive.account}\` is closed and can hold no log archive`,
      "name another account",
    );
  }
  if (region !== undefined && !regions.includes(region)) {
    error(
      "ORGRAIL1090",
      ["region"],
      `${title} is not offered in \`${region}\``,
      "name another Region",
    );
  }
  if (!logArchive.manage && logArchive.key?.alias !== undefined) {
    error(
      "ORGRAIL1160",
      ["logArchive", "key", "alias"],
      "a key that is not managed here is not known by its alias",
      "give the key's `arn`, or leave out `manage: false`",
    );
  }
  for (const [index, trail] of trails.entries()) {
    const path = ["trails", index];
    if (trails.findIndex(({ name }) => name === trail.name) < index) {
      error(
        "ORGRAIL1161",
        [...path, "name"],
        `two trails are called \`${trail.name}\``,
        "rename one",
      );
    }
    if (trail.eventSelectors !== undefined && trail.advancedEventSelectors !== undefined) {
      error(
        "ORGRAIL1162",
        [...path, "advancedEventSelectors"],
        "a trail has either `eventSelectors` or `advancedEventSelectors`",
        "advanced event selectors can say all that the others can",
      );
    }
    if (trail.multiRegion && !trail.globalServiceEvents) {
      error(
        "ORGRAIL1163",
        [...path, "globalServiceEvents"],
        "a trail of all Regions logs global service events",
        "leave `globalServiceEvents` out, or say `multiRegion: false`",
      );
    }
  }
  return issues;
}
