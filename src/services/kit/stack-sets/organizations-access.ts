import type { ServiceChange } from "../../../core/service-plan.ts";
import { cloudformationFacts } from "../../../data/cloudformation.ts";

const { principal } = cloudformationFacts;

/** Address of the access that StackSets has to the organization. */
export const organizationsAccessAddress = "cloudformation/organizationsAccess";

/**
 * The change that gives StackSets access to the organization; none when it has it. Trusted access
 * by AWS Organizations alone does not, for the role in the management account is made by this.
 */
export function planOrganizationsAccess(
  access: string | undefined,
  region: string,
): readonly ServiceChange[] {
  if (access === undefined || access === "ENABLED") return [];
  return [
    {
      operation: "ActivateOrganizationsAccess",
      address: organizationsAccessAddress,
      action: "enable",
      input: {},
      before: { enabled: false },
      after: { enabled: true },
      reason: "stack sets with service-managed permissions need it",
      region,
      needs: [`trustedAccess:${principal}`],
    },
  ];
}
