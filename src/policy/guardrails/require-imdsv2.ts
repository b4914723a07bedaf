import { deny, exemptPrincipals, type StatementGuardrail, unlessExempt } from "./guardrail.ts";

/** Denies instances whose metadata service answers without a token, and calls by such credentials. */
export const requireImdsv2: StatementGuardrail<{
  denyImdsv1Credentials: "boolean";
  exemptPrincipals: "strings";
}> = {
  name: "require-imdsv2",
  title: "Require version 2 of the instance metadata service",
  type: "SERVICE_CONTROL_POLICY",
  why: "Version 1 hands the instance's credentials to whoever can make the instance fetch an address. Version 2 wants a token first.",
  sources: [
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-IMDS-new-instances.html",
    "https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ExamplePolicies_EC2.html",
  ],
  parameters: {
    denyImdsv1Credentials: {
      kind: "boolean",
      description:
        "Whether credentials that were fetched by version 1 are refused everywhere (`ec2:RoleDelivery` below 2.0).",
      default: false,
      example: true,
    },
    exemptPrincipals,
  },
  statements: ({ denyImdsv1Credentials, exemptPrincipals: exempt }) => [
    deny("RequireImdsv2", {
      action: ["ec2:RunInstances"],
      resource: ["arn:*:ec2:*:*:instance/*"],
      condition: {
        StringNotEquals: { "ec2:MetadataHttpTokens": "required" },
        ...unlessExempt(exempt),
      },
    }),
    deny("KeepImdsv2", {
      action: ["ec2:ModifyInstanceMetadataOptions", "ec2:ModifyInstanceMetadataDefaults"],
      condition: unlessExempt(exempt),
    }),
    ...(denyImdsv1Credentials
      ? [
          deny("DenyImdsv1Credentials", {
            action: ["*"],
            condition: { NumericLessThan: { "ec2:RoleDelivery": "2.0" }, ...unlessExempt(exempt) },
          }),
        ]
      : []),
  ],
  denied: [
    {
      what: "an instance with version 1",
      action: "ec2:RunInstances",
      resource: "arn:aws:ec2:eu-west-1:111122223333:instance/*",
      context: { "ec2:MetadataHttpTokens": "optional" },
    },
    {
      what: "going back to version 1",
      action: "ec2:ModifyInstanceMetadataOptions",
      resource: "arn:aws:ec2:eu-west-1:111122223333:instance/i-1",
    },
    {
      what: "credentials fetched by version 1",
      parameters: { denyImdsv1Credentials: true },
      action: "s3:GetObject",
      resource: "arn:aws:s3:::data/key",
      context: { "ec2:RoleDelivery": "1.0" },
    },
  ],
  allowed: [
    {
      what: "an instance with version 2",
      action: "ec2:RunInstances",
      resource: "arn:aws:ec2:eu-west-1:111122223333:instance/*",
      context: { "ec2:MetadataHttpTokens": "required" },
    },
    {
      what: "credentials fetched by version 2",
      parameters: { denyImdsv1Credentials: true },
      action: "s3:GetObject",
      resource: "arn:aws:s3:::data/key",
      context: { "ec2:RoleDelivery": "2.0" },
    },
  ],
};
