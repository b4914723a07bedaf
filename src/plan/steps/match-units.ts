import type { DesiredOrganizationalUnit, OuPath } from "../../core/desired.ts";
import { ouPathKey } from "../../core/desired.ts";
import type { OrganizationalUnitState } from "../../core/snapshot.ts";
import { rootAddress, unitAddress } from "../address.ts";
import { entry, livePath, unitAtPath } from "../live.ts";
import type { Planning } from "../planning.ts";
import { freeAddress, report } from "../planning.ts";
import type { UnitFate, UnitNode, UnitTree } from "../tree.ts";
import { targetKey } from "../tree.ts";

/**
 * Finds for every organizational unit of the file the one that it is in AWS - by id, by path, by
 * former path - and says what becomes of it and of the units that the file does not name.
 */
export function matchUnits(planning: Planning): UnitTree {
  const { desired, live } = planning;
  const claims = claimUnits(planning);
  const claimed = new Set([...claims.values()].map((unit) => unit.id));
  const adopt = desired.ownership.organizationalUnits === "ignore";
  const root: UnitNode = {
    kind: "root",
    name: live.state.root.name,
    path: [],
    address: rootAddress,
    id: live.rootId,
    fate: "keep",
    ignored: false,
  };
  planning.ids.set(rootAddress, live.rootId);
  const byPath = new Map<string, UnitNode>();
  const byLiveId = new Map<string, UnitNode>([[live.rootId, root]]);
  const units: UnitNode[] = [];
  const ignoredPaths = new Set<string>();
  const removed = new Map<string, UnitNode>();
  const add = (node: UnitNode): UnitNode => {
    units.push(node);
    if (node.live !== undefined) byLiveId.set(node.live.id, node);
    (node.fate === "remove" ? removed : byPath).set(ouPathKey(node.path), node);
    return node;
  };

  const places = [...desired.organizationalUnits].sort((a, b) => a.path.length - b.path.length);
  for (const unit of places) {
    const name = unit.path.at(-1) ?? "";
    const parentKey = ouPathKey(unit.path.slice(0, -1));
    const parent =
      unit.path.length === 1
        ? root
        : (byPath.get(parentKey) ??
          removed.get(parentKey) ??
          undeclaredParent(planning, unit, root, add, claimed));
    const underIgnored = parent?.ignored === true || parent?.desired?.ignore === true;
    let found = claims.get(unit);
    if (found === undefined && parent?.live?.id !== undefined) {
      found = childNamed(planning, parent.live.id, name, claimed);
    } else if (found === undefined && parent === root) {
      found = childNamed(planning, live.rootId, name, claimed);
    }
    found ??= unit.formerPath && unclaimed(unitAtPath(live, unit.formerPath), claimed);
    if (found !== undefined) claimed.add(found.id);

    if (ignoredPaths.has(parentKey) || (underIgnored && found === undefined)) {
      ignoredPaths.add(ouPathKey(unit.path));
      continue;
    }
    if (unit.remove && found === undefined) {
      planning.compared.add(unitAddress(unit.path));
      continue;
    }
    if (parent === undefined || (parent.fate === "remove" && !unit.remove)) {
      report(
        planning,
        "error",
        "ORGRAIL3011",
        parent !== undefined
          ? `organizational unit \`${ouPathKey(unit.path)}\` stands under a unit that is removed`
          : `the parent of organizational unit \`${ouPathKey(unit.path)}\` is neither in the file nor in AWS`,
        { span: unit.span, help: "declare the parent unit, or correct the path" },
      );
      ignoredPaths.add(ouPathKey(unit.path));
      continue;
    }
    if (adopt && found === undefined) {
      report(
        planning,
        "error",
        "ORGRAIL3011",
        `organizational unit \`${ouPathKey(unit.path)}\` does not exist and organizational units are ignored`,
        { span: unit.span, help: "create it, or set `ownership.organizationalUnits: additive`" },
      );
      ignoredPaths.add(ouPathKey(unit.path));
      continue;
    }
    const fate = fateOf(unit, found, parent, adopt || underIgnored);
    const kept = fate === "keep" || fate === "remove";
    add({
      kind: "organizationalUnit",
      name: (adopt || underIgnored) && found !== undefined ? found.name : name,
      path: unit.path,
      parent: (adopt || underIgnored) && found ? (byLiveId.get(found.parentId) ?? parent) : parent,
      address: unitAddress(unit.path),
      id: kept ? found?.id : undefined,
      fate,
      ...(found === undefined ? {} : { live: found }),
      desired: unit,
      ignored: underIgnored,
    });
    planning.compared.add(unitAddress(unit.path));
    if (kept && found !== undefined) planning.ids.set(unitAddress(unit.path), found.id);
  }
  addForeign(planning, root, byLiveId, add);
  for (const node of units) {
    if (node.fate !== "replace" || node.live === undefined) continue;
    const path = livePath(live, node.live.id) ?? [node.live.name];
    const former = unitAddress(path);
    if (!planning.compared.has(former)) planning.ids.set(former, node.live.id);
  }
  checkNames(planning, units);
  return { root, byPath, byLiveId, units: parentsFirst(units), ignoredPaths };
}

