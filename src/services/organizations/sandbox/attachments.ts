import type {
  AttachPolicyCommandInput,
  AttachPolicyCommandOutput,
  DetachPolicyCommandInput,
  DetachPolicyCommandOutput,
  DisablePolicyTypeCommandInput,
  DisablePolicyTypeCommandOutput,
  EnablePolicyTypeCommandInput,
  EnablePolicyTypeCommandOutput,
  ListPoliciesForTargetCommandInput,
  ListPoliciesForTargetCommandOutput,
  ListTargetsForPolicyCommandInput,
  ListTargetsForPolicyCommandOutput,
  PolicyTargetSummary,
} from "@aws-sdk/client-organizations";
import type { OrganizationPolicyType } from "../../../core/policy-type.ts";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { trustedServices } from "../../../data/trusted-services.ts";
import { findAccount } from "../../../sandbox/accounts.ts";
import { type Call, checkRead } from "./access.ts";
import { constraintViolation, failure, invalidInput } from "./errors.ts";
import {
  attach,
  attachedTo,
  awsManagedPolicies,
  detach,
  disablePolicyType as disable,
  enablePolicyType as enable,
} from "./model.ts";
import { isTarget, targetArn } from "./names.ts";
import { page } from "./page.ts";
import { findPolicy, policySummary, policyType } from "./policies.ts";
import type { Served } from "./served.ts";
import { schedule } from "./settle.ts";
import type { OrganizationRecord } from "./state.ts";
import { rootOutput } from "./units.ts";
import { identifier } from "./validate.ts";

/** AttachPolicy. */
export function attachPolicy(
  { organization }: Call,
  input: AttachPolicyCommandInput,
): Served<AttachPolicyCommandOutput> {
  const policy = findPolicy(organization, input.PolicyId);
  const targetId = findTarget(organization, input.TargetId);
  if (organization.root.policyTypes.get(policy.type) !== "ENABLED") {
    throw failure("PolicyTypeNotEnabledException");
  }
  const attached = attachedTo(organization, targetId, policy.type);
  if (attached.includes(policy.id)) throw failure("DuplicatePolicyAttachmentException");
  const quota = organizationsQuotas.policyTypes[policy.type as OrganizationPolicyType];
  if (attached.length >= quota.maximumPerTarget) {
    throw constraintViolation(
      "MAX_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
      "You have attached the maximum number of policies to the specified target.",
    );
  }
  attach(organization, policy, targetId);
  return {};
}

/** DetachPolicy. */
export function detachPolicy(
  { organization }: Call,
  input: DetachPolicyCommandInput,
): Served<DetachPolicyCommandOutput> {
  const policy = findPolicy(organization, input.PolicyId);
  const targetId = findTarget(organization, input.TargetId);
  const attached = attachedTo(organization, targetId, policy.type);
  if (!attached.includes(policy.id)) throw failure("PolicyNotAttachedException");
  if (policy.id === awsManagedPolicies.RESOURCE_CONTROL_POLICY?.id) {
    throw invalidInput("NON_DETACHABLE_POLICY", "You can't detach this AWS managed policy.");
  }
  const quota = organizationsQuotas.policyTypes[policy.type as OrganizationPolicyType];
  if (attached.length <= quota.minimumPerTarget) {
    throw constraintViolation(
      "MIN_POLICY_TYPE_ATTACHMENT_LIMIT_EXCEEDED",
      "You cannot remove the last policy attached to the specified target. You must have at least " +
        "one attached at all times.",
    );
  }
  detach(organization, policy, targetId);
  return {};
}

/** ListPoliciesForTarget: only what is attached directly. */
export function listPoliciesForTarget(
  call: Call,
  input: ListPoliciesForTargetCommandInput,
): Served<ListPoliciesForTargetCommandOutput> {
  const { organization } = call;
  const targetId = findTarget(organization, input.TargetId);
  const type = policyType(input.Filter);
  const ids = attachedTo(organization, targetId, type);
  const list = `${call.operation} ${targetId} ${type}`;
  const { items, ...rest } = page(call, list, ids, input, (id) =>
    policySummary(organization, findPolicy(organization, id)),
  );
  return { Policies: items, ...rest };
}

