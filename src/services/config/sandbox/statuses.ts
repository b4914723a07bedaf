import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import type { World } from "../../../sandbox/world.ts";
import { isRegionUsable } from "../../kit/sandbox-service-linked-role.ts";
import { reachedAccounts } from "./organization-access.ts";
import { recorderOf } from "./state.ts";

/** How long Config works on an organization rule or conformance pack. */
export const organizationWorkMs: number = 90_000;

/** The states of organization rules and conformance packs; both kinds have the same. */
export type OrganizationStatus =
  | "CREATE_IN_PROGRESS"
  | "CREATE_SUCCESSFUL"
  | "CREATE_FAILED"
  | "UPDATE_IN_PROGRESS"
  | "UPDATE_SUCCESSFUL"
  | "UPDATE_FAILED"
  | "DELETE_IN_PROGRESS";

/** What statuses are made of. */
export interface Deployed {
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly deletedAt?: number;
}

/** How it stands with one account. */
export interface MemberStatus {
  readonly account: AccountId;
  readonly status: OrganizationStatus;
  readonly errorCode?: string;
  readonly errorMessage?: string;
}

/** Whether Config is still at it. */
export function isUnderWay(world: World, deployed: Deployed): boolean {
  const since = deployed.deletedAt ?? deployed.updatedAt;
  return world.clock.now() < since + organizationWorkMs;
}

/** Whether it was deleted and is gone for good. */
export function isGone(world: World, deployed: Deployed): boolean {
  return deployed.deletedAt !== undefined && !isUnderWay(world, deployed);
}

/** How it stands with each account that it reaches: one without a recorder has it not. */
export function memberStatuses(
  world: World,
  owner: AccountId,
  region: RegionName,
  deployed: Deployed,
  excluded: readonly AccountId[],
): readonly MemberStatus[] {
  const verb = verbOf(deployed);
  const underWay = isUnderWay(world, deployed);
  return reachedAccounts(world, owner, excluded).flatMap((account): MemberStatus[] => {
    if (!isRegionUsable(world, account, region)) return [];
    if (deployed.deletedAt !== undefined) return [{ account, status: "DELETE_IN_PROGRESS" }];
    if (underWay) return [{ account, status: `${verb}_IN_PROGRESS` }];
    if (recorderOf(world, account, region) !== undefined) {
      return [{ account, status: `${verb}_SUCCESSFUL` }];
    }
    return [
      {
        account,
        status: `${verb}_FAILED`,
        errorCode: "NoAvailableConfigurationRecorder",
        errorMessage: "Configuration recorder is not available to put config rule.",
      },
    ];
  });
}

/** How it stands with the organization: failed as soon as one account has failed. */
export function overallStatus(
  deployed: Deployed,
  members: readonly MemberStatus[],
  underWay: boolean,
): {
  readonly status: OrganizationStatus;
  readonly errorCode?: string;
  readonly errorMessage?: string;
} {
  if (deployed.deletedAt !== undefined) return { status: "DELETE_IN_PROGRESS" };
  const verb = verbOf(deployed);
  if (underWay) return { status: `${verb}_IN_PROGRESS` };
  const failed = members.find(({ status }) => status.endsWith("_FAILED"));
  if (failed === undefined) return { status: `${verb}_SUCCESSFUL` };
  return {
    status: `${verb}_FAILED`,
    errorCode: "OrganizationMemberAccountFailed",
    errorMessage: `The deployment failed in at least one account: ${failed.errorMessage ?? ""}`,
  };
}

function verbOf({ createdAt, updatedAt }: Deployed): "CREATE" | "UPDATE" {
  return createdAt === updatedAt ? "CREATE" : "UPDATE";
}
