import type { DeploymentTargets } from "@aws-sdk/client-cloudformation";
import type { AccountId, RegionName } from "../../../core/identifiers.ts";
import { regions } from "../../../data/regions.ts";
import { activeAccounts, pathTo } from "../../kit/sandbox-organization.ts";
import type { OrganizationRecord } from "../../organizations/sandbox/state.ts";
import { validationError } from "./errors.ts";

/** An account that an operation works on, with the target by which it is one. */
export interface TargetAccount {
  readonly account: AccountId;
  readonly organizationalUnitId: string;
}

/** Regions of a request; throws `ValidationError` for what is no Region. */
export function targetRegions(given: readonly string[] | undefined): readonly RegionName[] {
  const wanted = [...new Set(given ?? [])];
  if (wanted.length === 0) throw validationError("Regions must be specified");
  const unknown = wanted.filter((region) => !regions.list.some(({ name }) => name === region));
  if (unknown.length > 0) {
    throw validationError(`Region(s) [${unknown.join(", ")}] are not supported`);
  }
  return wanted;
}

/** Roots and organizational units of a request. Throws `ValidationError` for unknown ones. */
export function targetUnits(
  organization: OrganizationRecord,
  targets: DeploymentTargets | undefined,
): readonly string[] {
  const units = targets?.OrganizationalUnitIds ?? [];
  const unknown = units.filter((id) => id !== organization.root.id && !organization.units.has(id));
  if (unknown.length > 0) {
    throw validationError(`Organizational unit(s) [${unknown.join(", ")}] not found`);
  }
  return units;
}

/**
 * The accounts that deployment targets stand for: never the management account, and none that is
 * not active.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DeploymentTargets.html
 */
export function targetAccounts(
  organization: OrganizationRecord,
  targets: DeploymentTargets,
  operation: "create" | "other",
): readonly TargetAccount[] {
  const units = targetUnits(organization, targets);
  const accounts = new Set(targets.Accounts ?? []);
  const filter = targets.AccountFilterType;
  if (operation === "create" && units.length === 0) {
    throw validationError("OrganizationalUnitIds should be specified in SERVICE_MANAGED mode");
  }
  if (operation === "create" && accounts.size > 0 && (filter === undefined || filter === "UNION")) {
    throw validationError(
      "AccountFilterType must be INTERSECTION or DIFFERENCE when OrganizationalUnitIds and Accounts are both specified",
    );
  }
  if ((filter === "INTERSECTION" || filter === "DIFFERENCE") && accounts.size === 0) {
    throw validationError(`Accounts must be specified when AccountFilterType is ${filter}`);
  }
  return activeAccounts(organization).flatMap((account) => {
    if (account === organization.managementAccountId) return [];
    const path = pathTo(organization, account);
    const unit = units.find((id) => path.includes(id));
    const isListed = accounts.has(account);
    const isTarget =
      filter === "INTERSECTION"
        ? unit !== undefined && isListed
        : filter === "DIFFERENCE"
          ? unit !== undefined && !isListed
          : filter === "NONE"
            ? unit !== undefined
            : unit !== undefined || isListed;
    if (!isTarget) return [];
    return [{ account, organizationalUnitId: unit ?? path.at(-2) ?? organization.root.id }];
  });
}

/** The target of a stack set under which an account stands now: the nearest one above it. */
export function targetOf(
  organization: OrganizationRecord,
  targets: ReadonlyMap<string, unknown>,
  account: AccountId,
): string | undefined {
  return [...pathTo(organization, account)].reverse().find((id) => targets.has(id));
}
