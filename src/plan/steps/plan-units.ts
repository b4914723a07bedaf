import { ouPathKey } from "../../core/desired.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { protectedPolicies } from "../../data/protected-policies.ts";
import { livePath } from "../live.ts";
import type { Draft, Planning } from "../planning.ts";
import { draft, idOrRef, needsThings, report } from "../planning.ts";
import { tagList } from "../tag-list.ts";
import type { UnitNode, UnitTree } from "../tree.ts";

/**
 * Renames units in place, makes those that are missing, makes anew those whose parent changes, and
 * deletes those that were replaced or are to be removed.
 */
export function planUnits(planning: Planning, tree: UnitTree): void {
  for (const node of tree.units) {
    if (node.fate === "create" || node.fate === "replace") createUnit(planning, node);
    else if (node.fate === "keep") renameUnit(planning, node);
  }
  // The deepest in AWS first, so that every unit is empty when its turn comes.
  const depth = (node: UnitNode): number =>
    livePath(planning.live, node.live?.id ?? "")?.length ?? 0;
  const going = tree.units.filter(({ fate }) => fate === "replace" || fate === "remove");
  for (const node of going.sort((a, b) => depth(b) - depth(a))) deleteUnit(planning, tree, node);
  for (const node of tree.units) freeName(planning, tree, node);
}

function createUnit(planning: Planning, node: UnitNode): void {
  const { parent, live } = node;
  if (parent === undefined) return;
  const depth = node.path.length;
  if (depth > organizationsQuotas.organizationalUnitDepth) {
    report(
      planning,
      "error",
      "ORGRAIL3014",
      `organizational unit \`${ouPathKey(node.path)}\` would be at depth ${depth}; AWS allows ${organizationsQuotas.organizationalUnitDepth}`,
      { span: node.desired?.span, help: "place it higher in the tree" },
    );
  }
  if (node.fate === "replace") checkReplacement(planning, node);
  const tags = { ...live?.tags, ...node.desired?.tags };
  const change = draft(planning, {
    operation: "CreateOrganizationalUnit",
    address: node.address,
    action: "create",
    input: { ParentId: idOrRef(parent), Name: node.name, ...tagList(tags) },
    before: null,
    after: { name: node.name, parentId: idOrRef(parent) },
    reason:
      node.fate === "create"
        ? "the file declares this organizational unit, and AWS has none there"
        : `AWS cannot move a unit: a new one takes the place of ${live?.id ?? "the old one"}, under ${parent.address}`,
    rank: "createUnit",
    span: node.desired?.span ?? parent.desired?.span,
  });
  needsThings(change, parent);
  node.creation = change;
}

function checkReplacement(planning: Planning, node: UnitNode): void {
  const { live, desired } = node;
  if (live === undefined) return;
  const name = `\`${ouPathKey(node.path)}\` (${live.id})`;
  const where = { span: desired?.span };
  if (desired?.id !== undefined) {
    report(
      planning,
      "warning",
      "ORGRAIL3018",
      `organizational unit ${name} gets a new id, and the file gives the old one`,
      { ...where, help: "after the apply, take `id` out of the file" },
    );
  }
  if (live.tags === undefined) {
    report(
      planning,
      "warning",
      "ORGRAIL3008",
      `the tags of organizational unit ${name} were not read; the unit that replaces it gets only those of the file`,
      { ...where, help: "see the gaps: allow the denied reads, then plan again" },
    );
  }
  if (desired?.ignore) {
    report(
      planning,
      "error",
      "ORGRAIL3019",
      `ignored organizational unit ${name} cannot be given another parent`,
      { ...where, help: "leave it where it is, or drop `ignore`" },
    );
  }
  for (const account of planning.live.accountsIn.get(live.id) ?? []) {
    if (account.state === "ACTIVE") continue;
    report(
      planning,
      "error",
      "ORGRAIL3016",
      `organizational unit ${name} cannot be given another parent: account ${account.name} (${account.id}) in it is ${account.state} and cannot be moved`,
      { ...where, help: "leave the unit where it is until AWS has removed that account" },
    );
  }
  for (const policyIds of planning.live.attached.get(live.id)?.values() ?? []) {
    for (const id of policyIds) {
      const policy = planning.live.policyById.get(id);
      const owner = protectedPolicies.namePrefixes.find(({ prefix }) =>
        policy?.name.startsWith(prefix),
      )?.owner;
      if (owner === undefined) continue;
      report(
        planning,
        "error",
        "ORGRAIL3017",
        `organizational unit ${name} is governed by ${owner} (policy ${policy?.name}), which would lose it`,
        { ...where, help: `give it another parent in ${owner}, then plan again` },
      );
    }
  }
  if (planning.snapshot.organization.policies?.every((policy) => policy.targets) !== true) {
    report(
      planning,
      "error",
      "ORGRAIL3006",
      `organizational unit ${name} cannot be given another parent: not all policies attached to it were read`,
      { ...where, help: "see the gaps: allow the denied reads, then plan again" },
    );
  }
}

