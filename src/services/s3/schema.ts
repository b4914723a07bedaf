import { z } from "zod";
import type { RegionName } from "../../core/identifiers.ts";
import { accountScope, delegatedAdministrator, regionName, remove } from "../kit/scope.ts";

/** Where Storage Lens exports its metrics. */
export interface LensExport {
  readonly bucket: string;
  readonly account: string;
  readonly format: "CSV" | "Parquet";
  readonly prefix?: string | undefined;
}

/** A Storage Lens configuration of the organization. Defaults are filled in. */
export interface StorageLensBlock {
  readonly name: string;
  readonly region?: RegionName | undefined;
  readonly dataProtection: boolean;
  readonly activity: boolean;
  readonly detailedStatusCodes: boolean;
  readonly cloudWatch?: boolean | undefined;
  readonly export?: LensExport | undefined;
}

/** The block `s3`. Defaults are filled in. */
export interface S3Block {
  readonly delegatedAdministrator?: string | undefined;
  readonly excludeAccounts?: readonly string[] | undefined;
  readonly excludeOrganizationalUnits?: readonly string[] | undefined;
  readonly publicAccessBlock?: { readonly via: "policy" | "account" } | undefined;
  readonly storageLens?: StorageLensBlock | undefined;
  readonly remove?: boolean | undefined;
}

const lensExport = z.strictObject({
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "write the bucket's name, not its ARN")
    .meta({
      description:
        "Bucket for the reports, in the configuration's Region. Its policy must let " +
        "`storage-lens.s3.amazonaws.com` put objects.",
      examples: ["storage-lens-reports"],
    }),
  account: z
    .string()
    .regex(/^\d{12}$/, "an account id has twelve digits")
    .meta({ description: "Id of the account that owns the bucket." }),
  format: z.enum(["CSV", "Parquet"]).default("Parquet").meta({ description: "Format of reports." }),
  prefix: z.string().min(1).optional().meta({ description: "Prefix of the reports' keys." }),
});

/** The form of the block. */
export const s3Schema: z.ZodType<S3Block> = z
  .strictObject({
    delegatedAdministrator,
    ...accountScope,
    publicAccessBlock: z
      .strictObject({
        via: z
          .enum(["policy", "account"])
          .default("policy")
          .meta({
            description:
              "`policy`: by an S3 policy of the organization (guardrail `s3-block-public-access` " +
              "under `policies`), which holds in accounts to come as well and takes no calls; the " +
              "plan says which accounts it does not reach. `account`: by a call in each account, and " +
              "one to look, unless the rule `s3-account-level-public-access-blocks-periodic` runs in " +
              "the organization and proves it.",
          }),
      })
      .optional()
      .meta({ description: "All four settings of the public access block, in every account." }),
    storageLens: z
      .strictObject({
        name: z
          .string()
          .regex(/^[a-zA-Z0-9_.-]{1,64}$/, "a name has up to 64 letters, digits and `-_.`")
          .default("organization")
          .meta({ description: "Name of the configuration; one of that name is adopted." }),
        region: regionName.optional().meta({
          description: "Home Region of its metrics; the home Region of the file when absent.",
        }),
        dataProtection: z
          .boolean()
          .default(true)
          .meta({
            description:
              "Data protection metrics: encryption, versioning, replication, object lock, of every " +
              "bucket. They are advanced metrics, which cost by object.",
          }),
        activity: z.boolean().default(false).meta({ description: "Activity metrics; they cost." }),
        detailedStatusCodes: z
          .boolean()
          .default(false)
          .meta({ description: "Metrics by status code, such as 403; they cost." }),
        cloudWatch: z
          .boolean()
          .optional()
          .meta({ description: "Whether metrics are published to CloudWatch." }),
        export: lensExport.optional().meta({ description: "A daily report in a bucket." }),
      })
      .optional()
      .meta({
        description:
          "A Storage Lens of the whole organization, in the delegated administrator's account or " +
          "else the management account.",
      }),
    remove,
  })
  .meta({
    id: "s3",
    description: "Amazon S3: no public access anywhere, and one view of how data is protected.",
  });
