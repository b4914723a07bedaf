import type { OrganizationPolicyType } from "../../core/policy-type.ts";
import { protectedPolicies } from "../../data/protected-policies.ts";
import { trustedServices } from "../../data/trusted-services.ts";
import { policyTypeAddress } from "../address.ts";
import type { Draft, Planning } from "../planning.ts";
import { draft, report } from "../planning.ts";
import type { ServiceAccess } from "./plan-trusted-access.ts";

/** Which policy types will be enabled, and the changes that make it so. */
export interface PolicyTypes {
  isEnabled(type: string): boolean;
  readonly enabling: ReadonlyMap<string, Draft>;
  readonly disabling: ReadonlyMap<string, Draft>;
}

/** Enables and disables policy types. Disabling takes a word of the file, or exclusive ownership. */
export function planPolicyTypes(planning: Planning, access: ServiceAccess): PolicyTypes {
  const { desired, live } = planning;
  const mode = desired.ownership.policyTypes;
  const enabled = new Set(
    live.state.root.policyTypes
      .filter(({ status }) => status !== "PENDING_DISABLE")
      .map(({ type }) => type),
  );
  const enabling = new Map<string, Draft>();
  const disabling = new Map<string, Draft>();
  const named = new Set<string>();
  const input = (type: string): { RootId: string; PolicyType: string } => ({
    RootId: live.rootId,
    PolicyType: type,
  });
  const disable = (type: string, reason: string, span: Draft["span"]): void => {
    const change = draft(planning, {
      operation: "DisablePolicyType",
      address: policyTypeAddress(type),
      action: "disable",
      input: input(type),
      before: { enabled: true },
      after: null,
      reason: `${reason}; AWS detaches all policies of the type, and enabling it again does not bring them back`,
      rank: "disable",
      risk: "destructive",
      span,
    });
    disabling.set(type, change);
  };
  for (const { type, enabled: wanted, span } of mode === "ignore" ? [] : desired.policyTypes) {
    const address = policyTypeAddress(type);
    named.add(type);
    planning.compared.add(address);
    if (wanted && !enabled.has(type)) {
      const change = draft(planning, {
        operation: "EnablePolicyType",
        address,
        action: "enable",
        input: input(type),
        before: null,
        after: { enabled: true },
        reason: "the file enables this policy type",
        rank: "enable",
        span,
      });
      enabling.set(type, change);
      needTrustedAccess(planning, access, type, change);
    } else if (!wanted && enabled.has(type)) {
      disable(type, "the file says `enabled: false` of this policy type", span);
    }
  }
  for (const type of enabled) {
    if (named.has(type)) continue;
    planning.foreign.push({ address: policyTypeAddress(type), id: type });
    if (mode !== "exclusive") continue;
    planning.foreign.pop();
    disable(type, "the file owns all policy types and does not name this one", undefined);
  }
  return {
    isEnabled: (type) => (enabled.has(type) && !disabling.has(type)) || enabling.has(type),
    enabling,
    disabling,
  };
}

/** The policy that AWS attaches to everything new while a type is enabled. */
export function policyAtBirth(type: string): string | undefined {
  return protectedPolicies.attachedAtBirth[type]?.id;
}

function needTrustedAccess(
  planning: Planning,
  access: ServiceAccess,
  type: OrganizationPolicyType,
  change: Draft,
): void {
  const principal = trustedServices.requiredByPolicyType[type];
  if (principal === undefined) return;
  const enabling = access.enabling.get(principal);
  if (enabling !== undefined) change.needs.add(enabling);
  else if (access.isEnabled(principal) === false) {
    report(
      planning,
      "error",
      "ORGRAIL3040",
      `policy type ${type} needs trusted access of \`${principal}\`, which is not enabled`,
      { span: change.span, help: "enable it under `organization.trustedAccess`" },
    );
  }
}
