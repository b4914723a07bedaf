import { deny, exemptPrincipals, type StatementGuardrail, unlessExempt } from "./guardrail.ts";

/** Denies principals outside the organization the use of its resources. */
export const dataPerimeterOrganization: StatementGuardrail<{
  organizationId: "string";
  trustedAccounts: "strings";
  actions: "strings";
  exemptPrincipals: "strings";
}> = {
  name: "data-perimeter-organization",
  title: "Organization data perimeter",
  type: "RESOURCE_CONTROL_POLICY",
  why: "Whatever a bucket policy or a trust policy says, only principals of the organization reach its resources. AWS services act on the organization's behalf only when the source is in the organization, which closes the confused deputy.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html",
  ],
  parameters: {
    organizationId: {
      kind: "string",
      description: "Id of the organization.",
      pattern: /^o-[a-z0-9]{10,32}$/,
      example: "o-exampleorgid",
    },
    trustedAccounts: {
      kind: "strings",
      description:
        "Ids of accounts outside the organization that are trusted, such as a partner's.",
      default: [],
      pattern: /^\d{12}$/,
      example: ["444455556666"],
    },
    actions: {
      kind: "strings",
      description: "What is guarded: actions of services that resource control policies support.",
      default: ["s3:*", "sqs:*", "kms:*", "secretsmanager:*", "sts:AssumeRole"],
      pattern: /^[a-z0-9-]+:[A-Za-z0-9*?]+$/,
      example: ["s3:*", "sqs:*"],
    },
    exemptPrincipals,
  },
  statements: ({ organizationId, trustedAccounts, actions, exemptPrincipals: exempt }) => [
    deny("OrganizationDataPerimeter", {
      principal: "*",
      action: actions,
      condition: {
        StringNotEqualsIfExists: {
          "aws:PrincipalOrgID": organizationId,
          ...(trustedAccounts.length === 0 ? {} : { "aws:PrincipalAccount": [...trustedAccounts] }),
        },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false" },
        ...unlessExempt(exempt),
      },
    }),
    deny("ConfusedDeputy", {
      principal: "*",
      action: actions,
      condition: {
        StringNotEqualsIfExists: {
          "aws:SourceOrgID": organizationId,
          ...(trustedAccounts.length === 0 ? {} : { "aws:SourceAccount": [...trustedAccounts] }),
        },
        Null: { "aws:SourceAccount": "false" },
        Bool: { "aws:PrincipalIsAWSService": "true" },
      },
    }),
  ],
  denied: [
    {
      what: "a principal of another organization",
      principal: "arn:aws:iam::999988887777:role/outsider",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::data/key",
      context: { "aws:PrincipalOrgID": "o-otherorganiz", "aws:PrincipalAccount": "999988887777" },
    },
    {
      what: "a service that acts for an account outside",
      principal: "cloudtrail.amazonaws.com",
      action: "s3:PutObject",
      resource: "arn:aws:s3:::data/key",
      context: {
        "aws:PrincipalIsAWSService": "true",
        "aws:SourceAccount": "999988887777",
        "aws:SourceOrgID": "o-otherorganiz",
      },
    },
  ],
  allowed: [
    {
      what: "a principal of the organization",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::data/key",
      context: { "aws:PrincipalOrgID": "o-exampleorgid", "aws:PrincipalIsAWSService": "false" },
    },
    {
      what: "a service that acts for the organization",
      principal: "cloudtrail.amazonaws.com",
      action: "s3:PutObject",
      resource: "arn:aws:s3:::data/key",
      context: {
        "aws:PrincipalIsAWSService": "true",
        "aws:SourceAccount": "111122223333",
        "aws:SourceOrgID": "o-exampleorgid",
      },
    },
    {
      what: "a trusted account outside",
      parameters: { trustedAccounts: ["444455556666"] },
      principal: "arn:aws:iam::444455556666:role/partner",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::data/key",
      context: { "aws:PrincipalOrgID": "o-otherorganiz", "aws:PrincipalAccount": "444455556666" },
    },
  ],
};
