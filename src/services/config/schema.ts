import { z } from "zod";
import type { RegionName } from "../../core/identifiers.ts";
import { configQuotas } from "../../data/config-quotas.ts";
import {
  accountName,
  accountScope,
  delegatedAdministrator,
  regionName,
  regionScope,
  remove,
  type ScopeBlock,
} from "../kit/scope.ts";

/** What the recorders record. */
export interface RecorderBlock {
  readonly name: string;
  readonly frequency: "continuous" | "daily";
  readonly daily?: readonly string[] | undefined;
  readonly resourceTypes?: readonly string[] | undefined;
  readonly excludeResourceTypes?: readonly string[] | undefined;
  readonly globalResourcesRegion?: RegionName | undefined;
}

/** Where the recorders deliver to. */
export interface DeliveryBlock {
  readonly bucket: string;
  readonly account?: string | undefined;
  readonly prefix?: string | undefined;
  readonly kmsKeyArn?: string | undefined;
  readonly snsTopicArn?: string | undefined;
  readonly snapshots?: string | undefined;
}

/** An organization rule. */
export interface RuleBlock {
  readonly name: string;
  readonly identifier?: string | undefined;
  readonly policy?:
    | {
        readonly file: string;
        readonly runtime: string;
        readonly triggers: readonly string[];
      }
    | undefined;
  readonly description?: string | undefined;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  readonly frequency?: string | undefined;
  readonly resourceTypes?: readonly string[] | undefined;
  readonly excludeAccounts?: readonly string[] | undefined;
  readonly regions?: readonly RegionName[] | undefined;
  readonly remove?: boolean | undefined;
}

/** An organization conformance pack. */
export interface PackBlock {
  readonly name: string;
  readonly template?: string | undefined;
  readonly templateS3Uri?: string | undefined;
  /** Name of a template of AWS's own. */
  readonly awsTemplate?: string | undefined;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  readonly deliveryBucket?: string | undefined;
  readonly deliveryPrefix?: string | undefined;
  readonly excludeAccounts?: readonly string[] | undefined;
  readonly regions?: readonly RegionName[] | undefined;
  readonly remove?: boolean | undefined;
}

/** The block `config`. Defaults are filled in. */
export interface ConfigBlock extends ScopeBlock {
  readonly deployment: "stack-set" | "direct";
  readonly recorder: RecorderBlock;
  readonly delivery: DeliveryBlock;
  readonly retentionDays?: number | undefined;
  readonly aggregator?:
    | { readonly name: string; readonly region?: RegionName | undefined; readonly role: string }
    | undefined;
  readonly rules: readonly RuleBlock[];
  readonly conformancePacks: readonly PackBlock[];
}

const resourceTypes = z.array(z.string().regex(/^AWS::\w+::\w+$/, "such as `AWS::S3::Bucket`"));
const texts = z.record(z.string(), z.string());
const frequencies = [
  "One_Hour",
  "Three_Hours",
  "Six_Hours",
  "Twelve_Hours",
  "TwentyFour_Hours",
] as const;

const exclusions = {
  excludeAccounts: z
    .array(accountName)
    .optional()
    .meta({ description: "Accounts left out, beside those that the block leaves out." }),
  regions: z
    .array(regionName)
    .min(1)
    .optional()
    .meta({ description: "Regions of it; those of the block when absent." }),
  remove: z.boolean().optional().meta({ description: "Deletes it in every Region of the block." }),
};

const recorder: z.ZodType<RecorderBlock> = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(256)
      .default("orgrail")
      .meta({
        description:
          "Name of the recorders and their channels. By it orgrail knows its own: a recorder of " +
          "another name was made by other means; it is shown and left as it is.",
      }),
    frequency: z
      .enum(["continuous", "daily"])
      .default("continuous")
      .meta({ description: "Whether every change is recorded or one state a day." }),
    daily: resourceTypes
      .min(1)
      .optional()
      .meta({ description: "Types that are recorded once a day while the rest is continuous." }),
    resourceTypes: resourceTypes
      .min(1)
      .optional()
      .meta({ description: "The only types that are recorded; all when absent." }),
    excludeResourceTypes: resourceTypes
      .min(1)
      .optional()
      .meta({ description: "Types that are not recorded." }),
    globalResourcesRegion: regionName.optional().meta({
      description: "The one Region that records IAM's resources; the home Region when absent.",
    }),
  })
  .refine((it) => it.resourceTypes === undefined || it.excludeResourceTypes === undefined, {
    message: "give `resourceTypes` or `excludeResourceTypes`, not both",
  });

const delivery: z.ZodType<DeliveryBlock> = z.strictObject({
  bucket: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, "not a bucket's name")
    .meta({ description: "Bucket for configuration history and snapshots." }),
  account: accountName.optional().meta({
    description:
      "Account in which orgrail makes the bucket and its policy; without it the bucket is used as " +
      "it is, by whoever made it.",
  }),
  prefix: z.string().min(1).optional().meta({ description: "Folder before `AWSLogs`." }),
  kmsKeyArn: z.string().startsWith("arn:").optional().meta({ description: "Key for the objects." }),
  snsTopicArn: z
    .string()
    .startsWith("arn:")
    .optional()
    .meta({ description: "Topic that is told of every change." }),
  snapshots: z
    .enum(frequencies)
    .optional()
    .meta({ description: "How often a snapshot of all is delivered; never when absent." }),
});

