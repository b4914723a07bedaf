import type { AccountId } from "../../../core/identifiers.ts";
import type { OrganizationView, PolicyLevel } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import { attachedTo } from "./model.ts";
import { chainOf, policyArn } from "./names.ts";
import { settle } from "./settle.ts";
import type { OrganizationRecord } from "./state.ts";

/**
 * What the authorizer must know of an account's organization; `undefined` when it is in none. A
 * policy whose content the snapshot lacked is left out: nothing can be said about it.
 */
export function organizationOf(world: World, account: AccountId): OrganizationView | undefined {
  const state = settle(world);
  const organization = state.organizations.get(state.membership.get(account) ?? "");
  if (organization === undefined) return undefined;
  const chain = chainOf(organization, account);
  return {
    organizationId: organization.id,
    managementAccount: organization.managementAccountId,
    featureSet: organization.featureSet,
    isTrusted: (principal) => organization.trustedServices.has(principal),
    isDelegatedAdministrator: (principal, id) =>
      organization.delegatedAdministrators.get(id)?.has(principal) === true,
    orgPath: `${organization.id}/${chain.slice(0, -1).join("/")}/`,
    serviceControlPolicies: levels(organization, chain, "SERVICE_CONTROL_POLICY"),
    resourceControlPolicies: levels(organization, chain, "RESOURCE_CONTROL_POLICY"),
  };
}

function levels(
  organization: OrganizationRecord,
  chain: readonly string[],
  type: string,
): PolicyLevel[] {
  const status = organization.root.policyTypes.get(type);
  const isUnknown = organization.unread.has("ListPolicies");
  if (status === undefined || status === "PENDING_ENABLE" || isUnknown) return [];
  return chain.map((id) => ({
    id,
    policies: attachedTo(organization, id, type).flatMap((policyId) => {
      const policy = organization.policies.get(policyId);
      if (policy?.content === undefined) return [];
      const { name, content } = policy;
      return [{ name, content, arn: policyArn(organization, policy) }];
    }),
  }));
}
