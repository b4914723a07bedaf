/** A role without which people or tools lose their hold on a member account. */
export interface EssentialRole {
  /** How a message names it. */
  readonly name: string;
  /** ARN after `arn:PARTITION:iam::ACCOUNT:`. */
  readonly resource: string;
  /** Who works through it. */
  readonly user: string;
  /** Checked where one of these services has trusted access; always when empty. */
  readonly servicePrincipals: readonly string[];
  /** Only in accounts that were made in the organization, not invited. */
  readonly createdAccountsOnly: boolean;
}

/** An action that holding on to an account takes; `ACCOUNT` stands for its id. */
export interface EssentialAction {
  readonly action: string;
  readonly resource: string;
}

/** What the lock-out check looks at. */
export interface EssentialAccess {
  readonly asOf: string;
  readonly source: string;
  readonly roles: readonly EssentialRole[];
  /** What a role in a member account must be able to do to repair the account. */
  readonly actions: readonly EssentialAction[];
  /** What the role that orgrail runs as must be able to do from outside the account. */
  readonly entryActions: readonly EssentialAction[];
  /** What a delegated administrator's role must be able to do to take a change back. */
  readonly delegatedActions: readonly EssentialAction[];
}

/**
 * Roles by which AWS Organizations, Control Tower, CloudFormation StackSets and IAM Identity Center
 * reach member accounts. Service-linked roles are not among them: policies do not bind those.
 */
export const essentialAccess: EssentialAccess = {
  asOf: "2026-11-22",
  source:
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_accounts_access-cross-account-role.html, " +
    "https://docs.aws.amazon.com/controltower/latest/userguide/roles-how.html, " +
    "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/stacksets-orgs-enable-trusted-access.html, " +
    "https://docs.aws.amazon.com/singlesignon/latest/userguide/using-service-linked-roles.html",
  roles: [
    {
      name: "OrganizationAccountAccessRole",
      resource: "role/OrganizationAccountAccessRole",
      user: "the management account, and orgrail from there",
      servicePrincipals: [],
      createdAccountsOnly: true,
    },
    {
      name: "AWSControlTowerExecution",
      resource: "role/AWSControlTowerExecution",
      user: "Control Tower",
      servicePrincipals: ["controltower.amazonaws.com"],
      createdAccountsOnly: false,
    },
    {
      name: "stacksets-exec-*",
      resource: "role/stacksets-exec-00000000000000000000000000000000",
      user: "CloudFormation StackSets",
      servicePrincipals: [
        "stacksets.cloudformation.amazonaws.com",
        "member.org.stacksets.cloudformation.amazonaws.com",
      ],
      createdAccountsOnly: false,
    },
    {
      name: "AWSReservedSSO_AdministratorAccess_*",
      resource:
        "role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_AdministratorAccess_0000000000000000",
      user: "people who sign in through IAM Identity Center",
      servicePrincipals: ["sso.amazonaws.com"],
      createdAccountsOnly: false,
    },
  ],
  actions: [
    { action: "iam:GetRole", resource: "arn:PARTITION:iam::ACCOUNT:role/example" },
    { action: "iam:CreateRole", resource: "arn:PARTITION:iam::ACCOUNT:role/example" },
    { action: "iam:AttachRolePolicy", resource: "arn:PARTITION:iam::ACCOUNT:role/example" },
    { action: "iam:UpdateAssumeRolePolicy", resource: "arn:PARTITION:iam::ACCOUNT:role/example" },
    { action: "sts:AssumeRole", resource: "arn:PARTITION:iam::ACCOUNT:role/example" },
    { action: "cloudformation:DescribeStacks", resource: "*" },
    { action: "ec2:DescribeRegions", resource: "*" },
  ],
  entryActions: [
    {
      action: "sts:AssumeRole",
      resource: "arn:PARTITION:iam::ACCOUNT:role/OrganizationAccountAccessRole",
    },
  ],
  delegatedActions: [
    { action: "organizations:DescribeOrganization", resource: "*" },
    { action: "organizations:ListPolicies", resource: "*" },
    { action: "organizations:DetachPolicy", resource: "*" },
    { action: "organizations:UpdatePolicy", resource: "*" },
  ],
};
