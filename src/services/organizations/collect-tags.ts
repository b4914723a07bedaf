import type { OrganizationState, Tags } from "../../core/snapshot.ts";
import { type Collecting, signalOf } from "./collect-context.ts";

/** Picks resources by their ids: all, none, these, or those that a function picks once it is known
 * what there is. */
export type Selection =
  | "all"
  | "none"
  | ReadonlySet<string>
  | ((organization: OrganizationState) => ReadonlySet<string>);

/** A selection with its function called: says of an id whether it is selected. */
export function selected(
  selection: Selection,
  organization: OrganizationState,
): (id: string) => boolean {
  if (selection === "all") return () => true;
  if (selection === "none") return () => false;
  const ids = typeof selection === "function" ? selection(organization) : selection;
  return (id) => ids.has(id);
}

/**
 * Reads tags of the root, of units, accounts, policies and the resource policy, as far as selected;
 * AWS's own policies have none. Gaps: `root/tags`, `accounts/ID/tags` and the like.
 */
export async function collectTags(
  collecting: Collecting,
  organization: OrganizationState,
  selection: Selection,
): Promise<OrganizationState> {
  if (selection === "none") return organization;
  const isSelected = selected(selection, organization);
  let done = 0;
  let total = 0;
  const withTags = async <T extends { readonly id: string }>(
    resource: T,
    list: string,
  ): Promise<T> => {
    if (!isSelected(resource.id)) return resource;
    total++;
    const tags = await collecting.read(`${list}/tags`, () => readTags(collecting, resource.id));
    collecting.progress("tags", ++done, total);
    return tags === undefined ? resource : { ...resource, tags };
  };
  const all = <T extends { readonly id: string }>(
    resources: readonly T[],
    list: string,
  ): Promise<readonly T[]> =>
    Promise.all(resources.map((resource) => withTags(resource, `${list}/${resource.id}`)));

  const { policies, resourcePolicy } = organization;
  const [root, organizationalUnits, accounts, taggedPolicies, taggedResourcePolicy] =
    await Promise.all([
      withTags(organization.root, "root"),
      all(organization.organizationalUnits, "organizationalUnits"),
      all(organization.accounts, "accounts"),
      policies === undefined
        ? undefined
        : Promise.all(
            policies.map((policy) =>
              policy.awsManaged ? policy : withTags(policy, `policies/${policy.id}`),
            ),
          ),
      resourcePolicy === undefined || resourcePolicy === null
        ? resourcePolicy
        : withTags(resourcePolicy, "resourcePolicy"),
    ]);
  return {
    ...organization,
    root,
    organizationalUnits,
    accounts,
    ...(taggedPolicies === undefined ? {} : { policies: taggedPolicies }),
    ...(taggedResourcePolicy === undefined ? {} : { resourcePolicy: taggedResourcePolicy }),
  };
}

/** All tags of one resource. */
async function readTags(collecting: Collecting, resourceId: string): Promise<Tags> {
  const tags: Record<string, string> = {};
  await collecting.pool("ListTagsForResource", async () => {
    const pages = collecting.aws.pages(
      "organizations",
      "ListTagsForResource",
      { ResourceId: resourceId },
      signalOf(collecting),
    );
    for await (const { Tags: page = [] } of pages) {
      for (const { Key = "", Value = "" } of page) tags[Key] = Value;
    }
  });
  return tags;
}