/** ListTargetsForPolicy. */
export function listTargetsForPolicy(
  call: Call,
  input: ListTargetsForPolicyCommandInput,
): Served<ListTargetsForPolicyCommandOutput> {
  const policy = findPolicy(call.organization, input.PolicyId);
  const list = `${call.operation} ${policy.id}`;
  checkRead(call.organization, list);
  const { items, ...rest } = page(call, list, policy.targets, input, (id) =>
    targetOutput(call, id),
  );
  return { Targets: items, ...rest };
}

/** EnablePolicyType: AWS's own policy of the type is attached to every target with it. */
export function enablePolicyType(
  { organization, state, now }: Call,
  input: EnablePolicyTypeCommandInput,
): Served<EnablePolicyTypeCommandOutput> {
  const type = policyType(input.PolicyType);
  checkRoot(organization, input.RootId);
  if (organization.featureSet !== "ALL") {
    throw failure("PolicyTypeNotAvailableForOrganizationException");
  }
  if (organization.root.policyTypes.has(type)) throw failure("PolicyTypeAlreadyEnabledException");
  const service = trustedServices.requiredByPolicyType[type];
  if (service !== undefined && !organization.trustedServices.has(service)) {
    throw constraintViolation(
      "SERVICE_ACCESS_NOT_ENABLED",
      "You must enable service access before you enable this policy type. Call the " +
        "EnableAWSServiceAccess API first.",
    );
  }
  const { policyTypeChangeMs } = state.options;
  if (policyTypeChangeMs === 0) enable(organization, type);
  else {
    organization.root.policyTypes.set(type, "PENDING_ENABLE");
    const at = now + policyTypeChangeMs;
    schedule(state, { at, kind: "policyType", organizationId: organization.id, id: type });
  }
  return { Root: rootOutput(organization) };
}

/** DisablePolicyType: all attachments of the type end, and do not come back. */
export function disablePolicyType(
  { organization, state, now }: Call,
  input: DisablePolicyTypeCommandInput,
): Served<DisablePolicyTypeCommandOutput> {
  const type = policyType(input.PolicyType);
  checkRoot(organization, input.RootId);
  if (organization.root.policyTypes.get(type) !== "ENABLED") {
    throw failure("PolicyTypeNotEnabledException");
  }
  const { policyTypeChangeMs } = state.options;
  if (policyTypeChangeMs === 0) disable(organization, type);
  else {
    organization.root.policyTypes.set(type, "PENDING_DISABLE");
    const at = now + policyTypeChangeMs;
    schedule(state, { at, kind: "policyType", organizationId: organization.id, id: type });
  }
  return { Root: rootOutput(organization) };
}

function checkRoot(organization: OrganizationRecord, id: string | undefined): void {
  if (identifier(id, "root") !== organization.root.id) throw failure("RootNotFoundException");
}

function findTarget(organization: OrganizationRecord, id: string | undefined): string {
  const targetId = identifier(id, "target");
  if (!isTarget(organization, targetId)) throw failure("TargetNotFoundException");
  return targetId;
}

function targetOutput({ organization, world }: Call, id: string): PolicyTargetSummary {
  const { root, units } = organization;
  const head = { TargetId: id, Arn: targetArn(organization, id) };
  if (id === root.id) return { ...head, Name: root.name, Type: "ROOT" };
  const unit = units.get(id);
  if (unit !== undefined) return { ...head, Name: unit.name, Type: "ORGANIZATIONAL_UNIT" };
  return { ...head, Name: findAccount(world, id)?.name ?? "", Type: "ACCOUNT" };
}
