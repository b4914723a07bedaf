import type { OrganizationNeeds } from "../../core/service-plan.ts";
import type { ScopeBlock } from "./scope.ts";

/**
 * What the block of a service asks of AWS Organizations that is administered there alone: trusted
 * access and the delegated administrator; by `remove: true` both end, the administrator first.
 */
export function organizationNeeds(
  block: Pick<ScopeBlock, "delegatedAdministrator" | "remove">,
  principal: string,
  policyTypes: readonly string[] = [],
): OrganizationNeeds {
  const { delegatedAdministrator: account } = block;
  const delegatedAdministrators =
    account === undefined ? [] : [{ servicePrincipal: principal, account }];
  return block.remove === true
    ? {
        trustedAccess: [],
        delegatedAdministrators: [],
        policyTypes: [],
        withdraw: { trustedAccess: [principal], delegatedAdministrators },
      }
    : { trustedAccess: [principal], delegatedAdministrators, policyTypes };
}
