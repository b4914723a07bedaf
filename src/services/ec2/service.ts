import type { BlockContext, BlockIssue } from "../../core/service-plan.ts";
import { ec2Settings } from "../../data/ec2-settings.ts";
import { tamperActions } from "../../data/tamper-actions.ts";
import { configEvidencePermissions } from "../kit/config-evidence.ts";
import { checkScope } from "../kit/scope.ts";
import type { SecurityService } from "../security-service.ts";
import { ec2Changes, ec2Writes } from "./apply.ts";
import { collectEc2 } from "./collect.ts";
import { ec2Coverage } from "./coverage.ts";
import { ec2Planner } from "./plan.ts";
import { type Ec2Block, ec2Schema } from "./schema.ts";
import type { Ec2State } from "./state.ts";

const { id, title } = ec2Planner;
const regions = ec2Settings.regions.names;

/** Amazon EC2: safe defaults of accounts in Regions. */
export const ec2: SecurityService<Ec2Block, Ec2State> = {
  id,
  title,
  layers: ["account", "network infrastructure", "resources"],
  scope: "regional",
  principals: { trustedAccess: [], delegatedAdministrator: [], byOwnApi: false },
  regions,
  permissions: {
    read: [
      ...configEvidencePermissions,
      "ec2:DescribeVpcBlockPublicAccessOptions",
      "ec2:GetAllowedImagesSettings",
      "ec2:GetEbsDefaultKmsKeyId",
      "ec2:GetEbsEncryptionByDefault",
      "ec2:GetImageBlockPublicAccessState",
      "ec2:GetInstanceMetadataDefaults",
      "ec2:GetSerialConsoleAccessStatus",
      "ec2:GetSnapshotBlockPublicAccessState",
    ],
    write: ec2Writes,
  },
  tamperActions: tamperActions.services["ec2-defaults"]?.actions ?? [],
  probes: [],
  schema: ec2Schema,
  check: checkEc2,
  planner: ec2Planner,
  coverage: ec2Coverage,
  collect: collectEc2,
  changes: ec2Changes,
};

function checkEc2(block: Ec2Block, context: BlockContext): readonly BlockIssue[] {
  const issues = [...checkScope(block, context, { title, regions })];
  for (const [region, key] of Object.entries(block.ebsEncryption?.kmsKeys ?? {})) {
    if (key.split(":")[3] === region) continue;
    issues.push({
      severity: "error",
      code: "ORGRAIL1094",
      path: ["ebsEncryption", "kmsKeys", region],
      summary: `the key of \`${region}\` is in another Region`,
      help: "name a key of that Region; a multi-Region key has a replica in each",
    });
  }
  return issues;
}
