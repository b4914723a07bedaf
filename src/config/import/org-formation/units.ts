import type { OuPath } from "../../../core/desired.ts";
import { identifierPatterns } from "../../../core/identifiers.ts";
import { quoted } from "../../report.ts";
import type { OrganizationalUnitInput } from "../../schema/config-input.ts";
import { type Importing, importCodes, note, tell } from "../importing.ts";
import { asText } from "../shapes.ts";
import type { Resource } from "./organization.ts";
import { references } from "./read-template.ts";
import type { NunjucksTemplates } from "./templates.ts";

/** The units as a tree, and where units and accounts are in it, by logical id. */
export interface FormationUnits {
  readonly tree: readonly OrganizationalUnitInput[];
  readonly paths: ReadonlyMap<string, OuPath>;
  /** Path of the unit that lists an account; accounts that no unit lists are in the root. */
  readonly placeOf: (account: string) => OuPath;
}

/** Turns units that list their children into a tree; a child of two parents stays with the first. */
export function readUnits(
  importing: Importing,
  resources: readonly Resource[],
  templates: NunjucksTemplates,
): FormationUnits {
  const units = new Map(
    resources
      .filter(({ type }) => type === "OrganizationalUnit")
      .map((resource) => [resource.logicalId, resource]),
  );
  const parents = parentsOf(importing, resources, units);
  const paths = new Map<string, OuPath>();
  const used = new Set<string>();
  const build = (resource: Resource, above: OuPath): OrganizationalUnitInput => {
    const written = asText(resource.properties.OrganizationalUnitName) ?? resource.logicalId;
    const name = templates.decode(written);
    const path = [...above, name];
    paths.set(resource.logicalId, path);
    used.add(resource.logicalId);
    const below = [...units.values()]
      .filter(({ logicalId }) => parents.get(logicalId) === resource.logicalId)
      .map((child) => build(child, path));
    const id = resource.physicalId;
    return {
      name,
      ...(id !== undefined && identifierPatterns.organizationalUnit.test(id) ? { id } : {}),
      ...(below.length === 0 ? {} : { organizationalUnits: below }),
    };
  };
  const tree = [...units.values()]
    .filter(({ logicalId }) => !parents.has(logicalId))
    .map((resource) => build(resource, []));
  for (const { logicalId, where } of units.values()) {
    if (used.has(logicalId)) continue;
    note(importing, where, `the unit ${logicalId}`, "it is below itself");
    const summary = `the unit ${quoted(logicalId)} is below itself`;
    tell(importing, "warning", importCodes.reference, summary);
  }
  return { tree, paths, placeOf: (account) => paths.get(parents.get(account) ?? "") ?? [] };
}

function parentsOf(
  importing: Importing,
  resources: readonly Resource[],
  units: ReadonlyMap<string, Resource>,
): ReadonlyMap<string, string> {
  const accounts = new Set(
    resources.filter(({ type }) => type.endsWith("Account")).map(({ logicalId }) => logicalId),
  );
  const parents = new Map<string, string>();
  for (const unit of units.values()) {
    for (const [property, known] of [
      ["Accounts", accounts],
      ["OrganizationalUnits", units],
    ] as const) {
      for (const child of references(unit.properties[property])) {
        const earlier = parents.get(child);
        if (!known.has(child)) {
          reportChild(importing, unit, child, "the file has no such resource");
        } else if (earlier !== undefined && earlier !== unit.logicalId) {
          reportChild(importing, unit, child, `${earlier} lists it already`);
        } else parents.set(child, unit.logicalId);
      }
    }
  }
  return parents;
}

function reportChild(importing: Importing, unit: Resource, child: string, why: string): void {
  note(importing, unit.where, `${child} in ${unit.logicalId}`, why);
  const summary = `${quoted(unit.logicalId)} lists ${quoted(child)}, but ${why}`;
  tell(importing, "warning", importCodes.reference, summary);
}
