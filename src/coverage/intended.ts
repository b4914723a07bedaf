import type { RegionName } from "../core/identifiers.ts";
import type { JsonObject } from "../core/json.ts";
import type { MatrixAccount } from "./matrix.ts";

/** What the file wants of a place; `undefined`: it says nothing of the service. */
export type Intended = "wanted" | "excluded" | "removed" | undefined;

/** What blocks of the file want, by the members that all of them share. */
export function intendedBy(
  blocks: Readonly<Record<string, { readonly block: JsonObject }>>,
): (service: string, account: MatrixAccount, region: RegionName | undefined) => Intended {
  const scopes = new Map(Object.entries(blocks).map(([id, { block }]) => [id, scopeOf(block)]));
  return (service, { name, path }, region) => {
    const scope = scopes.get(service);
    if (scope === undefined) return undefined;
    if (scope.isRemoved) return "removed";
    const isOut =
      scope.accounts.has(name) ||
      path.some((_, depth) => scope.units.has(path.slice(0, depth + 1).join("/"))) ||
      (region !== undefined &&
        (scope.excluded.has(region) || (scope.regions.size > 0 && !scope.regions.has(region))));
    return isOut ? "excluded" : "wanted";
  };
}

function scopeOf(block: JsonObject): {
  readonly isRemoved: boolean;
  readonly accounts: ReadonlySet<string>;
  readonly units: ReadonlySet<string>;
  readonly regions: ReadonlySet<string>;
  readonly excluded: ReadonlySet<string>;
} {
  const names = (member: string): ReadonlySet<string> => {
    const found = block[member];
    return new Set(Array.isArray(found) ? found.map(String) : []);
  };
  return {
    isRemoved: block.remove === true,
    accounts: names("excludeAccounts"),
    units: names("excludeOrganizationalUnits"),
    regions: names("regions"),
    excluded: names("excludeRegions"),
  };
}
