import { ec2Setting } from "../../kinds/ec2-setting.ts";
import type { AuditRule } from "../../rule.ts";

/** New instances require IMDSv2. */
export const imdsv2: AuditRule = {
  id: "ec2/imdsv2",
  title: "New instances require IMDSv2",
  severity: "medium",
  why: "A declarative policy sets it in every account and Region and keeps it, whatever administrators of the account do. Without one each account has its own setting in each Region, which `--tier inside` reads.",
  remedy: "Attach a declarative policy for EC2 to the root.",
  config:
    "policies:\n  - name: ec2-baseline\n    guardrail: { name: ec2-baseline }\n    attach: [Root]",
  compliance: { fsbp: ["EC2.8"], "nist-800-53-r5": ["AC-3", "CM-7"] },
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative.html",
  ],
  evaluate: ec2Setting({
    setting: "instanceMetadata",
    operation: "ec2:GetInstanceMetadataDefaults",
    member: "HttpTokens",
    path: ["instance_metadata_defaults", "http_tokens"],
    good: ["required"],
    holds: "IMDSv2 is required",
  }),
  breaks: {
    "organization/policies/7/content": JSON.stringify({
      ec2_attributes: { instance_metadata_defaults: { http_tokens: { "@@assign": "optional" } } },
    }),
  },
};
