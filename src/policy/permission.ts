import { both, either, type Tri, yes } from "./tri.ts";

/** What policies that grant say of a request. */
export interface Grants {
  /** The caller is no IAM principal: only the resource's policy can let it in. */
  readonly isIamPrincipal: boolean;
  readonly isRoot: boolean;
  /** Caller and resource are of one account. */
  readonly isSameAccount: boolean;
  /** The resource's own policy must allow in the same account too. */
  readonly isResourcePolicyRequired: boolean;
  /** `undefined`: no identity policies given. */
  readonly identity: Tri | undefined;
  /** What boundaries and session policies leave; `yes` when there are none. */
  readonly limits: Tri;
  /** What the resource's policy grants, by whom it names; `undefined`: no policy given. */
  readonly resource:
    | { readonly direct: Tri; readonly role: Tri; readonly account: Tri }
    | undefined;
}

/**
 * Whether identity and resource policies, boundaries and session policies together grant a request.
 *
 * In one account either side may grant; across accounts both must. A grant of the resource's policy
 * to a user, a session or everyone is not limited by what boundaries and session policies lack; one
 * to a role is; one to an account leaves it to the identity policies.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic-cross-account.html
 */
export function permission(grants: Grants): Tri {
  const { resource, limits } = grants;
  const identity = grants.isRoot ? yes : grants.identity;
  if (resource === undefined) {
    if (!grants.isIamPrincipal) return yes;
    return both(identity ?? yes, limits);
  }
  const named = either(resource.role, resource.account);
  if (!grants.isIamPrincipal) return either(resource.direct, named);
  if (!grants.isSameAccount) {
    return both(either(resource.direct, named), both(identity ?? yes, limits));
  }
  if (identity === undefined) return either(resource.direct, both(named, limits));
  const own = both(identity, limits);
  const ownPart = grants.isResourcePolicyRequired ? both(resource.account, own) : own;
  return either(either(resource.direct, both(resource.role, limits)), ownPart);
}
