import { alternateContactTypes } from "../../src/core/snapshot.ts";
import { accountsSlot } from "../../src/sandbox/accounts.ts";
import type { World } from "../../src/sandbox/world.ts";
import { accountState } from "../../src/services/account/sandbox/state.ts";
import { organizationsSlot } from "../../src/services/organizations/sandbox/state.ts";

/**
 * All that matters of a sandbox's organization, in one comparable form: names stand in the place of
 * ids, and every account of the world is listed, in the organization or lost outside of it.
 */
export function worldEssence(world: World): Readonly<Record<string, unknown>> {
  const state = world.state(organizationsSlot);
  const organization = [...state.organizations.values()][0];
  if (organization === undefined) return {};
  const { byId } = world.state(accountsSlot);
  const path = (id: string): string => {
    const unit = organization.units.get(id);
    return unit === undefined ? "Root" : `${path(unit.parentId)}/${unit.name}`;
  };
  const nameOf = (id: string): string => byId.get(id)?.name ?? path(id);
  const tagsOf = (tags: Map<string, string>): unknown => Object.fromEntries([...tags].sort());
  return {
    rootTags: tagsOf(organization.root.tags),
    policyTypes: [...organization.root.policyTypes].sort(),
    units: sorted([...organization.units.values()], ({ id, tags }) => [path(id), tagsOf(tags)]),
    accounts: sorted([...byId.values()], ({ id, name, email }) => {
      const member = organization.accounts.get(id);
      const contacts = alternateContactTypes.map((type) => [
        type,
        accountState(world, id).contacts.get(type) ?? null,
      ]);
      return member === undefined
        ? [name, email, "in no organization"]
        : [name, email, member.state, path(member.parentId), tagsOf(member.tags), contacts];
    }),
    policies: sorted([...organization.policies.values()], (policy) => [
      ...[policy.type, policy.name, policy.description, policy.content, tagsOf(policy.tags)],
      policy.targets.map(nameOf).sort(),
    ]),
    trustedServices: [...organization.trustedServices.keys()].sort(),
    delegated: sorted([...organization.delegatedAdministrators], ([account, services]) => [
      nameOf(account),
      [...services.keys()].sort(),
    ]),
    resourcePolicy: organization.resourcePolicy?.content,
    // A second request for an account would show here, even if AWS refused it.
    creations: sorted([...organization.creations.values()], ({ email, state: end }) => [
      email,
      end,
    ]),
  };
}

function sorted<T>(items: readonly T[], form: (item: T) => unknown): unknown[] {
  return items.map(form).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