const rule: z.ZodType<RuleBlock> = z
  .strictObject({
    name: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, "letters, digits and `_-`, at most 64")
      .meta({ description: "Name of the rule; one of that name is adopted." }),
    identifier: z
      .string()
      .regex(/^[A-Z0-9_]+$/, "such as `IAM_PASSWORD_POLICY`")
      .optional()
      .meta({
        description: "Identifier of one of AWS's managed rules.",
        examples: ["CLOUDTRAIL_SECURITY_TRAIL_ENABLED"],
      }),
    policy: z
      .strictObject({
        file: z.string().min(1).meta({ description: "File with the policy in Guard." }),
        runtime: z.string().default("guard-2.x.x").meta({ description: "Language of the policy." }),
        triggers: z
          .array(
            z.enum([
              "ConfigurationItemChangeNotification",
              "OversizedConfigurationItemChangeNotification",
            ]),
          )
          .default(["ConfigurationItemChangeNotification"])
          .meta({ description: "What has the policy evaluated." }),
      })
      .optional()
      .meta({ description: "A custom policy in place of a managed rule." }),
    description: z.string().max(256).optional().meta({ description: "What it is for." }),
    parameters: texts.optional().meta({ description: "The rule's input parameters." }),
    frequency: z
      .enum(frequencies)
      .optional()
      .meta({ description: "How often a periodic rule runs." }),
    resourceTypes: resourceTypes
      .optional()
      .meta({ description: "Types whose changes trigger the rule." }),
    ...exclusions,
  })
  .refine((it) => (it.identifier === undefined) !== (it.policy === undefined), {
    message: "give `identifier` or `policy`",
  });

const pack: z.ZodType<PackBlock> = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/,
        "a name begins with a letter and has letters, digits and `-`",
      )
      .meta({ description: "Name of the conformance pack; one of that name is adopted." }),
    template: z
      .string()
      .min(1)
      .optional()
      .meta({
        description:
          "File of the template. AWS does not tell a pack's template: orgrail adds a parameter " +
          "with its digest, by which a change is seen.",
      }),
    templateS3Uri: z
      .string()
      .startsWith("s3://")
      .optional()
      .meta({ description: "Template in S3. That it has changed there cannot be seen." }),
    awsTemplate: z
      .string()
      .regex(/^[A-Za-z0-9_.-]{1,100}$/, "a name as AWS writes it, without `AWSConformancePacks-`")
      .optional()
      .meta({
        description:
          "A template of AWS's own, by the name of its document in Systems Manager without " +
          "`AWSConformancePacks-`. It is read with every plan: what AWS changes in it is planned. " +
          "`aws ssm list-documents --filters Key=Owner,Values=Amazon Key=Name,Values=AWSConformancePacks` " +
          "lists them.",
        examples: ["OperationalBestPracticesforHIPAASecurity"],
      }),
    parameters: texts.optional().meta({ description: "Values of the template's parameters." }),
    deliveryBucket: z
      .string()
      .startsWith("awsconfigconforms")
      .optional()
      .meta({ description: "Bucket for results; its name begins with `awsconfigconforms`." }),
    deliveryPrefix: z.string().optional().meta({ description: "Folder of that bucket." }),
    ...exclusions,
  })
  .refine(
    ({ template, templateS3Uri, awsTemplate }) =>
      [template, templateS3Uri, awsTemplate].filter((it) => it !== undefined).length === 1,
    { message: "give one of `awsTemplate`, `template` and `templateS3Uri`" },
  );

/** The form of the block. */
export const configSchema: z.ZodType<ConfigBlock> = z
  .strictObject({
    delegatedAdministrator,
    ...regionScope,
    ...accountScope,
    deployment: z
      .enum(["stack-set", "direct"])
      .default("stack-set")
      .meta({
        description:
          "How recorders come into the accounts: by two stack sets that orgrail keeps (a few calls, " +
          "and new accounts are covered by themselves), or account by account (three calls a Region " +
          "for reading and for writing). The management account, which stack sets never reach, is " +
          "always done directly.",
      }),
    recorder: recorder
      .default({ name: "orgrail", frequency: "continuous" })
      .meta({ description: "What is recorded, and how often." }),
    delivery: delivery.meta({ description: "Where history and snapshots go." }),
    retentionDays: z
      .number()
      .int()
      .min(configQuotas.retentionDays.least)
      .max(configQuotas.retentionDays.most)
      .optional()
      .meta({
        description:
          "Days for which AWS keeps configuration items; its own default is seven years. It is " +
          "read and written account by account and Region by Region: one call each.",
      }),
    aggregator: z
      .strictObject({
        name: z
          .string()
          .min(1)
          .max(256)
          .default("orgrail-organization")
          .meta({ description: "Name of the aggregator." }),
        region: regionName.optional().meta({ description: "The home Region when absent." }),
        role: z.string().min(1).max(64).default("orgrail-config-aggregator").meta({
          description: "Role by which the aggregator lists accounts; it is made if need be.",
        }),
      })
      .optional()
      .meta({
        description: "An aggregator of all accounts and Regions, in the administrator's account.",
      }),
    rules: z.array(rule).default([]).meta({ description: "Organization rules, in every Region." }),
    conformancePacks: z
      .array(pack)
      .default([])
      .meta({ description: "Organization conformance packs, in every Region." }),
    remove,
  })
  .meta({ id: "config", description: "AWS Config for the whole organization." });
