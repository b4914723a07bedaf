/** What reading a stack set and its stacks needs. */
export const stackSetReadPermissions: readonly string[] = [
  "cloudformation:DescribeOrganizationsAccess",
  "cloudformation:DescribeStackSet",
  "cloudformation:ListStackInstances",
  "cloudformation:ListStackSetAutoDeploymentTargets",
];

/** What changing a stack set and its stacks needs besides. */
export const stackSetWritePermissions: readonly string[] = [
  "cloudformation:ActivateOrganizationsAccess",
  "cloudformation:CreateStackInstances",
  "cloudformation:CreateStackSet",
  "cloudformation:DeleteStackInstances",
  "cloudformation:DeleteStackSet",
  "cloudformation:DescribeStackSetOperation",
  "cloudformation:ListStackSetOperationResults",
  "cloudformation:TagResource",
  "cloudformation:UpdateStackInstances",
  "cloudformation:UpdateStackSet",
  "iam:CreateServiceLinkedRole",
];
