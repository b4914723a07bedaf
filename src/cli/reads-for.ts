import type { Plan } from "../core/plan.ts";
import type { OrganizationState, Snapshot } from "../core/snapshot.ts";
import { partitions } from "../data/partitions.ts";
import { regions } from "../data/regions.ts";
import type { CollectOptions } from "../engine/collect.ts";
import { accountAddress, policyAddress, unitAddress } from "../plan/address.ts";
import { plan } from "../plan/plan.ts";
import type { ReadConfig } from "./read-config.ts";

/**
 * What a plan of a configuration needs to read beside the lists: tags and contacts cost calls for
 * each resource, so they are read for those only of which the file gives them. Which these are is
 * told by a first plan, made without them once the lists are there.
 */
export function readsFor({
  desired,
  services,
}: Pick<ReadConfig, "desired" | "services">): Required<
  Pick<CollectOptions, "tags" | "alternateContacts" | "regions" | "services">
> {
  let first: { readonly organization: OrganizationState; readonly plan: Plan } | undefined;
  const firstPlan = (organization: OrganizationState): Plan => {
    if (first?.organization !== organization) {
      first = { organization, plan: plan(desired, listsOf(organization)) };
    }
    return first.plan;
  };
  const { homeRegion = partitions.list[0].globalRegion, governedRegions: governed } =
    desired.organization;
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
    regions: services.length > 0 && governed.some((region) => optIn.has(region)) ? "all" : "none",
    services: {
      services: services.map((service) => {
        const block = desired.services?.[service.id]?.block;
        return { service, ...(block === undefined ? {} : { block }) };
      }),
      homeRegion,
      governedRegions: governed.length === 0 ? [homeRegion] : governed,
      names: (organization) => accountIds(firstPlan(organization)),
    },
  };
}

const optIn: ReadonlySet<string> = new Set(
  regions.list.filter((region) => region.optIn).map(({ name }) => name),
);

function idsOf(made: Plan, addresses: readonly string[]): Set<string> {
  return new Set(addresses.flatMap((address) => made.ids[address] ?? []));
}

/** Ids of accounts by the names that the file gives them. */
function accountIds({ ids }: Plan): ReadonlyMap<string, string> {
  const prefix = accountAddress("");
  return new Map(
    Object.entries(ids).flatMap(([address, id]) =>
      address.startsWith(prefix) ? [[address.slice(prefix.length), id] as const] : [],
    ),
  );
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
