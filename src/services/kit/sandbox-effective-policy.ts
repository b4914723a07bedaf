import type { AccountId } from "../../core/identifiers.ts";
import { isJsonObject, type JsonObject } from "../../core/json.ts";
import type { ManagementPolicyType } from "../../core/policy-type.ts";
import { effectivePolicy } from "../../policy/inheritance.ts";
import { attachedTo } from "../organizations/sandbox/model.ts";
import { chainOf } from "../organizations/sandbox/names.ts";
import type { OrganizationRecord } from "../organizations/sandbox/state.ts";

/** Whether a policy type is enabled in an organization. */
export function hasPolicyType(organization: OrganizationRecord, type: string): boolean {
  return organization.root.policyTypes.get(type) === "ENABLED";
}

/**
 * The effective policy of a type for an account, operators resolved; `undefined` when the type is
 * not enabled, no policy is attached on the way to the account, or what there is is invalid.
 */
export function effectiveSettings(
  organization: OrganizationRecord,
  account: AccountId,
  type: ManagementPolicyType,
): JsonObject | undefined {
  if (!hasPolicyType(organization, type)) return undefined;
  const levels = chainOf(organization, account).map((id) => ({
    id,
    policies: attachedTo(organization, id, type).map((policyId) => ({
      id: policyId,
      content: organization.policies.get(policyId)?.content ?? "",
    })),
  }));
  const { content, errors } = effectivePolicy(type, levels);
  if (content === undefined || errors.length > 0) return undefined;
  const settings: unknown = JSON.parse(content);
  return isJsonObject(settings) ? settings : undefined;
}
