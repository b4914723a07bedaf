import type { ManagementPolicyFacts, ManagementShape } from "../data/management-policy-types.ts";
import type { MergeNode } from "./inheritance-merge.ts";

/** Why an effective policy is invalid. */
export interface EffectivePolicyError {
  /** Keys from the top, joined by `/`. */
  readonly path: string;
  /**
   * `ELEMENTS_TOO_MANY` is AWS's. AWS publishes no list of the others; `MALFORMED_POLICY`,
   * `ELEMENT_MISSING` and `VALUE_INVALID` are orgrail's words.
   */
  readonly code: "ELEMENTS_TOO_MANY" | "ELEMENT_MISSING" | "VALUE_INVALID" | "MALFORMED_POLICY";
  readonly message: string;
  /** Ids of the policies that contribute to the place of the error. */
  readonly policyIds: readonly string[];
}

/**
 * Finds what keeps a merged policy from working: keys that are missing, more of them than AWS
 * takes, values that a closed type does not have.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/invalid-policy-alerts.html
 */
export function effectivePolicyErrors(
  facts: ManagementPolicyFacts,
  root: MergeNode,
): readonly EffectivePolicyError[] {
  const errors: EffectivePolicyError[] = [];
  const top = facts.topKey === undefined ? undefined : root.children.get(facts.topKey);
  if (top !== undefined && facts.topKey !== undefined) {
    check(top, facts.shape, [facts.topKey], facts, errors);
  }
  return errors;
}

function check(
  node: MergeNode,
  shape: ManagementShape,
  path: readonly string[],
  facts: ManagementPolicyFacts,
  errors: EffectivePolicyError[],
): void {
  switch (shape.kind) {
    case "any":
      return;
    case "value":
    case "list": {
      const unlisted = unlistedValue(node, shape.values);
      if (facts.closed && unlisted !== undefined) {
        errors.push({
          path: path.join("/"),
          code: "VALUE_INVALID",
          message: `'${unlisted}' is not a value of '${path.at(-1)}'`,
          policyIds: contributors(node),
        });
      }
      return;
    }
    case "map": {
      const named = [...node.children].filter(([, child]) => hasContent(child));
      if (shape.most !== undefined && named.length > shape.most) {
        errors.push({
          path: path.join("/"),
          code: "ELEMENTS_TOO_MANY",
          message: `'${path.at(-1)}' exceeds the allowed maximum limit ${shape.most}`,
          policyIds: contributors(node),
        });
      }
      for (const [key, child] of named) check(child, shape.member, [...path, key], facts, errors);
      return;
    }
    case "object": {
      for (const key of shape.required ?? []) {
        const child = node.children.get(key);
        if (child !== undefined && (hasContent(child) || Array.isArray(child.value))) continue;
        errors.push({
          path: [...path, key].join("/"),
          code: "ELEMENT_MISSING",
          message: `'${key}' is required in '${path.at(-1)}'`,
          policyIds: contributors(node),
        });
      }
      for (const [key, child] of node.children) {
        const member = Object.hasOwn(shape.members, key) ? shape.members[key] : undefined;
        if (member !== undefined && hasContent(child)) {
          check(child, member, [...path, key], facts, errors);
        }
      }
    }
  }
}

function unlistedValue(node: MergeNode, values: readonly string[] | undefined): string | undefined {
  if (values === undefined || node.value === undefined) return undefined;
  const given: readonly unknown[] = Array.isArray(node.value) ? node.value : [node.value];
  const unlisted = given.find((item) => typeof item !== "string" || !values.includes(item));
  return unlisted === undefined ? undefined : String(unlisted);
}

function hasContent(node: MergeNode): boolean {
  if (node.value !== undefined) return true;
  for (const child of node.children.values()) if (hasContent(child)) return true;
  return false;
}

/** Policies that set anything at or below a node, sorted. */
function contributors(node: MergeNode): readonly string[] {
  const ids = new Set<string>();
  const collect = (current: MergeNode): void => {
    for (const id of current.policyIds) ids.add(id);
    for (const child of current.children.values()) collect(child);
  };
  collect(node);
  return [...ids].sort();
}
