import type { Json, JsonObject } from "../core/json.ts";
import type { Change } from "../core/plan.ts";
import { isOrganizationPolicyType } from "../core/policy-type.ts";
import type { AlternateContactType, Tags } from "../core/snapshot.ts";
import { organizationsQuotas } from "../data/organizations-quotas.ts";
import { protectedPolicies } from "../data/protected-policies.ts";
import { entry } from "./live.ts";
import type { SimulatedWorld } from "./simulated-world.ts";
import { attachedOfType, chainIn, isTypeEnabled, policyName, unitName } from "./simulated-world.ts";

/** What an operation did: refused with a reason, or the id of what it made. */
export type Outcome =
  | { readonly refused: string; readonly id?: undefined }
  | { readonly id?: string; readonly refused?: undefined };

type Operation = (world: SimulatedWorld, input: Fields, id: string) => Outcome | undefined;

/** Members of an input, as text. */
interface Fields {
  text(name: string): string;
  optional(name: string): string | undefined;
  readonly json: JsonObject;
}

/** Does one operation, by AWS's rules. */
export function simulateOperation(
  world: SimulatedWorld,
  change: Change,
  input: JsonObject,
  id: string,
): Outcome | undefined {
  const operation = operations[change.operation];
  if (operation === undefined) return refuse(`unknown operation ${change.operation}`);
  return operation(world, fieldsOf(input), id);
}