/** Units claimed by id, and by former path where nothing is at the path itself. */
function claimUnits(planning: Planning): Map<DesiredOrganizationalUnit, OrganizationalUnitState> {
  const { desired, live } = planning;
  const claims = new Map<DesiredOrganizationalUnit, OrganizationalUnitState>();
  const claimed = new Set<string>();
  for (const unit of desired.organizationalUnits) {
    if (unit.id === undefined) continue;
    const found = live.unitById.get(unit.id);
    if (found !== undefined && !claimed.has(found.id)) {
      claims.set(unit, found);
      claimed.add(found.id);
    } else if (found === undefined && unitAtPath(live, unit.path) !== undefined) {
      report(
        planning,
        "warning",
        "ORGRAIL3018",
        `there is no organizational unit \`${unit.id}\`; the one at \`${ouPathKey(unit.path)}\` is taken for it`,
        { span: unit.span, help: "give its id as it is now, or leave it out to match by path" },
      );
    } else if (!unit.remove) {
      report(
        planning,
        "error",
        "ORGRAIL3010",
        found === undefined
          ? `there is no organizational unit \`${unit.id}\` in this organization`
          : `organizational unit \`${unit.id}\` is adopted twice`,
        { span: unit.span, help: "correct the id, or leave it out to match by path" },
      );
    }
  }
  // A chain of renames (A to B, B to C) frees one path after the other.
  for (let settled = false; !settled; ) {
    settled = true;
    for (const unit of desired.organizationalUnits) {
      if (claims.has(unit) || unit.formerPath === undefined) continue;
      const atPath = unclaimed(unitAtPath(live, unit.path), claimed);
      const former = unclaimed(unitAtPath(live, unit.formerPath), claimed);
      if (atPath !== undefined || former === undefined) continue;
      claims.set(unit, former);
      claimed.add(former.id);
      settled = false;
    }
  }
  return claims;
}

function unclaimed(
  unit: OrganizationalUnitState | undefined,
  claimed: ReadonlySet<string>,
): OrganizationalUnitState | undefined {
  return unit === undefined || claimed.has(unit.id) ? undefined : unit;
}

function childNamed(
  planning: Planning,
  parentId: string,
  name: string,
  claimed: ReadonlySet<string>,
): OrganizationalUnitState | undefined {
  const matches = (planning.live.unitsIn.get(parentId) ?? []).filter(
    (unit) => unit.name === name && !claimed.has(unit.id),
  );
  return matches[0];
}

/** A parent that the file does not declare: taken as it stands in AWS, with its own parents. */
function undeclaredParent(
  planning: Planning,
  unit: DesiredOrganizationalUnit,
  root: UnitNode,
  add: (node: UnitNode) => UnitNode,
  claimed: Set<string>,
): UnitNode | undefined {
  let parent = root;
  for (let depth = 1; depth < unit.path.length; depth++) {
    const path: OuPath = unit.path.slice(0, depth);
    const live = unclaimed(unitAtPath(planning.live, path), claimed);
    if (live === undefined) return undefined;
    claimed.add(live.id);
    parent = add(keptUnit(planning, live, parent));
  }
  return parent;
}

