import { z } from "zod";
import {
  accountScope,
  delegatedAdministrator,
  regionName,
  regionScope,
  remove,
  type ScopeBlock,
} from "../kit/scope.ts";

/** Where the results of discovery are kept, in one Region. */
export interface ExportBlock {
  readonly bucket: string;
  readonly prefix?: string | undefined;
  readonly kmsKeyArn: string;
  readonly bucketOwner?: string | undefined;
}

/** The block `macie2`. Defaults are filled in. */
export interface MacieBlock extends ScopeBlock {
  readonly autoEnable: boolean;
  readonly findingPublishingFrequency: "FIFTEEN_MINUTES" | "ONE_HOUR" | "SIX_HOURS";
  readonly automatedDiscovery?:
    | {
        readonly mode: "ALL" | "NEW" | "NONE";
        readonly excludeAccounts?: readonly string[] | undefined;
      }
    | undefined;
  readonly classificationExport?: Readonly<Record<string, ExportBlock>> | undefined;
  readonly publishToSecurityHub?:
    | { readonly policyFindings: boolean; readonly classificationFindings: boolean }
    | undefined;
}

/** The form of the block. */
export const macieSchema: z.ZodType<MacieBlock> = z
  .strictObject({
    delegatedAdministrator,
    ...regionScope,
    ...accountScope,
    autoEnable: z
      .boolean()
      .default(true)
      .meta({ description: "Whether accounts that join later become members by themselves." }),
    findingPublishingFrequency: z
      .enum(["FIFTEEN_MINUTES", "ONE_HOUR", "SIX_HOURS"])
      .default("FIFTEEN_MINUTES")
      .meta({ description: "How often the administrator publishes updates to policy findings." }),
    automatedDiscovery: z
      .strictObject({
        mode: z.enum(["ALL", "NEW", "NONE"]).meta({
          description:
            "`ALL`: every member, now and later. `NEW`: those that join later. `NONE`: nobody is " +
            "added; who is on stays on.",
        }),
        excludeAccounts: z
          .array(z.string().min(1))
          .optional()
          .meta({
            description:
              "Accounts without automated discovery. Only with `NEW` or `NONE`, for AWS knows no " +
              "exceptions from `ALL`.",
          }),
      })
      .optional()
      .meta({
        description: "Automated sensitive data discovery. It costs by object and gigabyte.",
      }),
    classificationExport: z
      .record(
        regionName,
        z.strictObject({
          bucket: z.string().min(3).max(63).meta({ description: "Name of the bucket." }),
          prefix: z.string().optional().meta({ description: "Folder of the bucket." }),
          kmsKeyArn: z
            .string()
            .regex(/^arn:[^:]+:kms:[a-z0-9-]+:\d{12}:key\/.+$/, "give the ARN of a KMS key")
            .meta({ description: "Key that encrypts the results, in the Region of the bucket." }),
          bucketOwner: z
            .string()
            .regex(/^\d{12}$/, "an account id has 12 digits")
            .optional()
            .meta({ description: "Id of the account that must own the bucket." }),
        }),
      )
      .optional()
      .meta({
        description:
          "Where the administrator keeps the results of discovery, by Region. Without it they are " +
          "gone after 90 days.",
      }),
    publishToSecurityHub: z
      .strictObject({
        policyFindings: z
          .boolean()
          .default(true)
          .meta({ description: "Findings about how buckets are set up." }),
        classificationFindings: z
          .boolean()
          .default(false)
          .meta({ description: "Findings of sensitive data." }),
      })
      .optional()
      .meta({ description: "Which findings the administrator publishes to Security Hub." }),
    remove,
  })
  .meta({ id: "macie2", description: "Amazon Macie for the whole organization." });
