import { z } from "zod";
import type { RegionName } from "../../core/identifiers.ts";
import { accountName, delegatedAdministrator, regionName, remove } from "../kit/scope.ts";

/** The members of an advanced event selector's field: lists of values by operator. */
export type FieldBlock = Readonly<
  Partial<
    Record<
      "equals" | "notEquals" | "startsWith" | "notStartsWith" | "endsWith" | "notEndsWith",
      readonly string[] | undefined
    >
  >
>;

/** An advanced event selector. */
export interface AdvancedSelectorBlock {
  readonly name?: string | undefined;
  readonly fields: Readonly<Record<string, FieldBlock>>;
}

/** A basic event selector. */
export interface SelectorBlock {
  readonly readWrite: "All" | "ReadOnly" | "WriteOnly";
  readonly managementEvents: boolean;
  readonly excludeEventSources?: readonly string[] | undefined;
  readonly dataResources?:
    | readonly { readonly type: string; readonly values: readonly string[] }[]
    | undefined;
}

/** A trail. Defaults are filled in. */
export interface TrailBlock {
  readonly name: string;
  readonly adopt?: string | undefined;
  readonly organization: boolean;
  readonly multiRegion: boolean;
  readonly globalServiceEvents: boolean;
  readonly logFileValidation: boolean;
  readonly logging: boolean;
  readonly prefix?: string | undefined;
  readonly insights?: readonly string[] | undefined;
  readonly cloudWatchLogs?:
    | {
        readonly logGroup: string;
        readonly role: string;
        readonly retentionDays?: number | undefined;
      }
    | undefined;
  readonly eventSelectors?: readonly SelectorBlock[] | undefined;
  readonly advancedEventSelectors?: readonly AdvancedSelectorBlock[] | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly remove?: boolean | undefined;
}

