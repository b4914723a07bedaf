import { canonicalJson, isJsonObject, type Json } from "../core/json.ts";
import type { ManagementPolicyType } from "../core/policy-type.ts";
import { managementPolicyTypes } from "../data/management-policy-types.ts";
import { type EffectivePolicyError, effectivePolicyErrors } from "./inheritance-errors.ts";
import {
  type IgnoredSetting,
  type MergeInput,
  type MergeNode,
  mergeLevel,
  mergeNode,
} from "./inheritance-merge.ts";

/** A management policy attached at one place of the tree. */
export interface ManagementLevel {
  /** Id of the root, organizational unit or account. */
  readonly id: string;
  /** In the order in which they were attached, which decides between conflicting assignments. */
  readonly policies: readonly { readonly id: string; readonly content: string }[];
}

/** The outcome of merging the policies of a type for one account. */
export interface EffectivePolicy {
  /**
   * The merged document as canonical JSON, operators resolved. Absent when no policy of the type
   * is attached on the way, where AWS answers `EffectivePolicyNotFoundException`.
   */
  readonly content?: string;
  /** Why the effective policy is invalid, as ListEffectivePolicyValidationErrors says it. */
  readonly errors: readonly EffectivePolicyError[];
  /** Settings that a parent's child control or a sibling's assignment keeps from taking effect. */
  readonly ignored: readonly IgnoredSetting[];
}

/**
 * Merges the management policies on the way from the root to an account into the effective policy.
 * Never throws: content that is no JSON object is an error of the policy that holds it.
 *
 * @param levels root first, account last
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_inheritance_mgmt.html
 */
export function effectivePolicy(
  type: ManagementPolicyType,
  levels: readonly ManagementLevel[],
): EffectivePolicy {
  const facts = managementPolicyTypes.types[type];
  const keyOf =
    facts.keyCase === "lower" ? (key: string) => key.toLowerCase() : (key: string) => key;
  const root = mergeNode(-1);
  const errors: EffectivePolicyError[] = [];
  const ignored: IgnoredSetting[] = [];
  let count = 0;
  for (const [level, { policies }] of levels.entries()) {
    const inputs: MergeInput[] = [];
    for (const { id, content } of policies) {
      count++;
      const document = parse(content);
      if (isJsonObject(document)) inputs.push({ policyId: id, level, document });
      else {
        const message = "the policy's content is not a JSON object";
        errors.push({ path: "", code: "MALFORMED_POLICY", message, policyIds: [id] });
      }
    }
    mergeLevel(root, inputs, keyOf, ignored);
  }
  if (count === 0) return { errors, ignored };
  return {
    content: writeMembers(root) ?? "{}",
    errors: [...errors, ...effectivePolicyErrors(facts, root)],
    ignored,
  };
}

function parse(content: string): Json | undefined {
  try {
    return JSON.parse(content) as Json;
  } catch {
    return undefined;
  }
}

/** Writes a node; `undefined` for one that holds neither a value nor anything below. */
function writeNode(node: MergeNode): string | undefined {
  if (node.value !== undefined) {
    const isEmpty = Array.isArray(node.value) && node.value.length === 0;
    // AWS: a list from which all was removed is left out; one assigned empty is kept.
    return isEmpty && node.assigned === undefined ? undefined : canonicalJson(node.value);
  }
  return writeMembers(node);
}

function writeMembers(node: MergeNode): string | undefined {
  const members: string[] = [];
  for (const key of [...node.children.keys()].sort()) {
    const child = node.children.get(key);
    const text = child === undefined ? undefined : writeNode(child);
    if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`);
  }
  return members.length === 0 ? undefined : `{${members.join(",")}}`;
}
