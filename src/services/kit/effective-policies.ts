import type { AccountId } from "../../core/identifiers.ts";
import { isJsonObject, type JsonObject } from "../../core/json.ts";
import type { ManagementPolicyType } from "../../core/policy-type.ts";
import type { OrganizationState } from "../../core/snapshot.ts";
import { effectivePolicy } from "../../policy/inheritance.ts";

/**
 * The effective policies of a type by account, computed from what was read of the organization: no
 * call is made for them. `null`: no policy bears on the account, or the type is not enabled.
 * An account is absent when it is not known, for policies or their attachments were not read.
 */
export function effectivePolicies(
  organization: OrganizationState,
  type: ManagementPolicyType,
): ReadonlyMap<AccountId, JsonObject | null> {
  const known = new Map<AccountId, JsonObject | null>();
  const isEnabled = organization.root.policyTypes.some(
    (one) => one.type === type && one.status === "ENABLED",
  );
  const policies = organization.policies?.filter((policy) => policy.type === type);
  const isRead = policies?.every(
    ({ content, targets }) => content !== undefined && targets !== undefined,
  );
  if (isEnabled && isRead !== true) return known;
  const parents = new Map(organization.organizationalUnits.map((unit) => [unit.id, unit.parentId]));
  const byPath = new Map<string, JsonObject | null>();
  for (const { id, parentId } of organization.accounts) {
    const path = [id];
    for (let at: string | undefined = parentId; at !== undefined; at = parents.get(at)) {
      path.unshift(at);
    }
    const levels = path.map((node) => ({
      id: node,
      policies: (policies ?? [])
        .filter(({ targets }) => isEnabled && targets?.includes(node) === true)
        .map((policy) => ({ id: policy.id, content: policy.content ?? "" })),
    }));
    // Most accounts of a unit have the same policies.
    const key = JSON.stringify(levels.map((level) => level.policies.map((policy) => policy.id)));
    let settings = byPath.get(key);
    if (settings === undefined) {
      settings = resolved(type, levels);
      byPath.set(key, settings);
    }
    known.set(id, settings);
  }
  return known;
}

function resolved(
  type: ManagementPolicyType,
  levels: Parameters<typeof effectivePolicy>[1],
): JsonObject | null {
  if (levels.every(({ policies }) => policies.length === 0)) return null;
  const { content, errors } = effectivePolicy(type, levels);
  if (content === undefined || errors.length > 0) return null;
  const settings: unknown = JSON.parse(content);
  return isJsonObject(settings) ? settings : null;
}

/** The value at a path in an effective policy. */
export function settingAt(policy: JsonObject | null, path: readonly string[]): unknown {
  let value: unknown = policy;
  for (const step of path) value = isJsonObject(value) ? value[step] : undefined;
  return value;
}
