import { closest, distance } from "fastest-levenshtein";
import { InputError } from "../../core/app-error.ts";
import { ouPathKey, parseOuPath } from "../../core/desired.ts";
import type { OrganizationState } from "../../core/snapshot.ts";
import { indexOrganization, livePath, unitAtPath } from "../../plan/live.ts";
import { organizationPath } from "../../policy/organization-levels.ts";

/** A root, organizational unit or account with its name and the ways to it. */
export interface FoundPlace {
  readonly id: string;
  readonly kind: "root" | "organizationalUnit" | "account";
  /** An account's name, a unit's path from the root, `Root`. */
  readonly name: string;
}

/**
 * Finds an account by its id or its name.
 *
 * @throws InputError when there is none, or several of the name.
 */
export function findAccount(organization: OrganizationState, wanted: string): FoundPlace {
  const found = organization.accounts.filter(({ id, name }) => id === wanted || name === wanted);
  const [account, second] = found;
  if (account !== undefined && second === undefined) {
    return { id: account.id, kind: "account", name: account.name };
  }
  if (account !== undefined) {
    const ids = found.map(({ id }) => id).join(", ");
    throw new InputError(
      "ORGRAIL5048",
      `${found.length} accounts are called \`${wanted}\``,
      [],
      `name the id: ${ids}`,
    );
  }
  const names = organization.accounts.map(({ name }) => name);
  throw notFound(`there is no account \`${wanted}\``, wanted, names);
}

/**
 * Finds the root or an organizational unit by its path of names or its id.
 *
 * @throws InputError when there is none.
 */
export function findUnit(organization: OrganizationState, wanted: string): FoundPlace {
  const { root } = organization;
  const live = indexOrganization(organization);
  const path = parseOuPath(wanted);
  if (wanted === root.id || path?.length === 0) return { id: root.id, kind: "root", name: "Root" };
  const unit = live.unitById.get(wanted) ?? (path && unitAtPath(live, path));
  if (unit !== undefined) {
    return { id: unit.id, kind: "organizationalUnit", name: placeName(organization, unit.id) };
  }
  const names = organization.organizationalUnits.map(({ id }) => placeName(organization, id));
  throw notFound(`there is no organizational unit \`${wanted}\``, wanted, ["Root", ...names]);
}

/** Finds what a word names: an account first, else the root or an organizational unit. */
export function findPlace(organization: OrganizationState, wanted: string): FoundPlace {
  const isAccount = organization.accounts.some(({ id, name }) => id === wanted || name === wanted);
  if (isAccount || /^\d{12}$/.test(wanted)) return findAccount(organization, wanted);
  try {
    return findUnit(organization, wanted);
  } catch {
    const names = [
      ...organization.accounts.map(({ name }) => name),
      ...organization.organizationalUnits.map(({ id }) => placeName(organization, id)),
    ];
    const what = `there is no account or organizational unit \`${wanted}\``;
    throw notFound(what, wanted, names);
  }
}

/** The name by which people know the root, a unit or an account. */
export function placeName(organization: OrganizationState, id: string): string {
  const place = organizationPath(organization, id)?.at(-1);
  if (place?.kind === "account") return place.name;
  return ouPathKey(livePath(indexOrganization(organization), id) ?? [id]);
}

function notFound(what: string, wanted: string, names: readonly string[]): InputError {
  const near = names.length === 0 ? undefined : closest(wanted, names);
  const isNear = near !== undefined && distance(wanted, near) <= Math.max(2, wanted.length / 3);
  const some = names.slice(0, 8).join(", ");
  const hint = isNear
    ? `did you mean \`${near}\`?`
    : `there ${names.length === 1 ? "is" : "are"} ${some}${names.length > 8 ? ", ..." : ""}`;
  return new InputError("ORGRAIL5048", what, [], names.length === 0 ? undefined : hint);
}
