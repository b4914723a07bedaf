/** What AWS exempts from the rules of policy evaluation. */
export interface PolicyExemptions {
  readonly asOf: string;
  /** Actions that work whatever policies say. */
  readonly always: { readonly actions: readonly string[]; readonly source: string };
  /** What service control policies do not restrict, beside the management account. */
  readonly serviceControlPolicies: {
    readonly source: string;
    /** The path of roles that belong to services. */
    readonly serviceLinkedRolePath: string;
    /** Tasks that AWS names; `actions` where it names the service whose actions they are. */
    readonly tasks: readonly { readonly task: string; readonly actions: readonly string[] }[];
  };
  /** What resource control policies do not restrict, beside the management account's resources. */
  readonly resourceControlPolicies: {
    readonly source: string;
    readonly actions: readonly string[];
  };
  /**
   * Actions on resources whose own policy must allow, in the same account too: KMS keys and the
   * trust policies of roles.
   */
  readonly resourcePolicyRequired: {
    readonly source: string;
    readonly actions: readonly string[];
  };
}

/** What AWS exempts from the rules of policy evaluation. */
export const policyExemptions: PolicyExemptions = {
  asOf: "2026-11-22",
  always: {
    actions: ["sts:GetCallerIdentity"],
    source: "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html",
  },
  serviceControlPolicies: {
    source:
      "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps.html#not-restricted-by-scp",
    serviceLinkedRolePath: "aws-service-role/",
    tasks: [
      { task: "register for the Enterprise support plan as the root user", actions: [] },
      { task: "trusted signers for CloudFront private content", actions: [] },
      {
        task: "reverse DNS for a Lightsail email server or an EC2 instance as the root user",
        actions: [],
      },
      { task: "Alexa Top Sites and Alexa Web Information Service", actions: [] },
      { task: "Amazon Mechanical Turk", actions: ["mechanicalturk:*"] },
      { task: "Amazon Product Marketing API", actions: [] },
    ],
  },
  resourceControlPolicies: {
    source:
      "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps.html#actions-not-restricted-by-rcps",
    actions: ["kms:RetireGrant"],
  },
  resourcePolicyRequired: {
    source:
      "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic_policy-eval-denyallow.html",
    actions: [
      "kms:*",
      "sts:AssumeRole",
      "sts:AssumeRoleWithSAML",
      "sts:AssumeRoleWithWebIdentity",
      "sts:SetSourceIdentity",
      "sts:TagSession",
    ],
  },
};
