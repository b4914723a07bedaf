import type { OrganizationState, PolicyState } from "../core/snapshot.ts";
import type { Policy } from "../policy/types.ts";
import type { GuardPolicyType } from "./chains.ts";

/** A change of which policies are attached where. */
export interface PolicyChange {
  readonly kind: "attach" | "detach";
  /** Id of the root, an organizational unit or an account. */
  readonly target: string;
  /** The policy's id; one that is not in the organization is the candidate's own. */
  readonly policyId: string;
  readonly policy: Policy;
}

/** The organization as changes of its policies would make it. */
export function withChanges(
  organization: OrganizationState,
  changes: readonly PolicyChange[],
): OrganizationState {
  const policies = new Map((organization.policies ?? []).map((one) => [one.id as string, one]));
  for (const { kind, target, policyId, policy } of changes) {
    const held = policies.get(policyId) ?? candidate(policyId, policy);
    const others = (held.targets ?? []).filter((one) => one !== target);
    policies.set(policyId, {
      ...held,
      targets: kind === "attach" ? [...others, target] : others,
    });
  }
  return { ...organization, policies: [...policies.values()] };
}

function candidate(id: string, policy: Policy): PolicyState {
  return {
    id,
    arn: id,
    name: policy.name ?? id,
    description: "",
    type: policy.type as GuardPolicyType,
    awsManaged: false,
    content: policy.text,
    targets: [],
  };
}
