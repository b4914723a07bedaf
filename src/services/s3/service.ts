import { s3Settings } from "../../data/s3-settings.ts";
import { tamperActions } from "../../data/tamper-actions.ts";
import { configEvidencePermissions } from "../kit/config-evidence.ts";
import { checkScope } from "../kit/scope.ts";
import type { SecurityService } from "../security-service.ts";
import { s3Changes } from "./apply.ts";
import { collectS3 } from "./collect.ts";
import { s3Coverage } from "./coverage.ts";
import { s3Planner } from "./plan.ts";
import { type S3Block, s3Schema } from "./schema.ts";
import type { S3State } from "./state.ts";

const { id, title } = s3Planner;
const { principal } = s3Settings;
const regions = s3Settings.regions.names;

/** Amazon S3: the accounts' public access block, and Storage Lens of the organization. */
export const s3: SecurityService<S3Block, S3State> = {
  id,
  title,
  layers: ["organization", "account", "resources"],
  scope: "global",
  principals: { trustedAccess: [principal], delegatedAdministrator: [principal], byOwnApi: false },
  regions,
  permissions: {
    read: [
      ...configEvidencePermissions,
      "s3:GetAccountPublicAccessBlock",
      "s3:GetStorageLensConfiguration",
      "s3:ListStorageLensConfigurations",
    ],
    write: [
      "iam:CreateServiceLinkedRole",
      "s3:DeleteStorageLensConfiguration",
      "s3:PutAccountPublicAccessBlock",
      "s3:PutStorageLensConfiguration",
    ],
  },
  tamperActions: [
    ...(tamperActions.services["s3-public-access-block"]?.actions ?? []),
    ...(tamperActions.services["storage-lens"]?.actions ?? []),
  ],
  probes: [],
  schema: s3Schema,
  check: (block, context) => checkScope(block, context, { title, regions }),
  planner: s3Planner,
  coverage: s3Coverage,
  collect: collectS3,
  changes: s3Changes,
};
