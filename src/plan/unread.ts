import type { Gap } from "../core/read.ts";
import type { Snapshot } from "../core/snapshot.ts";

/** Which parts of the organization a snapshot cannot speak of. */
export interface Unread {
  /** Units or accounts may exist that the snapshot does not list. */
  readonly tree: boolean;
  /** Policies of a type may exist that the snapshot does not list. */
  policies(type: string): boolean;
}

const treeOperations: ReadonlySet<string> = new Set(
  [
    "ListRoots",
    "ListAccounts",
    "ListAccountsForParent",
    "ListOrganizationalUnitsForParent",
    "ListChildren",
    "ListParents",
    "DescribeOrganizationalUnit",
  ].map((operation) => `organizations:${operation}`),
);

/** Finds what was not read. */
export function unreadOf(snapshot: Snapshot): Unread {
  const listings = snapshot.gaps.filter((gap) => gap.operation === "organizations:ListPolicies");
  const { policies } = snapshot.organization;
  return {
    tree: snapshot.gaps.some(isTreeGap),
    policies: (type) =>
      policies === undefined ||
      listings.some((gap) => !/[A-Z]+_/.test(gap.subject) || gap.subject.split("/").includes(type)),
  };
}

function isTreeGap(gap: Gap): boolean {
  return treeOperations.has(gap.operation);
}
