import type {
  CreateOrganizationalUnitCommandInput,
  CreateOrganizationalUnitCommandOutput,
  DeleteOrganizationalUnitCommandInput,
  DeleteOrganizationalUnitCommandOutput,
  DescribeOrganizationalUnitCommandInput,
  DescribeOrganizationalUnitCommandOutput,
  ListChildrenCommandInput,
  ListChildrenCommandOutput,
  ListOrganizationalUnitsForParentCommandInput,
  ListOrganizationalUnitsForParentCommandOutput,
  ListParentsCommandInput,
  ListParentsCommandOutput,
  ListRootsCommandInput,
  ListRootsCommandOutput,
  OrganizationalUnit,
  PolicyType,
  Root,
  UpdateOrganizationalUnitCommandInput,
  UpdateOrganizationalUnitCommandOutput,
} from "@aws-sdk/client-organizations";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import type { Call } from "./access.ts";
import { constraintViolation, failure } from "./errors.ts";
import { addUnit, childrenOf, freshId, removeUnit } from "./model.ts";
import { isParent, parentOf, pathOf, targetArn } from "./names.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import type { OrganizationRecord, UnitRecord } from "./state.ts";
import { checkTagCount } from "./tags.ts";
import { identifier, oneOf, tagMap, text } from "./validate.ts";

/** CreateOrganizationalUnit. */
export function createOrganizationalUnit(
  { organization, world }: Call,
  input: CreateOrganizationalUnitCommandInput,
): Served<CreateOrganizationalUnitCommandOutput> {
  const parentId = identifier(input.ParentId, "parent");
  const name = unitName(input.Name);
  const tags = checkTagCount(tagMap(input.Tags));
  if (!isParent(organization, parentId)) throw failure("ParentNotFoundException");
  if (childrenOf(organization, parentId).unitNames.has(name)) {
    throw failure("DuplicateOrganizationalUnitException");
  }
  const depth = (organization.units.get(parentId)?.depth ?? 0) + 1;
  if (depth > organizationsQuotas.organizationalUnitDepth) {
    throw constraintViolation(
      "OU_DEPTH_LIMIT_EXCEEDED",
      "You have exceeded the maximum depth of the OU tree.",
    );
  }
  if (organization.units.size >= organizationsQuotas.organizationalUnits) {
    throw constraintViolation(
      "OU_NUMBER_LIMIT_EXCEEDED",
      "You have exceeded the number of OUs that you can have in an organization.",
    );
  }
  const prefix = `ou-${organization.root.id.slice(2)}-`;
  const id = freshId(world, prefix, 8, organization.units);
  const unit: UnitRecord = { id, name, parentId, depth, tags };
  addUnit(organization, unit);
  return { OrganizationalUnit: unitOutput(organization, unit) };
}

/** UpdateOrganizationalUnit: a new name; the same name as before is no change. */
export function updateOrganizationalUnit(
  { organization }: Call,
  input: UpdateOrganizationalUnitCommandInput,
): Served<UpdateOrganizationalUnitCommandOutput> {
  const unit = findUnit(organization, input.OrganizationalUnitId);
  if (input.Name !== undefined) {
    const name = unitName(input.Name);
    const { unitNames } = childrenOf(organization, unit.parentId);
    const holder = unitNames.get(name);
    if (holder !== undefined && holder !== unit.id) {
      throw failure("DuplicateOrganizationalUnitException");
    }
    unitNames.delete(unit.name);
    unitNames.set(name, unit.id);
    unit.name = name;
  }
  return { OrganizationalUnit: unitOutput(organization, unit) };
}

/** DeleteOrganizationalUnit. */
export function deleteOrganizationalUnit(
  { organization }: Call,
  input: DeleteOrganizationalUnitCommandInput,
): Served<DeleteOrganizationalUnitCommandOutput> {
  const unit = findUnit(organization, input.OrganizationalUnitId);
  const { units, accounts } = childrenOf(organization, unit.id);
  if (units.length > 0 || accounts.length > 0) throw failure("OrganizationalUnitNotEmptyException");
  removeUnit(organization, unit);
  return {};
}

