import type { AccountId, RegionName } from "../../core/identifiers.ts";
import { isJsonObject, type Json, type JsonObject } from "../../core/json.ts";

/** Whether an administrative scope includes a Region. */
export function worksIn(scope: JsonObject, region: RegionName): boolean {
  const { AllRegionsEnabled, Regions } = objectOf(scope.RegionScope);
  return AllRegionsEnabled === true || listOf(Regions).includes(region);
}

/**
 * Whether an administrative scope includes an account: what accounts or units leave out is out, two
 * lists of what is in add up, and without such a list all the rest is in.
 *
 * @param units ids of the root and the units above the account
 * @see https://docs.aws.amazon.com/fms/2018-01-01/APIReference/API_AdminScope.html
 */
export function administers(
  scope: JsonObject,
  account: AccountId,
  units: ReadonlySet<string>,
): boolean {
  const { AllAccountsEnabled, Accounts, ExcludeSpecifiedAccounts } = objectOf(scope.AccountScope);
  const {
    AllOrganizationalUnitsEnabled,
    OrganizationalUnits,
    ExcludeSpecifiedOrganizationalUnits,
  } = objectOf(scope.OrganizationalUnitScope);
  const sides = [
    {
      all: AllAccountsEnabled === true,
      excludes: ExcludeSpecifiedAccounts === true,
      list: listOf(Accounts),
      isListed: listOf(Accounts).includes(account),
    },
    {
      all: AllOrganizationalUnitsEnabled === true,
      excludes: ExcludeSpecifiedOrganizationalUnits === true,
      list: listOf(OrganizationalUnits),
      isListed: listOf(OrganizationalUnits).some((id) => units.has(id)),
    },
  ];
  if (sides.some(({ excludes, isListed }) => excludes && isListed)) return false;
  const included = sides.filter(({ all, excludes, list }) => !all && !excludes && list.length > 0);
  if (included.length > 0) return included.some(({ isListed }) => isListed);
  return sides.some(({ all, excludes }) => all || excludes);
}

function objectOf(value: Json | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function listOf(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
