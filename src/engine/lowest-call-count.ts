import { organizationPolicyTypes } from "../core/policy-type.ts";
import type { OrganizationState } from "../core/snapshot.ts";
import { organizationsQuotas } from "../data/organizations-quotas.ts";

/** The least number of calls that read an organization, by operation. */
export type CallCounts = Readonly<Record<string, number>>;

/**
 * The lower bound on calls that AWS's API dictates for reading an organization as a snapshot holds
 * it. A list costs a call a page, and one call when it is empty. Units are listed a parent at a
 * time, so every root and unit costs a call at least, leaves too. Accounts are listed with their
 * parents at once. A policy costs one call for its content and its pages of targets. Tags cost one
 * call for each resource that has them in the snapshot.
 */
export function lowestCallCount(organization: OrganizationState): CallCounts {
  const { accounts, organizationalUnits, policies = [], root } = organization;
  const children = new Map<string, number>([[root.id, 0]]);
  for (const { id } of organizationalUnits) children.set(id, 0);
  for (const { parentId } of organizationalUnits) {
    children.set(parentId, (children.get(parentId) ?? 0) + 1);
  }
  const ofType = new Map<string, number>(organizationPolicyTypes.map((type) => [type, 0]));
  for (const { type } of root.policyTypes) ofType.set(type, ofType.get(type) ?? 0);
  for (const { type } of policies) ofType.set(type, (ofType.get(type) ?? 0) + 1);
  const delegated = organization.delegatedAdministrators ?? [];
  const tagged = [
    root,
    ...organizationalUnits,
    ...accounts,
    ...policies,
    ...(organization.resourcePolicy ? [organization.resourcePolicy] : []),
  ].filter(({ tags }) => tags !== undefined);
  return {
    GetCallerIdentity: 1,
    DescribeOrganization: 1,
    ListRoots: 1,
    ListOrganizationalUnitsForParent: sum(children.values(), pages),
    ListAccounts: pages(accounts.length),
    ListPolicies: sum(ofType.values(), pages),
    DescribePolicy: policies.length,
    ListTargetsForPolicy: sum(policies, ({ targets = [] }) => pages(targets.length)),
    ListAWSServiceAccessForOrganization: pages(organization.trustedAccess?.length ?? 0),
    ListDelegatedAdministrators: pages(delegated.length),
    ListDelegatedServicesForAccount: sum(delegated, ({ services = [] }) => pages(services.length)),
    DescribeResourcePolicy: 1,
    ListHandshakesForOrganization: pages(organization.handshakes?.length ?? 0),
    ListCreateAccountStatus: pages(organization.accountCreations?.length ?? 0),
    ListTagsForResource: tagged.length,
  };
}

function pages(items: number): number {
  return Math.max(1, Math.ceil(items / organizationsQuotas.pageSize));
}

function sum<T>(items: Iterable<T>, count: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += count(item);
  return total;
}
