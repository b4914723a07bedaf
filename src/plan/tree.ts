import type { DesiredAccount, DesiredOrganizationalUnit, OuPath } from "../core/desired.ts";
import { ouPathKey } from "../core/desired.ts";
import type { OrganizationAccountState, OrganizationalUnitState } from "../core/snapshot.ts";
import type { Addressed, Draft } from "./planning.ts";

/**
 * What becomes of an organizational unit. `replace`: AWS cannot move a unit, so a new one takes the
 * place of the old one, with a new id.
 */
export type UnitFate = "keep" | "create" | "replace" | "remove";

/** The root or an organizational unit, where it will be. */
export interface UnitNode extends Addressed {
  readonly kind: "root" | "organizationalUnit";
  readonly name: string;
  readonly path: OuPath;
  /** Absent for the root. */
  readonly parent?: UnitNode;
  readonly fate: UnitFate;
  /** The unit in AWS; for `replace` the one that goes. */
  readonly live?: OrganizationalUnitState;
  readonly desired?: DesiredOrganizationalUnit;
  /** Under a unit that the file says to ignore. */
  readonly ignored: boolean;
  /** The change that renames it in place. */
  rename?: Draft;
  /** The change that deletes the unit, or the one that it replaces. */
  deletion?: Draft;
}

/** An account, where it will be. */
export interface AccountNode extends Addressed {
  readonly kind: "account";
  readonly name: string;
  readonly parent: UnitNode;
  readonly live?: OrganizationAccountState;
  readonly desired?: DesiredAccount;
  readonly ignored: boolean;
  /** The change that moves it. */
  move?: Draft;
}

/** Something that policies can be attached to. */
export type TargetNode = UnitNode | AccountNode;

/** The units of the organization as it will be. */
export interface UnitTree {
  readonly root: UnitNode;
  /** By path key. Units to be removed are not among them. */
  readonly byPath: ReadonlyMap<string, UnitNode>;
  /** By the id of the unit in AWS: what it is or what takes its place; the root among them. */
  readonly byLiveId: ReadonlyMap<string, UnitNode>;
  /** Every unit but the root, parents before children. */
  readonly units: readonly UnitNode[];
  /** Path keys of units under an ignored unit that the file names but AWS does not have. */
  readonly ignoredPaths: ReadonlySet<string>;
}

/** The unit at a path of the file. */
export function unitAt(tree: UnitTree, path: OuPath): UnitNode | undefined {
  return path.length === 0 ? tree.root : tree.byPath.get(ouPathKey(path));
}

/** A node and its ancestors up to the root, in the organization as it will be. */
export function chainOf(node: TargetNode): TargetNode[] {
  const chain: TargetNode[] = [];
  for (let at: TargetNode | undefined = node; at !== undefined; at = at.parent) chain.push(at);
  return chain;
}

/** A name that no other target has: the id in AWS, or the address of what is not there yet. */
export function targetKey(node: TargetNode): string {
  return node.id ?? node.address;
}
