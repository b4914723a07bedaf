import { cloudformationFacts } from "../../data/cloudformation.ts";
import {
  stackSetReadPermissions,
  stackSetWritePermissions,
} from "../kit/stack-sets/permissions.ts";
import { stackSetChanges } from "../kit/stack-sets/stack-set-changes.ts";
import type { SecurityService } from "../security-service.ts";
import { checkCloudformation } from "./check.ts";
import { collectCloudformation } from "./collect.ts";
import { cloudformationCoverage } from "./coverage.ts";
import { cloudformationPlanner } from "./plan.ts";
import { type CloudformationBlock, cloudformationSchema } from "./schema.ts";
import type { CloudformationState } from "./state.ts";

const { id, title } = cloudformationPlanner;
const { principal, regions, tamperActions } = cloudformationFacts;

/** CloudFormation StackSets: templates deployed to the accounts of the organization. */
export const cloudformation: SecurityService<CloudformationBlock, CloudformationState> = {
  id,
  title,
  layers: ["organization", "organizational unit", "account"],
  scope: "home",
  principals: {
    trustedAccess: [principal],
    delegatedAdministrator: [principal],
    byOwnApi: true,
  },
  regions: regions.names,
  permissions: {
    read: [...stackSetReadPermissions, "cloudformation:ListStackSets"],
    write: [...stackSetWritePermissions, "cloudformation:DetectStackSetDrift"],
  },
  tamperActions,
  probes: [],
  schema: cloudformationSchema,
  filesOf: (block) =>
    block.stackSets.map(({ template }, index) => ({
      file: template,
      path: ["stackSets", index, "template"],
    })),
  check: checkCloudformation,
  planner: cloudformationPlanner,
  coverage: cloudformationCoverage,
  collect: collectCloudformation,
  changes: stackSetChanges,
};
