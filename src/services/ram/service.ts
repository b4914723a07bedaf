import { ramFacts } from "../../data/ram.ts";
import { tamperActions } from "../../data/tamper-actions.ts";
import { changeHandler } from "../kit/change-handler.ts";
import type { SecurityService } from "../security-service.ts";
import { ramCoverage } from "./coverage.ts";
import { hasLinkedRole } from "./linked-role.ts";
import { type RamState, ramPlanner } from "./plan.ts";
import { type RamBlock, ramSchema } from "./schema.ts";

const { id, title } = ramPlanner;

/** Resource Access Manager: sharing with the organization. */
export const ram: SecurityService<RamBlock, RamState> = {
  id,
  title,
  layers: ["organization", "account", "network infrastructure"],
  scope: "global",
  principals: {
    trustedAccess: [ramFacts.principal],
    delegatedAdministrator: [],
    byOwnApi: true,
  },
  regions: ramFacts.regions.names,
  permissions: {
    read: ["iam:GetRole"],
    write: ["iam:CreateServiceLinkedRole", "ram:EnableSharingWithAwsOrganization"],
  },
  tamperActions: tamperActions.services["resource-access-manager"]?.actions ?? [],
  probes: [],
  schema: ramSchema,
  check: () => [],
  planner: ramPlanner,
  coverage: ramCoverage,
  collect: async ({ aws, signal, attempt }) => {
    const how = signal === undefined ? {} : { signal };
    const found = await attempt("linkedRole", () => hasLinkedRole(aws, how));
    return found === undefined ? {} : { hasLinkedRole: found };
  },
  changes: {
    EnableSharingWithAwsOrganization: changeHandler("ram", "EnableSharingWithAwsOrganization", {
      observe: async ({ aws }, _, how) =>
        (await hasLinkedRole(aws, how)) ? { linkedRole: ramFacts.linkedRole } : null,
    }),
  },
};