/** The bucket that log files go to. */
export interface LogArchiveBlock {
  readonly account: string;
  readonly bucket: string;
  readonly manage: boolean;
  readonly requireTls: boolean;
  readonly versioning: boolean;
  readonly key?:
    | {
        readonly alias?: string | undefined;
        readonly arn?: string | undefined;
        readonly rotation: boolean;
        readonly readers?: readonly string[] | undefined;
      }
    | undefined;
  readonly objectLock?:
    | { readonly mode: "GOVERNANCE" | "COMPLIANCE"; readonly days: number }
    | undefined;
  readonly lifecycle?:
    | {
        readonly archiveAfterDays?: number | undefined;
        readonly expireAfterDays?: number | undefined;
        readonly expireOldVersionsAfterDays?: number | undefined;
      }
    | undefined;
  readonly accessLogging?:
    | { readonly bucket: string; readonly prefix?: string | undefined }
    | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

/** The block `cloudtrail`. Defaults are filled in. */
export interface CloudTrailBlock {
  readonly delegatedAdministrator?: string | undefined;
  readonly region?: RegionName | undefined;
  readonly logArchive: LogArchiveBlock;
  readonly trails: readonly TrailBlock[];
  readonly remove?: boolean | undefined;
}

const tags = z
  .record(z.string().min(1).max(128), z.string().max(256))
  .optional()
  .meta({ description: "Tags to set; other tags are left alone." });

const values = (description: string): z.ZodOptional<z.ZodArray<z.ZodString>> =>
  z.array(z.string().min(1)).min(1).optional().meta({ description });

const field = z.strictObject({
  equals: values("The field is one of these."),
  notEquals: values("The field is none of these."),
  startsWith: values("The field begins with one of these."),
  notStartsWith: values("The field begins with none of these."),
  endsWith: values("The field ends with one of these."),
  notEndsWith: values("The field ends with none of these."),
});

const advancedSelector = z.strictObject({
  name: z
    .string()
    .max(1000)
    .optional()
    .meta({ description: "What the selector is for, in words." }),
  fields: z.record(z.string(), field).meta({
    description: "Conditions by field of the event; all must hold.",
    examples: [
      { eventCategory: { equals: ["Data"] }, "resources.type": { equals: ["AWS::S3::Object"] } },
    ],
  }),
});

const selector = z.strictObject({
  readWrite: z
    .enum(["All", "ReadOnly", "WriteOnly"])
    .default("All")
    .meta({ description: "Whether events that read, that write, or both are logged." }),
  managementEvents: z
    .boolean()
    .default(true)
    .meta({ description: "Whether management events are logged." }),
  excludeEventSources: z
    .array(z.string())
    .optional()
    .meta({ description: "Such as `kms.amazonaws.com` and `rdsdata.amazonaws.com`." }),
  dataResources: z
    .array(
      z.strictObject({
        type: z.string().meta({
          description: "Type of the resources, by CloudFormation's name.",
          examples: ["AWS::S3::Object"],
        }),
        values: z.array(z.string()).min(1).meta({
          description: "ARNs of the resources, or beginnings of them; `arn:aws:s3` stands for all.",
        }),
      }),
    )
    .optional()
    .meta({ description: "Resources whose data events are logged. They cost by event." }),
});

const trail = z.strictObject({
  name: z
    .string()
    .min(3)
    .max(128)
    .regex(
      /^[A-Za-z0-9](?:[._-]?[A-Za-z0-9])*$/,
      "a trail's name has letters, digits and single `._-` between them",
    )
    .default("orgrail")
    .meta({ description: "Name of the trail. A trail of that name which is there is adopted." }),
  adopt: z
    .string()
    .optional()
    .meta({ description: "Name of a trail that is taken over instead of making a new one." }),
  organization: z
    .boolean()
    .default(true)
    .meta({ description: "Whether the trail logs all accounts of the organization." }),
  multiRegion: z
    .boolean()
    .default(true)
    .meta({ description: "Whether the trail logs all Regions, those that come later too." }),
  globalServiceEvents: z
    .boolean()
    .default(true)
    .meta({ description: "Whether events of IAM, STS and their like are logged." }),
  logFileValidation: z
    .boolean()
    .default(true)
    .meta({ description: "Whether digest files show that log files were not changed." }),
  logging: z
    .boolean()
    .default(true)
    .meta({ description: "Whether the trail logs. A trail that stopped is started again." }),
  prefix: z
    .string()
    .max(200)
    .optional()
    .meta({ description: "Folder of the bucket, before `AWSLogs`." }),
  insights: z
    .array(z.enum(["ApiCallRateInsight", "ApiErrorRateInsight"]))
    .optional()
    .meta({
      description: "Insights events to log; an empty list turns Insights off. They cost by event.",
    }),
  cloudWatchLogs: z
    .strictObject({
      logGroup: z
        .string()
        .regex(/^[.\-_/#A-Za-z0-9]{1,512}$/, "not a log group's name")
        .meta({ description: "Log group of the management account; it is made if need be." }),
      role: z
        .string()
        .regex(/^[\w+=,.@-]{1,64}$/, "not a role's name")
        .default("CloudTrail_CloudWatchLogs_Role")
        .meta({ description: "Role by which CloudTrail writes; it is made if need be." }),
      retentionDays: z
        .number()
        .int()
        .positive()
        .optional()
        .meta({ description: "Days for which the log group keeps events; for ever when absent." }),
    })
    .optional()
    .meta({ description: "Sends events to CloudWatch Logs, too. It costs by what is sent." }),
  eventSelectors: z
    .array(selector)
    .min(1)
    .max(5)
    .optional()
    .meta({ description: "What is logged: management events, data events of some resources." }),
  advancedEventSelectors: z
    .array(advancedSelector)
    .min(1)
    .optional()
    .meta({ description: "What is logged, field by field. Not together with `eventSelectors`." }),
  tags,
  remove: z.boolean().optional().meta({ description: "Deletes the trail. Its log files stay." }),
});

const key = z.strictObject({
  alias: z
    .string()
    .regex(/^[a-zA-Z0-9/_-]{1,250}$/, "an alias has letters, digits and `/_-`, without `alias/`")
    .optional()
    .meta({
      description: "Alias, without `alias/`, of a key in the log archive; it is made if need be.",
      examples: ["orgrail/cloudtrail"],
    }),
  arn: z
    .string()
    .regex(/^arn:aws[\w-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/, "not the ARN of a key")
    .optional()
    .meta({ description: "ARN of a key that is managed elsewhere; it is used as it is." }),
  rotation: z
    .boolean()
    .default(true)
    .meta({ description: "Whether AWS makes new key material every year." }),
  readers: z
    .array(accountName)
    .optional()
    .meta({ description: "Accounts, beside the log archive, that may decrypt log files." }),
});

const logArchive = z.strictObject({
  account: accountName.meta({ description: "Account that holds the bucket and the key." }),
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "not a bucket's name")
    .meta({
      description: "Bucket for log files; it is made if need be.",
      examples: ["acme-trail"],
    }),
  manage: z
    .boolean()
    .default(true)
    .meta({ description: "`false`: bucket and key are used as they are, by whoever made them." }),
  requireTls: z
    .boolean()
    .default(true)
    .meta({ description: "Whether the bucket's policy denies requests without TLS." }),
  versioning: z.boolean().default(true).meta({ description: "Whether old versions are kept." }),
  key: key
    .refine((given) => (given.alias === undefined) !== (given.arn === undefined), {
      message: "give either `alias` or `arn`",
    })
    .optional()
    .meta({ description: "Key for log files; with keys of S3 when absent." }),
  objectLock: z
    .strictObject({
      mode: z.enum(["GOVERNANCE", "COMPLIANCE"]).meta({
        description:
          "`GOVERNANCE`: who has a permission of its own can end it. `COMPLIANCE`: nobody can.",
      }),
      days: z
        .number()
        .int()
        .min(1)
        .max(36_500)
        .meta({ description: "Days for which a log file is locked." }),
    })
    .optional()
    .meta({ description: "Log files that nobody can delete for that long; it cannot be undone." }),
  lifecycle: z
    .strictObject({
      archiveAfterDays: z
        .number()
        .int()
        .min(1)
        .optional()
        .meta({ description: "Days after which log files go to S3 Glacier." }),
      expireAfterDays: z
        .number()
        .int()
        .min(1)
        .optional()
        .meta({ description: "Days after which log files are deleted." }),
      expireOldVersionsAfterDays: z
        .number()
        .int()
        .min(1)
        .optional()
        .meta({ description: "Days after which versions that are no longer current are deleted." }),
    })
    .optional()
    .meta({ description: "Days after which log files go to S3 Glacier, and are deleted." }),
  accessLogging: z
    .strictObject({
      bucket: z.string().min(3).meta({ description: "Bucket of the same account and Region." }),
      prefix: z
        .string()
        .optional()
        .meta({ description: "What the names of its objects begin with." }),
    })
    .optional()
    .meta({ description: "Bucket of the log archive that takes the access log of this one." }),
  tags,
});

/** The form of the block. */
export const cloudtrailSchema: z.ZodType<CloudTrailBlock> = z
  .strictObject({
    delegatedAdministrator,
    region: regionName
      .optional()
      .meta({ description: "Home Region of the trails; the organization's when absent." }),
    logArchive: logArchive.meta({ description: "Where log files go." }),
    trails: z
      .array(trail)
      .min(1)
      .meta({ description: "The trails. Others that are there are shown and left alone." }),
    remove,
  })
  .meta({
    id: "cloudtrail",
    description: "AWS CloudTrail: trails of the organization, and the log archive they write to.",
  });
