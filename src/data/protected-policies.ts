/** Policies of AWS Organizations that belong to somebody else than the user. */
export interface ProtectedPolicies {
  readonly asOf: string;
  readonly source: string;
  /** The policies that AWS attaches everywhere when their type is enabled, by type. */
  readonly attachedAtBirth: Readonly<
    Record<string, { readonly id: string; readonly name: string; readonly detachable: boolean }>
  >;
  /** Starts of the names of policies that another service of AWS makes and repairs. */
  readonly namePrefixes: readonly { readonly prefix: string; readonly owner: string }[];
}

/**
 * AWS's own full-access policies, and the policies of Control Tower's controls.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html
 */
export const protectedPolicies: ProtectedPolicies = {
  asOf: "2026-11-22",
  source:
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html, " +
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html, " +
    "https://docs.aws.amazon.com/controltower/latest/userguide/how-control-tower-works.html",
  attachedAtBirth: {
    SERVICE_CONTROL_POLICY: { id: "p-FullAWSAccess", name: "FullAWSAccess", detachable: true },
    RESOURCE_CONTROL_POLICY: {
      id: "p-RCPFullAWSAccess",
      name: "RCPFullAWSAccess",
      detachable: false,
    },
  },
  namePrefixes: [{ prefix: "aws-guardrails-", owner: "AWS Control Tower" }],
};
