import type {
  OrganizationNeeds,
  ServicePlan,
  ServicePlanInput,
  ServicePlanner,
} from "../../core/service-plan.ts";
import { ramFacts } from "../../data/ram.ts";
import { thingAddress } from "../kit/address.ts";
import { organizationNeeds } from "../kit/organization-needs.ts";
import type { RamBlock } from "./schema.ts";

/** What was read of Resource Access Manager. */
export interface RamState {
  /** Whether the management account has the service-linked role; absent: not read. */
  readonly hasLinkedRole?: boolean;
}

const { principal } = ramFacts;

/** Plans Resource Access Manager. */
export const ramPlanner: ServicePlanner<RamBlock, RamState> = {
  id: "ram",
  title: "AWS Resource Access Manager",
  needs: (block): OrganizationNeeds => organizationNeeds(block, principal),
  plan: planRam,
};

/**
 * Trusted access alone does not do: the service's own operation makes the role as well. The role
 * stays when sharing ends, for shares that there are use it.
 */
function planRam({ block, state, facts }: ServicePlanInput<RamBlock, RamState>): ServicePlan {
  const address = thingAddress("ram", "sharing");
  const nothing = { changes: [], compared: [], foreign: [], issues: [] };
  if (block.remove === true || state?.hasLinkedRole === undefined) return nothing;
  if (state.hasLinkedRole) return { ...nothing, compared: [address] };
  return {
    ...nothing,
    compared: [address],
    changes: [
      {
        operation: "EnableSharingWithAwsOrganization",
        address,
        action: "enable",
        input: {},
        before: null,
        after: { linkedRole: ramFacts.linkedRole },
        reason: "sharing in the organization needs the role that only this operation makes",
        region: facts.homeRegion,
        needs: [`trustedAccess:${principal}`],
      },
    ],
  };
}