const operations: Readonly<Record<string, Operation>> = {
  CreateOrganizationalUnit: (world, input, id) => {
    const parentId = input.text("ParentId");
    const name = input.text("Name");
    if (parentId !== world.rootId && !world.units.has(parentId)) return refuse("no such parent");
    if (world.taken.has(unitName(parentId, name))) return refuse("duplicate organizational unit");
    if (chainIn(world, parentId).length > organizationsQuotas.organizationalUnitDepth) {
      return refuse("too deep");
    }
    if (world.units.size >= organizationsQuotas.organizationalUnits)
      return refuse("too many units");
    const arn = `arn:aws:organizations::${world.managementAccountId}:ou/${world.organizationId}/${id}`;
    world.units.set(id, { id, arn, name, parentId, tags: tagsOf(input.json) });
    world.taken.add(unitName(parentId, name));
    fill(world, parentId, 1);
    attachAtBirth(world, id);
    return { id };
  },
  UpdateOrganizationalUnit: (world, input) => {
    const unit = world.units.get(input.text("OrganizationalUnitId"));
    if (unit === undefined) return refuse("no such unit");
    const name = input.text("Name");
    if (world.taken.has(unitName(unit.parentId, name))) {
      return refuse("duplicate organizational unit");
    }
    world.taken.delete(unitName(unit.parentId, unit.name));
    world.taken.add(unitName(unit.parentId, name));
    world.units.set(unit.id, { ...unit, name });
    return undefined;
  },
  DeleteOrganizationalUnit: (world, input) => {
    const unit = world.units.get(input.text("OrganizationalUnitId"));
    if (unit === undefined) return refuse("no such unit");
    if ((world.filled.get(unit.id) ?? 0) > 0) return refuse("organizational unit not empty");
    world.units.delete(unit.id);
    world.attached.delete(unit.id);
    world.taken.delete(unitName(unit.parentId, unit.name));
    fill(world, unit.parentId, -1);
    return undefined;
  },
  CreateAccount: (world, input, id) => {
    const email = input.text("Email");
    const name = input.text("AccountName");
    if (world.taken.has(email.toLowerCase())) return refuse("e-mail in use");
    world.taken.add(email.toLowerCase());
    fill(world, world.rootId, 1);
    const arn = `arn:aws:organizations::${world.managementAccountId}:account/${world.organizationId}/${id}`;
    world.accounts.set(id, {
      id,
      arn,
      name,
      email,
      state: "ACTIVE",
      joinedMethod: "CREATED",
      joinedAt: "2026-01-01T00:00:00.000Z",
      parentId: world.rootId,
      tags: tagsOf(input.json),
      alternateContacts: { BILLING: null, OPERATIONS: null, SECURITY: null },
    });
    attachAtBirth(world, id);
    return { id };
  },
  MoveAccount: (world, input) => {
    const account = world.accounts.get(input.text("AccountId"));
    const parentId = input.text("DestinationParentId");
    if (account === undefined) return refuse("no such account");
    if (account.parentId !== input.text("SourceParentId")) return refuse("not in source parent");
    if (parentId !== world.rootId && !world.units.has(parentId)) return refuse("no such parent");
    if (account.state !== "ACTIVE") return refuse("account not active");
    world.accounts.set(account.id, { ...account, parentId });
    fill(world, account.parentId, -1);
    fill(world, parentId, 1);
    return undefined;
  },
  CloseAccount: (world, input) => {
    const account = world.accounts.get(input.text("AccountId"));
    if (account?.state !== "ACTIVE") return refuse("account not active");
    if (account.id === world.managementAccountId) return refuse("management account");
    world.accounts.set(account.id, { ...account, state: "CLOSED" });
    return undefined;
  },
  CreatePolicy: (world, input, id) => {
    const [type, name] = [input.text("Type"), input.text("Name")];
    if (world.taken.has(policyName(type, name))) return refuse("duplicate policy");
    world.taken.add(policyName(type, name));
    const arn = `arn:aws:organizations::${world.managementAccountId}:policy/${world.organizationId}/${type.toLowerCase()}/${id}`;
    const description = input.text("Description");
    const content = input.text("Content");
    const tags = tagsOf(input.json);
    world.policies.set(id, {
      ...{ id, arn, name, description, type, awsManaged: false, content, targets: [], tags },
    });
    return { id };
  },
  UpdatePolicy: (world, input) => {
    const policy = world.policies.get(input.text("PolicyId"));
    if (policy === undefined || policy.awsManaged) return refuse("no such policy to change");
    const name = input.optional("Name") ?? policy.name;
    if (name !== policy.name) {
      if (world.taken.has(policyName(policy.type, name))) return refuse("duplicate policy");
      world.taken.delete(policyName(policy.type, policy.name));
      world.taken.add(policyName(policy.type, name));
    }
    const description = input.optional("Description") ?? policy.description;
    const content = input.optional("Content") ?? policy.content;
    world.policies.set(policy.id, {
      ...policy,
      name,
      description,
      ...(content === undefined ? {} : { content }),
    });
    return undefined;
  },
  DeletePolicy: (world, input) => {
    const policy = world.policies.get(input.text("PolicyId"));
    if (policy === undefined || policy.awsManaged) return refuse("no such policy to delete");
    for (const ids of world.attached.values()) {
      if (ids.has(policy.id)) return refuse("policy in use");
    }
    world.policies.delete(policy.id);
    world.taken.delete(policyName(policy.type, policy.name));
    return undefined;
  },
  AttachPolicy: (world, input) => {
    const target = input.text("TargetId");
    const policy = world.policies.get(input.text("PolicyId"));
    if (policy === undefined) return refuse("no such policy");
    const exists = target === world.rootId || world.units.has(target) || world.accounts.has(target);
    if (!exists) return refuse("no such target");
    if (!isTypeEnabled(world, policy.type)) return refuse("policy type not enabled");
    const there = attachedOfType(world, target, policy.type);
    if (there.includes(policy.id)) return refuse("duplicate attachment");
    if (there.length >= limits(policy.type).maximum) return refuse("too many policies at target");
    entry(world.attached, target, () => new Set<string>()).add(policy.id);
    return undefined;
  },
  DetachPolicy: (world, input) => {
    const target = input.text("TargetId");
    const policy = world.policies.get(input.text("PolicyId"));
    if (policy === undefined) return refuse("no such policy");
    const there = attachedOfType(world, target, policy.type);
    if (!there.includes(policy.id)) return refuse("not attached");
    if (there.length <= limits(policy.type).minimum) return refuse("last policy at target");
    if (protectedPolicies.attachedAtBirth[policy.type]?.detachable === false && policy.awsManaged) {
      return refuse("not detachable");
    }
    world.attached.get(target)?.delete(policy.id);
    return undefined;
  },
  EnablePolicyType: (world, input) => {
    const type = input.text("PolicyType");
    if (isTypeEnabled(world, type)) return refuse("enabled already");
    const others = world.root.policyTypes.filter((state) => state.type !== type);
    world.root = { ...world.root, policyTypes: [...others, { type, status: "ENABLED" }] };
    const birth = protectedPolicies.attachedAtBirth[type]?.id;
    if (birth === undefined || !world.policies.has(birth)) return undefined;
    for (const id of [world.rootId, ...world.units.keys(), ...world.accounts.keys()]) {
      entry(world.attached, id, () => new Set<string>()).add(birth);
    }
    return undefined;
  },
  DisablePolicyType: (world, input) => {
    const type = input.text("PolicyType");
    if (!isTypeEnabled(world, type)) return refuse("not enabled");
    const policyTypes = world.root.policyTypes.filter((state) => state.type !== type);
    world.root = { ...world.root, policyTypes };
    for (const target of world.attached.keys()) {
      for (const id of attachedOfType(world, target, type)) world.attached.get(target)?.delete(id);
    }
    return undefined;
  },
  EnableAWSServiceAccess: (world, input) => {
    world.trustedAccess.add(input.text("ServicePrincipal"));
    return undefined;
  },
  DisableAWSServiceAccess: (world, input) => {
    const principal = input.text("ServicePrincipal");
    for (const services of world.delegated.values()) {
      if (services.has(principal)) return refuse("has delegated administrators");
    }
    world.trustedAccess.delete(principal);
    return undefined;
  },
  RegisterDelegatedAdministrator: (world, input) => {
    const principal = input.text("ServicePrincipal");
    const account = input.text("AccountId");
    if (account === world.managementAccountId) return refuse("management account");
    if (world.accounts.get(account)?.state !== "ACTIVE") return refuse("no such active account");
    if (!world.trustedAccess.has(principal)) return refuse("service access not enabled");
    const services = entry(world.delegated, account, () => new Set<string>());
    if (services.has(principal)) return refuse("registered already");
    services.add(principal);
    return undefined;
  },
  DeregisterDelegatedAdministrator: (world, input) => {
    const services = world.delegated.get(input.text("AccountId"));
    if (!services?.delete(input.text("ServicePrincipal"))) return refuse("not registered");
    return undefined;
  },
  PutResourcePolicy: (world, input) => {
    const id = world.resourcePolicy?.id ?? "rp-00000001";
    const arn = `arn:aws:organizations::${world.managementAccountId}:resourcepolicy/${world.organizationId}/${id}`;
    const tags = world.resourcePolicy?.tags ?? tagsOf(input.json);
    world.resourcePolicy = { id, arn, content: input.text("Content"), tags };
    return undefined;
  },
  DeleteResourcePolicy: (world) => {
    if (!world.resourcePolicy) return refuse("no resource policy");
    world.resourcePolicy = null;
    return undefined;
  },
  TagResource: (world, input) =>
    retag(world, input.text("ResourceId"), (tags) => ({ ...tags, ...tagsOf(input.json) })),
  UntagResource: (world, input) => {
    const keys = input.json.TagKeys as readonly Json[];
    return retag(world, input.text("ResourceId"), (tags) =>
      Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key))),
    );
  },
  PutAlternateContact: (world, input) =>
    setContact(world, input, {
      name: input.text("Name"),
      title: input.text("Title"),
      emailAddress: input.text("EmailAddress"),
      phoneNumber: input.text("PhoneNumber"),
    }),
  DeleteAlternateContact: (world, input) => setContact(world, input, null),
};