function renameUnit(planning: Planning, node: UnitNode): void {
  const { live } = node;
  if (live === undefined || live.name === node.name || node.ignored) return;
  const change = draft(planning, {
    operation: "UpdateOrganizationalUnit",
    address: node.address,
    action: "update",
    input: { OrganizationalUnitId: live.id, Name: node.name },
    before: { name: live.name },
    after: { name: node.name },
    reason: "the file gives this organizational unit another name",
    rank: "renameUnit",
    span: node.desired?.span,
  });
  node.rename = change;
}

function deleteUnit(planning: Planning, tree: UnitTree, node: UnitNode): void {
  const { live } = node;
  if (live === undefined) return;
  const removing = node.fate === "remove";
  if (removing && !isEmptied(planning, tree, node)) return;
  const change = draft(planning, {
    operation: "DeleteOrganizationalUnit",
    address: node.address,
    action: "delete",
    input: { OrganizationalUnitId: live.id },
    before: { name: live.name, parentId: live.parentId },
    after: null,
    reason: removing
      ? node.desired === undefined
        ? "the file owns all organizational units and does not name this one"
        : "the file says `remove` of this organizational unit"
      : "all that was in it is in the unit that replaces it",
    rank: "deleteUnit",
    risk: "destructive",
    span: node.desired?.span,
  });
  for (const child of planning.live.unitsIn.get(live.id) ?? []) {
    const deletion = tree.byLiveId.get(child.id)?.deletion;
    if (deletion !== undefined) change.needs.add(deletion);
  }
  node.deletion = change;
}

/** Whether no unit stays in a unit that is to be removed; accounts are checked with the accounts. */
function isEmptied(planning: Planning, tree: UnitTree, node: UnitNode): boolean {
  const staying = (planning.live.unitsIn.get(node.live?.id ?? "") ?? []).filter((child) => {
    const { fate, deletion } = tree.byLiveId.get(child.id) ?? {};
    return fate === "keep" || fate === "create" || deletion === undefined;
  });
  if (staying.length === 0) return true;
  report(
    planning,
    "error",
    "ORGRAIL3015",
    `organizational unit \`${ouPathKey(node.path)}\` (${node.live?.id}) is to be removed but holds ${staying.map(({ name, id }) => `unit ${name} (${id})`).join(", ")}`,
    { span: node.desired?.span, help: "remove or move what is in it as well" },
  );
  return false;
}

/** A name can be taken only after the sibling that has it now has given it up. */
function freeName(planning: Planning, tree: UnitTree, node: UnitNode): void {
  const taker: Draft | undefined = node.creation ?? node.rename;
  const parentId = node.parent?.id;
  if (taker === undefined || parentId === undefined) return;
  for (const sibling of planning.live.unitsIn.get(parentId) ?? []) {
    if (sibling.name !== node.name || sibling.id === node.id) continue;
    const holder = tree.byLiveId.get(sibling.id);
    const freed = holder?.fate === "keep" ? holder.rename : holder?.deletion;
    if (freed !== undefined && freed !== taker) taker.needs.add(freed);
  }
}
