/** Quotas of AWS Identity and Access Management that cannot be raised, or their defaults. */
export const iamQuotas: {
  readonly asOf: string;
  readonly source: string;
  /** Characters of a customer managed policy, white space not counted. */
  readonly managedPolicyCharacters: number;
  /** Managed policies attached to a role. */
  readonly managedPoliciesPerRole: number;
} = {
  asOf: "2026-11-01",
  source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html",
  managedPolicyCharacters: 6_144,
  managedPoliciesPerRole: 10,
};