/** DescribeOrganizationalUnit. */
export function describeOrganizationalUnit(
  { organization }: Call,
  input: DescribeOrganizationalUnitCommandInput,
): Served<DescribeOrganizationalUnitCommandOutput> {
  const unit = findUnit(organization, input.OrganizationalUnitId);
  return { OrganizationalUnit: unitOutput(organization, unit) };
}

/** ListOrganizationalUnitsForParent. */
export function listOrganizationalUnitsForParent(
  call: Call,
  input: ListOrganizationalUnitsForParentCommandInput,
): Served<ListOrganizationalUnitsForParentCommandOutput> {
  const { organization } = call;
  const parentId = findParent(organization, input.ParentId);
  const { units } = childrenOf(organization, parentId);
  const { items, ...rest } = page(call, `${call.operation} ${parentId}`, units, input, (id) =>
    unitOutput(organization, findUnit(organization, id)),
  );
  return { OrganizationalUnits: items, ...rest };
}

/** ListRoots. */
export function listRoots(
  call: Call,
  input: ListRootsCommandInput,
): Served<ListRootsCommandOutput> {
  const { organization } = call;
  const { items, ...rest } = page(call, call.operation, [organization.root.id], input, () =>
    rootOutput(organization),
  );
  return { Roots: items, ...rest };
}

/** ListChildren. */
export function listChildren(
  call: Call,
  input: ListChildrenCommandInput,
): Served<ListChildrenCommandOutput> {
  const parentId = findParent(call.organization, input.ParentId);
  const type = oneOf(input.ChildType, ["ACCOUNT", "ORGANIZATIONAL_UNIT"]);
  const children = childrenOf(call.organization, parentId);
  const ids = type === "ACCOUNT" ? children.accounts : children.units;
  const list = `${call.operation} ${parentId} ${type}`;
  const { items, ...rest } = page(call, list, ids, input, (Id) => ({ Id, Type: type }));
  return { Children: items, ...rest };
}

/** ListParents: exactly one. */
export function listParents(
  call: Call,
  input: ListParentsCommandInput,
): Served<ListParentsCommandOutput> {
  const childId = identifier(input.ChildId, "child");
  const parentId = parentOf(call.organization, childId);
  if (parentId === undefined) throw failure("ChildNotFoundException");
  const list = `${call.operation} ${childId}`;
  const { items, ...rest } = page(call, list, [parentId], input, (Id) => ({
    Id,
    Type: Id.startsWith("r-") ? ("ROOT" as const) : ("ORGANIZATIONAL_UNIT" as const),
  }));
  return { Parents: items, ...rest };
}

/** The root as ListRoots, EnablePolicyType and DisablePolicyType give it. */
export function rootOutput(organization: OrganizationRecord): Root {
  const { root } = organization;
  return {
    Id: root.id,
    Arn: targetArn(organization, root.id),
    Name: root.name,
    PolicyTypes: [...root.policyTypes].map(([type, Status]) => ({
      Type: type as PolicyType,
      Status,
    })),
  };
}

/** Checks that an id names the root or a unit, and gives it back. */
export function findParent(organization: OrganizationRecord, id: string | undefined): string {
  const parentId = identifier(id, "parent");
  if (!isParent(organization, parentId)) throw failure("ParentNotFoundException");
  return parentId;
}

function findUnit(organization: OrganizationRecord, id: string | undefined): UnitRecord {
  const unit = organization.units.get(identifier(id, "unit"));
  if (unit === undefined) throw failure("OrganizationalUnitNotFoundException");
  return unit;
}

function unitName(name: string | undefined): string {
  return text(name, { maximum: organizationsQuotas.lengths.organizationalUnitName });
}

function unitOutput(organization: OrganizationRecord, unit: UnitRecord): OrganizationalUnit {
  return {
    Id: unit.id,
    Arn: targetArn(organization, unit.id),
    Name: unit.name,
    Path: pathOf(organization, unit.id),
  };
}
