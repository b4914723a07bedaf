import type { DocumentGuardrail } from "./guardrail.ts";

/** Backs up every resource that carries a tag. */
export const backupByTag: DocumentGuardrail<{
  regions: "strings";
  schedule: "string";
  vault: "string";
  deleteAfterDays: "number";
  roleName: "string";
  tagKey: "string";
  tagValues: "strings";
}> = {
  name: "backup-by-tag",
  title: "Backup by tag (backup policy)",
  type: "BACKUP_POLICY",
  why: "A team tags what it cannot lose; the organization backs it up in every account, with a plan that the account cannot change. Vault and role must exist in each account and Region.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_backup_syntax.html",
  ],
  parameters: {
    regions: {
      kind: "strings",
      description: "Regions in which resources are backed up.",
      pattern: /^[a-z]{2,3}(-[a-z]+)+-\d$/,
      example: ["eu-west-1"],
    },
    schedule: {
      kind: "string",
      description: "When, as a cron expression of AWS Backup.",
      default: "cron(0 5 ? * * *)",
      pattern: /^cron\(.+\)$/,
      example: "cron(0 5 ? * * *)",
    },
    vault: {
      kind: "string",
      description: "Name of the backup vault.",
      default: "Default",
      pattern: /^[a-zA-Z0-9_-]{2,50}$/,
      example: "Default",
    },
    deleteAfterDays: {
      kind: "number",
      description: "After how many days a recovery point is deleted.",
      default: 35,
      example: 35,
    },
    roleName: {
      kind: "string",
      description: "Name of the role that AWS Backup assumes in each account.",
      default: "service-role/AWSBackupDefaultServiceRole",
      example: "service-role/AWSBackupDefaultServiceRole",
    },
    tagKey: {
      kind: "string",
      description: "The tag that asks for backup.",
      default: "Backup",
      example: "Backup",
    },
    tagValues: {
      kind: "strings",
      description: "Its values.",
      default: ["true"],
      example: ["true"],
    },
  },
  document: (values) => ({
    plans: {
      backup_by_tag: {
        regions: { "@@assign": [...values.regions] },
        rules: {
          scheduled: {
            schedule_expression: { "@@assign": values.schedule },
            target_backup_vault_name: { "@@assign": values.vault },
            lifecycle: { delete_after_days: { "@@assign": String(values.deleteAfterDays) } },
          },
        },
        selections: {
          tags: {
            by_tag: {
              iam_role_arn: { "@@assign": `arn:aws:iam::$account:role/${values.roleName}` },
              tag_key: { "@@assign": values.tagKey },
              tag_value: { "@@assign": [...values.tagValues] },
            },
          },
        },
      },
    },
  }),
  effective: [
    {
      path: ["plans", "backup_by_tag", "rules", "scheduled", "target_backup_vault_name"],
      value: "Default",
    },
  ],
};
