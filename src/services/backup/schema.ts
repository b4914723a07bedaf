import { z } from "zod";
import { delegatedAdministrator, regionScope, remove, type ScopeBlock } from "../kit/scope.ts";

/** The block `backup`. */
export interface BackupBlock extends ScopeBlock {
  readonly crossAccountBackup?: boolean | undefined;
  readonly multiPartyApproval?: boolean | undefined;
  readonly synchronizeDelegation?: boolean | undefined;
  readonly resourceTypes?: Readonly<Record<string, boolean>> | undefined;
  readonly fullManagement?: Readonly<Record<string, boolean>> | undefined;
}

const types = z.record(
  z.string().regex(/^[a-zA-Z0-9_. -]{1,50}$/, "a resource type looks like `EBS`"),
  z.boolean(),
);

/** The form of the block. */
export const backupSchema: z.ZodType<BackupBlock> = z
  .strictObject({
    delegatedAdministrator,
    ...regionScope,
    crossAccountBackup: z.boolean().optional().meta({
      description: "Whether accounts of the organization may copy backups to one another.",
    }),
    multiPartyApproval: z
      .boolean()
      .optional()
      .meta({
        description:
          "Whether approval teams can be assigned to logically air-gapped vaults, so that backups " +
          "stay within reach when an account does not.",
      }),
    synchronizeDelegation: z
      .boolean()
      .optional()
      .meta({
        description:
          "Whether AWS Backup keeps the delegated administrator's permissions in AWS Organizations " +
          "in step by itself.",
      }),
    resourceTypes: types.optional().meta({
      description:
        "Service opt-in of the management account, Region by Region; for backup policies of the " +
        "organization it goes before that of the accounts. Types that are not named stay.",
      examples: [{ EBS: true, S3: true }],
    }),
    fullManagement: types.optional().meta({
      description: "Resource types whose backups AWS Backup manages fully.",
      examples: [{ DynamoDB: true }],
    }),
    remove,
  })
  .meta({
    id: "backup",
    description:
      "AWS Backup for the organization: administrator, cross-account settings, service opt-in. " +
      "Backup plans are backup policies, under `policies`.",
  });