function refuse(why: string): Outcome {
  return { refused: why };
}

function fieldsOf(json: JsonObject): Fields {
  const optional = (name: string): string | undefined => {
    const member = json[name];
    return typeof member === "string" ? member : undefined;
  };
  return { json, optional, text: (name) => optional(name) ?? "" };
}

function fill(world: SimulatedWorld, parentId: string, more: number): void {
  world.filled.set(parentId, (world.filled.get(parentId) ?? 0) + more);
}

function attachAtBirth(world: SimulatedWorld, id: string): void {
  for (const [type, policy] of Object.entries(protectedPolicies.attachedAtBirth)) {
    if (!isTypeEnabled(world, type) || !world.policies.has(policy.id)) continue;
    entry(world.attached, id, () => new Set<string>()).add(policy.id);
  }
}

function limits(type: string): { maximum: number; minimum: number } {
  if (!isOrganizationPolicyType(type)) return { maximum: 0, minimum: 0 };
  const { maximumPerTarget, minimumPerTarget } = organizationsQuotas.policyTypes[type];
  return { maximum: maximumPerTarget, minimum: minimumPerTarget };
}

function tagsOf(input: JsonObject): Tags {
  const list = (input.Tags ?? []) as readonly { Key: string; Value: string }[];
  return Object.fromEntries(list.map(({ Key, Value }) => [Key, Value]));
}

function retag(
  world: SimulatedWorld,
  id: string,
  change: (tags: Tags) => Tags,
): Outcome | undefined {
  const unit = world.units.get(id);
  const account = world.accounts.get(id);
  const policy = world.policies.get(id);
  if (id === world.rootId) world.root = { ...world.root, tags: change(world.root.tags ?? {}) };
  else if (unit) world.units.set(id, { ...unit, tags: change(unit.tags ?? {}) });
  else if (account) world.accounts.set(id, { ...account, tags: change(account.tags ?? {}) });
  else if (policy) world.policies.set(id, { ...policy, tags: change(policy.tags ?? {}) });
  else if (world.resourcePolicy?.id === id) {
    world.resourcePolicy = {
      ...world.resourcePolicy,
      tags: change(world.resourcePolicy.tags ?? {}),
    };
  } else return refuse("no such resource");
  return undefined;
}

function setContact(
  world: SimulatedWorld,
  input: Fields,
  contact: { name: string; title: string; emailAddress: string; phoneNumber: string } | null,
): Outcome | undefined {
  const account = world.accounts.get(input.optional("AccountId") ?? world.managementAccountId);
  if (account === undefined) return refuse("no such account");
  const type = input.text("AlternateContactType") as AlternateContactType;
  const alternateContacts = { ...account.alternateContacts, [type]: contact };
  world.accounts.set(account.id, { ...account, alternateContacts });
  return undefined;
}
