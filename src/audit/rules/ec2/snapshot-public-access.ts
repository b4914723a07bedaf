import { ec2Setting } from "../../kinds/ec2-setting.ts";
import type { AuditRule } from "../../rule.ts";

/** Snapshots cannot be shared with everybody. */
export const snapshotPublicAccess: AuditRule = {
  id: "ec2/snapshot-public-access",
  title: "Snapshots cannot be shared with everybody",
  severity: "medium",
  why: "A declarative policy sets it in every account and Region and keeps it, whatever administrators of the account do. Without one each account has its own setting in each Region, which `--tier inside` reads.",
  remedy: "Attach a declarative policy for EC2 to the root.",
  config:
    "policies:\n  - name: ec2-baseline\n    guardrail: { name: ec2-baseline }\n    attach: [Root]",
  compliance: { "nist-800-53-r5": ["AC-3", "SC-7"] },
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative.html",
  ],
  evaluate: ec2Setting({
    setting: "snapshots",
    operation: "ec2:GetSnapshotBlockPublicAccessState",
    member: "State",
    path: ["snapshot_block_public_access", "state"],
    good: ["block-all-sharing", "block-new-sharing"],
    holds: "Sharing of snapshots with everybody is blocked",
  }),
  breaks: {
    "organization/policies/7/content": JSON.stringify({
      ec2_attributes: { snapshot_block_public_access: { state: { "@@assign": "unblocked" } } },
    }),
  },
};
