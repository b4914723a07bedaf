import type { ManagementPolicyType } from "../core/policy-type.ts";
import type { OrganizationState, PolicyState } from "../core/snapshot.ts";
import type { ManagementLevel } from "./inheritance.ts";
import { parsePolicy } from "./parse.ts";
import type { Level } from "./types.ts";

/** A root, organizational unit or account on the way to a target. */
export interface OrganizationPlace {
  readonly id: string;
  readonly name: string;
  readonly kind: "root" | "organizationalUnit" | "account";
}

/** The policies of a type on the way from the root to a target. */
export interface OrganizationLevels<L> {
  /** Whether the type is enabled; where it is not, its policies do nothing. */
  readonly isEnabled: boolean;
  /** The root first, the target last. */
  readonly levels: readonly L[];
  /**
   * What the answer lacks, as paths into the snapshot: `policies`, `policies/p-1/targets`,
   * `policies/p-1/content` (also where the content cannot be understood).
   */
  readonly unread: readonly string[];
}

/** The way from the root to a target; `undefined` when the target hangs on nothing. */
export function organizationPath(
  organization: OrganizationState,
  targetId: string,
): readonly OrganizationPlace[] | undefined {
  const { root, organizationalUnits, accounts } = organization;
  const units = new Map(organizationalUnits.map((unit) => [unit.id, unit]));
  const account = accounts.find(({ id }) => id === targetId);
  const path: OrganizationPlace[] =
    account === undefined ? [] : [{ id: account.id, name: account.name, kind: "account" }];
  let id = account?.parentId ?? targetId;
  while (id !== root.id) {
    const unit = units.get(id);
    // Every unit once: a tree that bites its own tail is none.
    if (unit === undefined || !units.delete(id)) return undefined;
    path.unshift({ id: unit.id, name: unit.name, kind: "organizationalUnit" });
    id = unit.parentId;
  }
  return [{ id: root.id, name: root.name, kind: "root" }, ...path];
}

/**
 * The service or resource control policies that bind a target, ready for `compile`. A policy whose
 * content or targets were not read is named in `unread`: what is decided without it is not certain.
 *
 * @param targetId the root, an organizational unit or an account of the organization.
 */
export function organizationLevels(
  organization: OrganizationState,
  targetId: string,
  type: "SERVICE_CONTROL_POLICY" | "RESOURCE_CONTROL_POLICY",
): OrganizationLevels<Level> {
  const broken: string[] = [];
  const found = levelsOf(
    organization,
    targetId,
    type,
    (id, policies): Level => ({
      id,
      policies: policies.flatMap(({ id: policyId, name, content = "" }) => {
        const { policy } = parsePolicy(content, { type });
        if (policy === undefined) broken.push(`policies/${policyId}/content`);
        return policy === undefined ? [] : [{ ...policy, name }];
      }),
    }),
  );
  return { ...found, unread: [...found.unread, ...broken].sort() };
}

/** The management policies of a type on the way to a target, ready for `effectivePolicy`. */
export function managementLevels(
  organization: OrganizationState,
  targetId: string,
  type: ManagementPolicyType,
): OrganizationLevels<ManagementLevel> {
  return levelsOf(organization, targetId, type, (id, policies) => ({
    id,
    policies: policies.map(({ id: policyId, content = "" }) => ({ id: policyId, content })),
  }));
}

function levelsOf<L>(
  organization: OrganizationState,
  targetId: string,
  type: string,
  make: (id: string, policies: readonly PolicyState[]) => L,
): OrganizationLevels<L> {
  const path = organizationPath(organization, targetId);
  const isEnabled = organization.root.policyTypes.some(
    (one) => one.type === type && one.status === "ENABLED",
  );
  const unread = new Set<string>();
  if (organization.policies === undefined) unread.add("policies");
  if (path === undefined) unread.add(`path/${targetId}`);
  const policies = (organization.policies ?? []).filter((policy) => policy.type === type);
  const levels = (path ?? []).map(({ id }) =>
    make(
      id,
      policies.filter((policy) => {
        if (policy.targets === undefined) unread.add(`policies/${policy.id}/targets`);
        if (policy.targets?.includes(id) !== true) return false;
        if (policy.content === undefined) unread.add(`policies/${policy.id}/content`);
        return policy.content !== undefined;
      }),
    ),
  );
  return { isEnabled, levels, unread: isEnabled ? [...unread].sort() : [] };
}