function keptUnit(
  planning: Planning,
  live: OrganizationalUnitState,
  parent: UnitNode,
  fate: UnitFate = "keep",
): UnitNode {
  const path = [...parent.path, live.name];
  const kept = fate !== "replace";
  const address = kept ? freeAddress(planning, unitAddress(path), live.id) : unitAddress(path);
  return {
    kind: "organizationalUnit",
    name: live.name,
    path,
    parent,
    address,
    id: kept ? live.id : undefined,
    fate,
    live,
    ignored: parent.ignored || parent.desired?.ignore === true,
  };
}

function fateOf(
  unit: DesiredOrganizationalUnit,
  found: OrganizationalUnitState | undefined,
  parent: UnitNode,
  asItIs: boolean,
): UnitFate {
  if (found === undefined) return "create";
  if (asItIs) return "keep";
  if (unit.remove) return "remove";
  return parent.id === found.parentId && parent.fate !== "replace" ? "keep" : "replace";
}

/** Units that the file does not name stay, go along with a parent that is replaced, or go. */
function addForeign(
  planning: Planning,
  root: UnitNode,
  byLiveId: ReadonlyMap<string, UnitNode>,
  add: (node: UnitNode) => UnitNode,
): void {
  const { desired, live } = planning;
  const exclusive = desired.ownership.organizationalUnits === "exclusive";
  const queue = [live.rootId];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    const parent = byLiveId.get(next) ?? root;
    for (const unit of live.unitsIn.get(next) ?? []) {
      queue.push(unit.id);
      if (byLiveId.has(unit.id)) continue;
      const ignored = parent.ignored || parent.desired?.ignore === true;
      const fate = ignored
        ? "keep"
        : exclusive
          ? "remove"
          : parent.fate === "replace"
            ? "replace"
            : "keep";
      const node = add(keptUnit(planning, unit, parent, fate));
      if (fate !== "remove") planning.foreign.push({ address: node.address, id: unit.id });
    }
  }
}

function checkNames(planning: Planning, units: readonly UnitNode[]): void {
  const { live } = planning;
  for (const [parentId, siblings] of live.unitsIn) {
    const names = new Map<string, OrganizationalUnitState>();
    for (const unit of siblings) {
      const twin = names.get(unit.name);
      names.set(unit.name, unit);
      if (twin === undefined) continue;
      report(
        planning,
        "error",
        "ORGRAIL3012",
        `AWS shows two organizational units named \`${unit.name}\` under ${parentId}: ${twin.id} and ${unit.id}`,
        { help: "rename one of them, or read AWS again" },
      );
    }
  }
  const taken = new Map<string, Map<string, UnitNode>>();
  for (const node of units) {
    if (node.parent === undefined || node.fate === "remove") continue;
    const siblings = entry(taken, targetKey(node.parent), () => new Map<string, UnitNode>());
    const twin = siblings.get(node.name);
    siblings.set(node.name, node);
    if (twin === undefined || (twin.desired === undefined && node.desired === undefined)) continue;
    report(
      planning,
      "error",
      "ORGRAIL3013",
      `two organizational units would be named \`${ouPathKey(node.path)}\``,
      {
        span: node.desired?.span ?? twin.desired?.span,
        detail: `${twin.live?.id ?? "a new unit"} and ${node.live?.id ?? "a new unit"}`,
        help: "give one of them another name",
      },
    );
  }
}

function parentsFirst(units: readonly UnitNode[]): UnitNode[] {
  const order: UnitNode[] = [];
  const placed = new Set<UnitNode>();
  const place = (node: UnitNode): void => {
    if (placed.has(node)) return;
    placed.add(node);
    if (node.parent !== undefined && node.parent.kind !== "root") place(node.parent);
    order.push(node);
  };
  for (const unit of units) place(unit);
  return order;
}
