import { canonicalJson, isJsonObject, type Json, type JsonObject } from "../core/json.ts";
import {
  childControlOperator,
  isOperatorKey,
  isValueOperator,
  maximumDepth,
  readChildControl,
  type ValueOperator,
  valueOperators,
} from "./inheritance-operators.ts";

/** A setting of a policy that had no effect, and why. */
export interface IgnoredSetting {
  /** Keys from the top, joined by `/`. */
  readonly path: string;
  readonly reason:
    | "notAllowedByParent"
    | "assignedBySibling"
    | "notAList"
    | "notAValue"
    | "tooDeep";
  /** The policy that holds the setting, and the ones that stand in its way. */
  readonly policyIds: readonly string[];
}

/** What has been merged so far at one key. */
export interface MergeNode {
  /** Level that first named the key: a key new at a level is not inherited there. */
  readonly level: number;
  readonly children: Map<string, MergeNode>;
  value?: Json;
  /** Level and policy of the assignment in force. */
  assigned?: { readonly level: number; readonly policyId: string };
  readonly controls: {
    readonly level: number;
    readonly allowed: ReadonlySet<ValueOperator>;
    readonly policyId: string;
  }[];
  /** Policies that set something here or set child controls. */
  readonly policyIds: Set<string>;
}

/** Makes an empty node. */
export function mergeNode(level: number): MergeNode {
  return { level, children: new Map(), controls: [], policyIds: new Set() };
}

/** One policy to merge, with its level (0 is the root's). */
export interface MergeInput {
  readonly policyId: string;
  readonly level: number;
  readonly document: JsonObject;
}

/**
 * Merges the policies of one level, in the order in which they were attached, into the tree.
 *
 * Several policies of one level: the first assignment of a value wins, values appended and removed
 * by all of them then apply to it, and the operators that all of them allow are allowed below.
 * A control that a level sets binds the levels below it, not its siblings.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/inheritance-examples.html
 */
export function mergeLevel(
  root: MergeNode,
  policies: readonly MergeInput[],
  keyOf: (key: string) => string,
  ignored: IgnoredSetting[],
): void {
  for (const operator of valueOperators) {
    for (const policy of policies) {
      const context: MergeContext = { policy, operator, keyOf, ignored };
      mergeObject(root, policy.document, [], context);
    }
  }
}

interface MergeContext {
  readonly policy: MergeInput;
  /** The operator of this pass: assignments first, then additions, then removals. */
  readonly operator: ValueOperator;
  readonly keyOf: (key: string) => string;
  readonly ignored: IgnoredSetting[];
}

function mergeObject(
  node: MergeNode,
  source: JsonObject,
  path: readonly string[],
  context: MergeContext,
): void {
  const { policy, operator } = context;
  const isFirstPass = operator === valueOperators[0];
  if (path.length > maximumDepth) {
    if (isFirstPass) ignore(path, "tooDeep", context);
    return;
  }
  for (const [key, member] of Object.entries(source)) {
    if (key === childControlOperator) {
      const allowed = readChildControl(words(member));
      if (!isFirstPass || allowed === undefined) continue;
      node.controls.push({ level: policy.level, allowed, policyId: policy.policyId });
      node.policyIds.add(policy.policyId);
    } else if (isValueOperator(key)) {
      if (key === operator) setValue(node, member, path, context);
    } else if (!isOperatorKey(key) && isJsonObject(member)) {
      const name = context.keyOf(key);
      const child = node.children.get(name);
      if (child !== undefined && child.level < policy.level) {
        mergeObject(child, member, [...path, name], context);
        continue;
      }
      // AWS: a control on a key also says whether the policies below may add keys under it.
      const blockers = blocking(node, policy.level, ["@@assign", "@@append"]);
      if (blockers.length > 0) {
        if (isFirstPass) ignore([...path, name], "notAllowedByParent", context, blockers);
        continue;
      }
      const added = child ?? mergeNode(policy.level);
      if (child === undefined) node.children.set(name, added);
      mergeObject(added, member, [...path, name], context);
    }
  }
}

function setValue(
  node: MergeNode,
  value: Json,
  path: readonly string[],
  context: MergeContext,
): void {
  const { policy, operator } = context;
  if (!isSettable(value)) {
    ignore(path, "notAValue", context);
    return;
  }
  const blockers = blocking(node, policy.level, [operator]);
  if (blockers.length > 0) {
    ignore(path, "notAllowedByParent", context, blockers);
    return;
  }
  if (operator === "@@assign") {
    const before = node.assigned;
    if (before?.level === policy.level) {
      if (canonicalJson(node.value) !== canonicalJson(value)) {
        ignore(path, "assignedBySibling", context, [before.policyId]);
      }
      return;
    }
    node.value = value;
    node.assigned = { level: policy.level, policyId: policy.policyId };
    node.policyIds.clear();
    for (const control of node.controls) node.policyIds.add(control.policyId);
    node.policyIds.add(policy.policyId);
    return;
  }
  const inherited = node.value;
  if ((inherited !== undefined && !Array.isArray(inherited)) || !Array.isArray(value)) {
    ignore(path, "notAList", context, node.assigned === undefined ? [] : [node.assigned.policyId]);
    return;
  }
  const list: readonly Json[] = Array.isArray(inherited) ? inherited : [];
  const named = new Set(value.map((item) => canonicalJson(item)));
  if (operator === "@@remove") {
    if (inherited !== undefined) {
      node.value = list.filter((item) => !named.has(canonicalJson(item)));
      node.policyIds.add(policy.policyId);
    }
    return;
  }
  const present = new Set(list.map((item) => canonicalJson(item)));
  const added = value.filter((item) => {
    const text = canonicalJson(item);
    if (present.has(text)) return false;
    present.add(text);
    return true;
  });
  node.value = [...list, ...added];
  node.policyIds.add(policy.policyId);
}

/** Settings hold plain values and lists of them; AWS refuses objects, which could hold operators. */
function isSettable(value: Json): boolean {
  const items: readonly Json[] = Array.isArray(value) ? value : [value];
  return items.every((item) => item === null || typeof item !== "object");
}

/** The policies of levels above that forbid all of the given operators at a node. */
function blocking(
  node: MergeNode,
  level: number,
  operators: readonly ValueOperator[],
): readonly string[] {
  const above = node.controls.filter((control) => control.level < level);
  const isAllowed = operators.some((operator) =>
    above.every((control) => control.allowed.has(operator)),
  );
  if (isAllowed) return [];
  return above
    .filter((control) => !operators.every((operator) => control.allowed.has(operator)))
    .map((control) => control.policyId);
}

function ignore(
  path: readonly string[],
  reason: IgnoredSetting["reason"],
  context: MergeContext,
  others: readonly string[] = [],
): void {
  const policyIds = [...new Set([context.policy.policyId, ...others])];
  context.ignored.push({ path: path.join("/"), reason, policyIds });
}

function words(value: Json): readonly string[] {
  const list = Array.isArray(value) ? value : [value];
  // A word that is no string makes the whole control unreadable, which the empty word says.
  return list.map((item) => (typeof item === "string" ? item : ""));
}
