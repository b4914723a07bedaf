import type {
  OrganizationNeeds,
  ServicePlan,
  ServicePlanInput,
  ServicePlanner,
} from "../../core/service-plan.ts";
import { healthFacts } from "../../data/health.ts";
import { thingAddress } from "../kit/address.ts";
import { organizationNeeds } from "../kit/organization-needs.ts";
import type { HealthBlock } from "./schema.ts";

/** What was read of AWS Health. */
export interface HealthState {
  /** `ENABLED`, `PENDING` or `DISABLED`; absent: not read. */
  readonly status?: string;
}

const { principal, region } = healthFacts;

/** Plans AWS Health. Taking trusted access away ends the organizational view as well. */
export const healthPlanner: ServicePlanner<HealthBlock, HealthState> = {
  id: "health",
  title: "AWS Health",
  needs: (block): OrganizationNeeds => organizationNeeds(block, principal),
  plan: planHealth,
};

function planHealth({ block, state }: ServicePlanInput<HealthBlock, HealthState>): ServicePlan {
  const address = thingAddress("health", "organizationalView");
  const nothing = { changes: [], compared: [], foreign: [], issues: [] };
  const isAsked = block.organizationalView && block.remove !== true;
  if (!isAsked || state?.status === undefined) return nothing;
  if (state.status !== "DISABLED") return { ...nothing, compared: [address] };
  return {
    ...nothing,
    compared: [address],
    changes: [
      {
        operation: "EnableHealthServiceAccessForOrganization",
        address,
        action: "enable",
        input: {},
        before: null,
        after: { enabled: true },
        reason: "the file wants the organizational view",
        region,
        path: ["organizationalView"],
        needs: [`trustedAccess:${principal}`],
      },
    ],
  };
}
