import { effectiveSetting } from "../../kinds/effective-setting.ts";
import type { AuditRule } from "../../rule.ts";

/** Snapshots cannot be shared with everybody. */
export const snapshotPublicAccess: AuditRule = {
  id: "ec2/snapshot-public-access",
  title: "Snapshots cannot be shared with everybody",
  severity: "medium",
  why: "A declarative policy sets it in every account and Region and keeps it, whatever administrators of the account do. Without one, only each account itself knows.",
  remedy: "Attach a declarative policy for EC2 to the root.",
  config:
    "policies:\n  - name: ec2-baseline\n    guardrail: { name: ec2-baseline }\n    attach: [Root]",
  compliance: { fsbp: ["EC2.182"], "nist-800-53-r5": ["AC-3", "SC-7"] },
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_declarative.html",
  ],
  evaluate: effectiveSetting({
    type: "DECLARATIVE_POLICY_EC2",
    path: ["ec2_attributes", "snapshot_block_public_access", "state"],
    isGood: (value) => value === "block_all_sharing" || value === "block_new_sharing",
    holds: "Sharing of snapshots with everybody is blocked",
    without: "unknown",
  }),
  breaks: {
    "organization/policies/7/content": JSON.stringify({
      ec2_attributes: { snapshot_block_public_access: { state: { "@@assign": "unblocked" } } },
    }),
  },
};
