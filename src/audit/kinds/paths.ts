import type { OrganizationState } from "../../core/snapshot.ts";

/** Gives the ids from an account up to the root, itself among them. */
export function pathsAbove(organization: OrganizationState): (id: string) => readonly string[] {
  const parents = new Map(
    [...organization.organizationalUnits, ...organization.accounts].map(({ id, parentId }) => [
      id,
      parentId,
    ]),
  );
  return (id) => {
    const path = new Set<string>();
    for (let at: string | undefined = id; at !== undefined && !path.has(at); at = parents.get(at)) {
      path.add(at);
    }
    return [...path];
  };
}
