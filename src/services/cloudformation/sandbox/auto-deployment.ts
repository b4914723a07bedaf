import type { World } from "../../../sandbox/world.ts";
import {
  activeAccounts,
  membershipVersion,
  organizationWith,
} from "../../kit/sandbox-organization.ts";
import { hasOrganizationsAccess } from "./access.ts";
import { startOperation } from "./operations.ts";
import { instanceKey, type OperationItem, type StackSetRecord, stackSetsSlot } from "./state.ts";
import { targetOf } from "./targets.ts";

/**
 * Follows the organization's membership: accounts that came under a target of a stack set with
 * automatic deployment get its stacks, those that left lose them. Filters by account are not
 * heeded, as AWS does not; an account that was left out stays out while it stays where it is.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-manage-auto-deployment.html
 */
export function deployAutomatically(world: World): void {
  const state = world.state(stackSetsSlot);
  const version = membershipVersion(world);
  if (state.membershipVersion === version) return;
  state.membershipVersion = version;
  for (const stackSet of state.stackSets.values()) {
    if (stackSet.autoDeployment?.enabled === true) follow(world, stackSet);
  }
}

/** Notes all accounts below the targets as seen, so that only later ones are newcomers. */
export function noteMembership(world: World, stackSet: StackSetRecord): void {
  const organization = organizationWith(world, stackSet.owner);
  stackSet.seen.clear();
  if (organization === undefined || stackSet.permissionModel !== "SERVICE_MANAGED") return;
  for (const account of activeAccounts(organization)) {
    const target = targetOf(organization, stackSet.targets, account);
    if (target !== undefined) stackSet.seen.set(account, target);
  }
}

function follow(world: World, stackSet: StackSetRecord): void {
  const organization = organizationWith(world, stackSet.owner);
  if (organization === undefined || !hasOrganizationsAccess(world, organization)) return;
  const before = new Map(stackSet.seen);
  noteMembership(world, stackSet);
  const arriving: OperationItem[] = [];
  const leaving: OperationItem[] = [];
  for (const [account, target] of stackSet.seen) {
    if (before.get(account) === target || account === organization.managementAccountId) continue;
    for (const region of stackSet.targets.get(target) ?? []) {
      arriving.push({ account, region, organizationalUnitId: target });
    }
  }
  for (const { account, region } of stackSet.instances.values()) {
    const target = stackSet.seen.get(account);
    const isWanted = target !== undefined && stackSet.targets.get(target)?.includes(region);
    const isSuspended = organization.accounts.get(account)?.state !== "ACTIVE";
    if (!isWanted && before.has(account) && !(isSuspended && organization.accounts.has(account))) {
      leaving.push({ account, region });
    }
  }
  if (leaving.length > 0) {
    const { retain } = stackSet.autoDeployment ?? { retain: false };
    startOperation(world, stackSet, {
      action: "DELETE",
      items: leaving,
      retainStacks: retain,
      preferences: automaticPreferences,
      queued: true,
    });
  }
  const added = arriving.filter(
    ({ account, region }) => !stackSet.instances.has(instanceKey(account, region)),
  );
  if (added.length === 0) return;
  const operation = startOperation(world, stackSet, {
    action: "CREATE",
    items: added,
    organizationalUnitIds: [...new Set(added.flatMap((it) => it.organizationalUnitId ?? []))],
    preferences: automaticPreferences,
    queued: true,
  });
  for (const item of added) addInstance(stackSet, item, operation.id);
}

const automaticPreferences = {
  RegionConcurrencyType: "PARALLEL",
  FailureTolerancePercentage: 100,
  MaxConcurrentPercentage: 100,
} as const;

/** Adds an instance that an operation is to deploy. */
export function addInstance(
  stackSet: StackSetRecord,
  { account, region, organizationalUnitId }: OperationItem,
  operationId: string,
): void {
  stackSet.instances.set(instanceKey(account, region), {
    account,
    region,
    ...(organizationalUnitId === undefined ? {} : { organizationalUnitId }),
    status: "OUTDATED",
    detailedStatus: "PENDING",
    drift: "NOT_CHECKED",
    operationId,
  });
}
