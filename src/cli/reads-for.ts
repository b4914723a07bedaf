import type { Desired } from "../core/desired.ts";
import type { Plan } from "../core/plan.ts";
import type { OrganizationState, Snapshot } from "../core/snapshot.ts";
import type { CollectOptions } from "../engine/collect.ts";
import { accountAddress, policyAddress, unitAddress } from "../plan/address.ts";
import { plan } from "../plan/plan.ts";

/**
 * What a plan of a configuration needs to read beside the lists: tags and contacts cost calls for
 * each resource, so they are read for those only of which the file gives them. Which these are is
 * told by a first plan, made without them once the lists are there.
 */
export function readsFor(
  desired: Desired,
): Required<Pick<CollectOptions, "tags" | "alternateContacts">> {
  let first: { readonly organization: OrganizationState; readonly plan: Plan } | undefined;
  const firstPlan = (organization: OrganizationState): Plan => {
    if (first?.organization !== organization) {
      first = { organization, plan: plan(desired, listsOf(organization)) };
    }
    return first.plan;
  };
  const withTags = [
    ...(desired.rootTags === undefined ? [] : ["root"]),
    ...desired.organizationalUnits
      .filter(({ tags }) => tags !== undefined)
      .map(({ path }) => unitAddress(path)),
    ...desired.accounts
      .filter(({ tags }) => tags !== undefined)
      .map(({ name }) => accountAddress(name)),
    ...desired.policies
      .filter(({ tags }) => tags !== undefined)
      .map(({ type, name }) => policyAddress(type, name)),
  ];
  const withContacts = desired.accounts
    .filter(({ alternateContacts }) => alternateContacts !== undefined)
    .map(({ name }) => accountAddress(name));
  return {
    tags:
      desired.ownership.tags === "ignore"
        ? "none"
        : (organization) => {
            const made = firstPlan(organization);
            const ids = idsOf(made, withTags);
            for (const id of carriedUnits(made)) ids.add(id);
            if (desired.resourcePolicy?.tags !== undefined && organization.resourcePolicy) {
              ids.add(organization.resourcePolicy.id);
            }
            return ids;
          },
    alternateContacts:
      withContacts.length === 0
        ? "none"
        : (organization) => idsOf(firstPlan(organization), withContacts),
  };
}

function idsOf(made: Plan, addresses: readonly string[]): Set<string> {
  return new Set(addresses.flatMap((address) => made.ids[address] ?? []));
}

/** Units that are made anew elsewhere: their tags go along. */
function carriedUnits(made: Plan): string[] {
  return made.changes
    .filter(({ operation }) => operation === "DeleteOrganizationalUnit")
    .map(({ input }) => input.OrganizationalUnitId)
    .filter((id) => typeof id === "string");
}

function listsOf(organization: OrganizationState): Snapshot {
  const account = organization.managementAccountId;
  return {
    schemaVersion: 1,
    takenAt: "1970-01-01T00:00:00.000Z",
    caller: { account, arn: `arn:aws:iam::${account}:root`, standing: "management" },
    organization,
    gaps: [],
  };
}
