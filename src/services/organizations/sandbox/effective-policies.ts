import type {
  DescribeEffectivePolicyCommandInput,
  DescribeEffectivePolicyCommandOutput,
  ListAccountsWithInvalidEffectivePolicyCommandInput,
  ListAccountsWithInvalidEffectivePolicyCommandOutput,
  ListEffectivePolicyValidationErrorsCommandInput,
  ListEffectivePolicyValidationErrorsCommandOutput,
} from "@aws-sdk/client-organizations";
import {
  isManagementPolicyType,
  type ManagementPolicyType,
  organizationPolicyTypes,
} from "../../../core/policy-type.ts";
import {
  type EffectivePolicy,
  effectivePolicy,
  type ManagementLevel,
} from "../../../policy/inheritance.ts";
import type { Call } from "./access.ts";
import { accountOutput, findMember } from "./accounts.ts";
import { accessDenied, failure, invalidInput } from "./errors.ts";
import { attachedTo } from "./model.ts";
import { chainOf, pathOf } from "./names.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import type { OrganizationRecord } from "./state.ts";
import { identifier, oneOf, patterns } from "./validate.ts";

const effectivePolicyTypes = organizationPolicyTypes.filter(isManagementPolicyType);

/** DescribeEffectivePolicy: of the caller's own account, of others for who may read them. */
export function describeEffectivePolicy(
  { organization, caller, standing }: Call,
  input: DescribeEffectivePolicyCommandInput,
): Served<DescribeEffectivePolicyCommandOutput> {
  const type = effectivePolicyType(input.PolicyType);
  const targetId =
    input.TargetId === undefined ? caller.account : identifier(input.TargetId, "target");
  if (standing === "member" && targetId !== caller.account) throw accessDenied();
  if (!patterns.account.test(targetId)) {
    throw invalidInput(
      "TARGET_NOT_SUPPORTED",
      "You can't perform the specified operation on that target entity.",
    );
  }
  if (!organization.accounts.has(targetId)) throw failure("TargetNotFoundException");
  const levels = levelsOf(organization, targetId, type);
  const { content } = effective(organization, type, levels);
  return {
    EffectivePolicy: {
      PolicyContent: content,
      LastUpdatedTimestamp: new Date(lastUpdate(organization, levels)),
      TargetId: targetId,
      PolicyType: type,
    },
  };
}

/** ListAccountsWithInvalidEffectivePolicy. */
export function listAccountsWithInvalidEffectivePolicy(
  call: Call,
  input: ListAccountsWithInvalidEffectivePolicyCommandInput,
): Served<ListAccountsWithInvalidEffectivePolicyCommandOutput> {
  const { organization, world } = call;
  const type = effectivePolicyType(input.PolicyType);
  if (!organization.root.policyTypes.has(type)) throw failure("EffectivePolicyNotFoundException");
  const ids = accountsWithInvalidPolicy(organization, type);
  const { items, ...rest } = page(call, `${call.operation} ${type}`, ids, input, (id) =>
    accountOutput(world, organization, findMember(organization, id)),
  );
  return { Accounts: items, PolicyType: type, ...rest };
}

/** ListEffectivePolicyValidationErrors. */
export function listEffectivePolicyValidationErrors(
  call: Call,
  input: ListEffectivePolicyValidationErrorsCommandInput,
): Served<ListEffectivePolicyValidationErrorsCommandOutput> {
  const { organization } = call;
  const { id } = findMember(organization, input.AccountId);
  const type = effectivePolicyType(input.PolicyType);
  const levels = levelsOf(organization, id, type);
  const { errors } = effective(organization, type, levels);
  const positions = errors.map((_, index) => `${index}`);
  const list = `${call.operation} ${id} ${type}`;
  const { items, ...rest } = page(call, list, positions, input, (position) => {
    const error = errors[Number(position)];
    return {
      ErrorCode: error?.code,
      ErrorMessage: error?.message,
      PathToError: error?.path,
      ContributingPolicies: [...(error?.policyIds ?? [])],
    };
  });
  return {
    AccountId: id,
    PolicyType: type,
    Path: pathOf(organization, id),
    EvaluationTimestamp: new Date(lastUpdate(organization, levels)),
    EffectivePolicyValidationErrors: items,
    ...rest,
  };
}

function effectivePolicyType(value: string | undefined): ManagementPolicyType {
  return oneOf(value, effectivePolicyTypes, "INVALID_ENUM_POLICY_TYPE");
}

function effective(
  organization: OrganizationRecord,
  type: ManagementPolicyType,
  levels: readonly ManagementLevel[],
): EffectivePolicy {
  const merged = effectivePolicy(type, levels);
  if (!organization.root.policyTypes.has(type) || merged.content === undefined) {
    throw failure("EffectivePolicyNotFoundException");
  }
  return merged;
}

function levelsOf(
  organization: OrganizationRecord,
  targetId: string,
  type: ManagementPolicyType,
): ManagementLevel[] {
  return chainOf(organization, targetId).map((id) => ({
    id,
    policies: attachedTo(organization, id, type).map((policyId) => ({
      id: policyId,
      content: organization.policies.get(policyId)?.content ?? "",
    })),
  }));
}

function lastUpdate(organization: OrganizationRecord, levels: readonly ManagementLevel[]): number {
  return levels
    .flatMap(({ policies }) => policies)
    .reduce((at, { id }) => Math.max(at, organization.policies.get(id)?.updatedAt ?? 0), 0);
}

/** Accounts of one parent with nothing attached to themselves share their effective policy. */
function accountsWithInvalidPolicy(
  organization: OrganizationRecord,
  type: ManagementPolicyType,
): string[] {
  const byParent = new Map<string, boolean>();
  const isInvalid = (id: string): boolean =>
    effectivePolicy(type, levelsOf(organization, id, type)).errors.length > 0;
  return organization.accountOrder.filter((id) => {
    if (attachedTo(organization, id, type).length > 0) return isInvalid(id);
    const parentId = organization.accounts.get(id)?.parentId ?? "";
    let invalid = byParent.get(parentId);
    if (invalid === undefined) {
      invalid = isInvalid(parentId);
      byParent.set(parentId, invalid);
    }
    return invalid;
  });
}
