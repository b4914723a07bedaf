import { deny, exemptPrincipals, type StatementGuardrail } from "./guardrail.ts";

/** Denies the use of the organization's resources from networks that are not expected. */
export const dataPerimeterNetwork: StatementGuardrail<{
  networks: "strings";
  vpcs: "strings";
  actions: "strings";
  exemptPrincipals: "strings";
}> = {
  name: "data-perimeter-network",
  title: "Network data perimeter",
  type: "RESOURCE_CONTROL_POLICY",
  why: "Stolen credentials are used from somewhere else. Requests must come from the company's addresses or VPCs, unless an AWS service makes them on somebody's behalf.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_rcps_examples.html",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_data-perimeters.html",
  ],
  parameters: {
    networks: {
      kind: "strings",
      description: "Public address ranges of the company, as CIDR blocks.",
      pattern: /^[0-9a-f.:]+(\/\d{1,3})?$/i,
      example: ["192.0.2.0/24", "2001:db8::/32"],
    },
    vpcs: {
      kind: "strings",
      description:
        "Ids of the VPCs whose endpoints may be used; requests through an endpoint come from none of the networks.",
      pattern: /^vpc-[0-9a-f]{8,17}$/,
      example: ["vpc-0123456789abcdef0"],
    },
    actions: {
      kind: "strings",
      description: "What is guarded: actions of services that resource control policies support.",
      default: ["s3:*", "sqs:*", "kms:*", "secretsmanager:*", "sts:AssumeRole"],
      pattern: /^[a-z0-9-]+:[A-Za-z0-9*?]+$/,
      example: ["s3:*"],
    },
    exemptPrincipals,
  },
  statements: ({ networks, vpcs, actions, exemptPrincipals: exempt }) => [
    deny("NetworkDataPerimeter", {
      principal: "*",
      action: actions,
      condition: {
        NotIpAddressIfExists: { "aws:SourceIp": [...networks] },
        StringNotEqualsIfExists: { "aws:SourceVpc": [...vpcs] },
        BoolIfExists: { "aws:PrincipalIsAWSService": "false", "aws:ViaAWSService": "false" },
        ArnNotLikeIfExists: {
          "aws:PrincipalArn": ["arn:*:iam::*:role/aws-service-role/*", ...exempt],
        },
      },
    }),
  ],
  denied: [
    {
      what: "a request from elsewhere",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::data/key",
      context: { "aws:SourceIp": "203.0.113.9", "aws:ViaAWSService": "false" },
    },
    {
      what: "a request through somebody else's VPC",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::data/key",
      context: { "aws:SourceVpc": "vpc-0fedcba9876543210", "aws:ViaAWSService": "false" },
    },
  ],
  allowed: [
    {
      what: "a request from the company's network",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::data/key",
      context: { "aws:SourceIp": "192.0.2.17", "aws:ViaAWSService": "false" },
    },
    {
      what: "a service on behalf of a user",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::data/key",
      context: { "aws:SourceIp": "203.0.113.9", "aws:ViaAWSService": "true" },
    },
    {
      what: "a VPC of the list",
      action: "s3:GetObject",
      resource: "arn:aws:s3:::data/key",
      context: { "aws:SourceVpc": "vpc-0123456789abcdef0", "aws:ViaAWSService": "false" },
    },
  ],
};
