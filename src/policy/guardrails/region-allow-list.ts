import { regionExemptActions } from "../../data/region-exempt-actions.ts";
import { deny, exemptPrincipals, type StatementGuardrail, unlessExempt } from "./guardrail.ts";

/** Denies requests to Regions that are not on a list; services without a Region stay usable. */
export const regionAllowList: StatementGuardrail<{
  regions: "strings";
  exemptActions: "strings";
  exemptPrincipals: "strings";
}> = {
  name: "region-allow-list",
  title: "Allow only some Regions",
  type: "SERVICE_CONTROL_POLICY",
  why: "What runs in a Region that nobody watches is found on the bill. Global services answer from one Region whatever Region a user works in, so they are left out of the denial, by AWS's own list.",
  sources: [regionExemptActions.source],
  parameters: {
    regions: {
      kind: "strings",
      description:
        "The Regions that stay usable. Keep `us-east-1` in mind: CloudFront's certificates and some consoles need it.",
      pattern: /^[a-z]{2,3}(-[a-z]+)+-\d$/,
      example: ["eu-west-1", "eu-central-1"],
    },
    exemptActions: {
      kind: "strings",
      description: "Actions that stay usable in every Region, beside those of the global services.",
      default: [],
      pattern: /^[a-z0-9-]+:[A-Za-z0-9*?]+$/i,
      example: ["guardduty:*"],
    },
    exemptPrincipals,
  },
  statements: ({ regions, exemptActions, exemptPrincipals: exempt }) => [
    deny("RegionAllowList", {
      notAction: [...new Set([...regionExemptActions.actions, ...exemptActions])],
      condition: {
        StringNotEquals: { "aws:RequestedRegion": [...regions] },
        ...unlessExempt(exempt),
      },
    }),
  ],
  denied: [
    {
      what: "an instance elsewhere",
      action: "ec2:RunInstances",
      resource: "arn:aws:ec2:ap-southeast-2:111122223333:instance/*",
      context: { "aws:RequestedRegion": "ap-southeast-2" },
    },
  ],
  allowed: [
    {
      what: "an instance in a Region of the list",
      action: "ec2:RunInstances",
      resource: "arn:aws:ec2:eu-west-1:111122223333:instance/*",
      context: { "aws:RequestedRegion": "eu-west-1" },
    },
    {
      what: "a global service, which answers from us-east-1",
      action: "iam:CreateRole",
      context: { "aws:RequestedRegion": "us-east-1" },
    },
    {
      what: "signing in to another account",
      action: "sts:AssumeRole",
      context: { "aws:RequestedRegion": "us-east-1" },
    },
    {
      what: "an exempt action",
      parameters: { exemptActions: ["guardduty:*"] },
      action: "guardduty:CreateDetector",
      context: { "aws:RequestedRegion": "ap-southeast-2" },
    },
  ],
};
