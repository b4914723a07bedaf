import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { World } from "../../../sandbox/world.ts";
import { pathTo } from "../../kit/sandbox-organization.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { administratorIn, centralConfiguration, covers } from "./organization.ts";
import {
  type AccountWide,
  type AssociationRecord,
  accountRegion,
  accountWide,
  associationMs,
  type ConfigurationRecord,
  selfManaged,
} from "./state.ts";

/** The association that holds for a target: its own, or the nearest of those above it. */
export interface EffectiveAssociation {
  readonly policyId: string;
  readonly type: "APPLIED" | "INHERITED";
  readonly updatedAt: number;
  readonly status: "PENDING" | "SUCCESS" | "FAILED";
  readonly message?: string;
}

/**
 * The association that holds for a root, organizational unit or account; `undefined` where none
 * was ever made above it. It takes a while to reach a target after it was made or the account came.
 */
export function effectiveAssociation(
  world: World,
  organization: OrganizationRecord,
  { associations, policies }: AccountWide,
  targetId: string,
): EffectiveAssociation | undefined {
  let found: AssociationRecord | undefined;
  let isOwn = false;
  for (const id of [...pathTo(organization, targetId)].reverse()) {
    found = associations.get(id);
    isOwn = id === targetId;
    if (found !== undefined) break;
  }
  if (found === undefined) return undefined;
  const joinedAt = organization.accounts.get(targetId)?.joinedAt ?? 0;
  const updatedAt = Math.max(found.updatedAt, joinedAt);
  const isFailing =
    targetId === organization.managementAccountId &&
    found.policyId !== selfManaged &&
    policies.get(found.policyId)?.policy.ServiceEnabled === true &&
    !hasOwnHub(world, targetId, organization);
  const done = updatedAt + associationMs <= world.clock.now();
  return {
    policyId: found.policyId,
    type: isOwn ? "APPLIED" : "INHERITED",
    updatedAt,
    status: !done ? "PENDING" : isFailing ? "FAILED" : "SUCCESS",
    ...(done && isFailing
      ? { message: "Security Hub is not enabled in the organization management account." }
      : {}),
  };
}

/** What a configuration policy makes of an account in a Region; `undefined`: nothing does. */
export function centralPolicyFor(
  world: World,
  organization: OrganizationRecord,
  account: AccountId,
  region: RegionName,
): ConfigurationRecord | undefined {
  const administrator = administratorIn(world, organization, region);
  if (administrator === undefined || administrator === organization.managementAccountId) {
    return undefined;
  }
  const central = centralConfiguration(world, organization, administrator);
  if (central === undefined || !covers(central.aggregator, region)) return undefined;
  const wide = accountWide(world, administrator);
  const association = effectiveAssociation(world, organization, wide, account);
  if (association?.status !== "SUCCESS" || association.policyId === selfManaged) return undefined;
  return wide.policies.get(association.policyId)?.policy;
}

/** Ends central configuration: policies and associations go, accounts stay as they are. */
export function endCentralConfiguration(
  world: World,
  organization: OrganizationRecord,
  administrator: AccountId,
): void {
  const wide = accountWide(world, administrator);
  if (wide.central !== undefined) {
    for (const account of organization.accountOrder) {
      const association = effectiveAssociation(world, organization, wide, account);
      const policy = wide.policies.get(association?.policyId ?? "");
      if (association?.status === "SUCCESS" && policy !== undefined) {
        wide.retained.set(account, policy.policy);
      }
    }
  }
  delete wide.central;
  wide.policies.clear();
  wide.associations.clear();
}

function hasOwnHub(world: World, account: AccountId, organization: OrganizationRecord): boolean {
  const home = homeOf(world, organization);
  return home !== undefined && accountRegion(world, account, home).hub !== undefined;
}

function homeOf(world: World, organization: OrganizationRecord): RegionName | undefined {
  for (const account of organization.delegatedAdministrators.keys()) {
    const central = centralConfiguration(world, organization, account);
    if (central !== undefined) return central.aggregator.home;
  }
  return undefined;
}
