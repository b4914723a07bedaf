/**
 * Facts that checks of policies rest on and that the Service Authorization Reference does not
 * hold.
 */
export const iamLintFacts: {
  readonly asOf: string;
  readonly source: string;
  /** Service prefixes that are gone or were never right, and the ones to use. */
  readonly replacedPrefixes: Readonly<Record<string, string>>;
  /** Services of one Region for all without which people cannot sign in, manage or get help. */
  readonly essentialGlobalServices: readonly string[];
  readonly partitions: readonly string[];
  readonly regionPattern: string;
  /** Characters, white space outside strings left out where the service does not count it. */
  readonly sizeQuotas: {
    readonly identity: number;
    readonly resource: number;
    /** May be raised on request. */
    readonly roleTrust: number;
  };
  /** What IAM Roles Anywhere needs to be allowed in a role's trust policy. */
  readonly rolesAnywhere: { readonly principal: string; readonly actions: readonly string[] };
  /** GitHub's identity provider, and the claims that name a repository. */
  readonly github: { readonly provider: string; readonly repositoryClaims: readonly string[] };
  /** Keys besides those of type ARN whose values must be the ARN of a KMS key. */
  readonly kmsKeyArnKeys: readonly string[];
  /** Most characters of any policy document of AWS, several times over. */
  readonly longestLinted: number;
} = {
  asOf: "2026-11-22",
  source:
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html, " +
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html, " +
    "https://docs.aws.amazon.com/rolesanywhere/latest/userguide/trust-model.html, " +
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_iam-condition-keys.html, " +
    "https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/global-services.html",
  replacedPrefixes: {
    accessanalyzer: "access-analyzer",
    automation: "ssm",
    awsbillingconsole: "billing",
    cloudwatchlogs: "logs",
    "elastic-inference": "",
    eventbridge: "events",
    "guard-duty": "guardduty",
    iot1click: "",
    macie: "macie2",
    "security-hub": "securityhub",
    stepfunctions: "states",
    "systems-manager": "ssm",
  },
  essentialGlobalServices: ["iam", "organizations", "route53", "cloudfront", "support", "sts"],
  partitions: [
    "aws",
    "aws-cn",
    "aws-us-gov",
    "aws-iso",
    "aws-iso-b",
    "aws-iso-e",
    "aws-iso-f",
    "aws-eusc",
  ],
  regionPattern: "^(us|eu|ap|sa|ca|me|af|il|mx|cn|eusc)(-[a-z]+){1,3}-\\d{1,2}$",
  sizeQuotas: { identity: 6144, resource: 20_480, roleTrust: 2048 },
  rolesAnywhere: {
    principal: "rolesanywhere.amazonaws.com",
    actions: ["sts:AssumeRole", "sts:SetSourceIdentity", "sts:TagSession"],
  },
  github: {
    provider: "token.actions.githubusercontent.com",
    repositoryClaims: ["sub", "job_workflow_ref", "repository", "repository_id"],
  },
  kmsKeyArnKeys: ["bedrock-agentcore:KmsKeyArn"],
  longestLinted: 65_536,
};
