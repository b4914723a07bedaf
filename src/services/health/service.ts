import type { Aws, CallOptions } from "../../aws/aws.ts";
import { healthFacts } from "../../data/health.ts";
import { tamperActions } from "../../data/tamper-actions.ts";
import { changeHandler, waitUntil } from "../kit/change-handler.ts";
import { checkScope } from "../kit/scope.ts";
import type { SecurityService } from "../security-service.ts";
import { healthCoverage } from "./coverage.ts";
import { type HealthState, healthPlanner } from "./plan.ts";
import { type HealthBlock, healthSchema } from "./schema.ts";

const { id, title } = healthPlanner;
const { principal, region } = healthFacts;
const regions = healthFacts.regions.names;

async function statusOf(aws: Aws, how: CallOptions): Promise<string> {
  const answer = await aws.call("health", "DescribeHealthServiceStatusForOrganization", {}, how);
  return answer.healthServiceAccessStatusForOrganization ?? "DISABLED";
}

/** AWS Health: the organizational view and its administrator. */
export const health: SecurityService<HealthBlock, HealthState> = {
  id,
  title,
  layers: ["organization", "account"],
  scope: "global",
  principals: { trustedAccess: [principal], delegatedAdministrator: [principal], byOwnApi: true },
  regions,
  permissions: {
    read: ["health:DescribeHealthServiceStatusForOrganization"],
    write: ["health:EnableHealthServiceAccessForOrganization", "iam:CreateServiceLinkedRole"],
  },
  tamperActions: tamperActions.services.health?.actions ?? [],
  probes: [],
  schema: healthSchema,
  check: (block, context) => checkScope(block, context, { title, regions }),
  planner: healthPlanner,
  coverage: healthCoverage,
  collect: async ({ aws, signal, attempt, block }) => {
    if (block?.organizationalView === false) return {};
    const how = { region, ...(signal === undefined ? {} : { signal }) };
    const status = await attempt("organizationalView", () => statusOf(aws, how));
    return status === undefined ? {} : { status };
  },
  changes: {
    EnableHealthServiceAccessForOrganization: changeHandler(
      "health",
      "EnableHealthServiceAccessForOrganization",
      {
        observe: async ({ aws }, _, how) =>
          (await statusOf(aws, how)) === "DISABLED" ? null : { enabled: true },
        settle: (context, change, _, how) =>
          waitUntil(context, change, async () => (await statusOf(context.aws, how)) === "ENABLED", {
            everyMs: 10_000,
            atMostMs: 15 * 60_000,
          }),
      },
    ),
  },
};
