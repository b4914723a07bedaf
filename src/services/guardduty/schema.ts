import { z } from "zod";
import { guardDutyFacts } from "../../data/guardduty-facts.ts";
import { accountName, accountScope, regionScope, remove, type ScopeBlock } from "../kit/scope.ts";
import type { AutoEnable } from "./features.ts";

/** A feature: to whom it is brought, and its additional configurations likewise. */
export type FeatureBlock =
  | AutoEnable
  | {
      readonly autoEnable: AutoEnable;
      readonly additional?: Readonly<Record<string, AutoEnable>> | undefined;
    };

/** A trusted or threat list. */
export interface ListBlock {
  readonly name: string;
  readonly format: string;
  readonly location: string;
  readonly active: boolean;
  readonly expectedBucketOwner?: string | undefined;
}

/** The block `guardduty`. Defaults are filled in. */
export interface GuardDutyBlock extends ScopeBlock {
  readonly delegatedAdministrator: string;
  readonly autoEnable?: AutoEnable | undefined;
  readonly features?: Readonly<Record<string, FeatureBlock>> | undefined;
  readonly findingPublishingFrequency?: string | undefined;
  readonly findingsExport?:
    | {
        readonly bucketArn: string;
        readonly kmsKeyArn: string;
        readonly expectedBucketOwner?: string | undefined;
      }
    | undefined;
  readonly trustedIpLists?: readonly ListBlock[] | undefined;
  readonly threatIpLists?: readonly ListBlock[] | undefined;
  readonly trustedEntityLists?: readonly ListBlock[] | undefined;
  readonly threatEntityLists?: readonly ListBlock[] | undefined;
}

const autoEnable = z.enum(["ALL", "NEW", "NONE"]);

/** Features that the file may name: those of members that AWS has not replaced. */
const features = guardDutyFacts.features.filter(
  ({ forMembers, replacedBy }) => forMembers && replacedBy === undefined,
);

const featureSchema = z.strictObject(
  Object.fromEntries(
    features.map(({ name, additional }) => [
      name,
      (additional.length === 0
        ? autoEnable
        : z.union([
            autoEnable,
            z.strictObject({
              autoEnable: autoEnable.meta({
                description: "The feature itself: for all accounts, for new ones, or for none.",
              }),
              additional: z
                .strictObject(
                  Object.fromEntries(
                    additional.map((inner) => [
                      inner,
                      autoEnable.optional().meta({
                        description: `\`${inner}\`: for all accounts, for new ones, or for none.`,
                      }),
                    ]),
                  ),
                )
                .optional()
                .meta({
                  description: "Additional configurations, such as the management of agents.",
                }),
            }),
          ])
      )
        .optional()
        .meta({ description: `\`${name}\`: for all accounts, for new ones, or for none.` }),
    ]),
  ),
);

const lists = (what: string): z.ZodType<readonly ListBlock[] | undefined> =>
  z
    .array(
      z.strictObject({
        name: z
          .string()
          .regex(/^[\w\s-]{1,300}$/, "a name has letters, digits, white space, `_` and `-`")
          .meta({ description: "Name of the list; one of that name is adopted." }),
        format: z
          .enum(guardDutyFacts.listFormats as [string, ...string[]])
          .default("TXT")
          .meta({ description: "Format of the file. AWS cannot change it later." }),
        location: z
          .string()
          .regex(/^(s3:\/\/|https:\/\/)/, "a location is `s3://BUCKET/KEY` or an address of S3")
          .meta({
            description: "File of the list. `{region}` in it stands for the Region.",
            examples: ["s3://security-lists-{region}/trusted.txt"],
          }),
        active: z.boolean().default(true).meta({ description: "Whether GuardDuty uses the list." }),
        expectedBucketOwner: z
          .string()
          .regex(/^\d{12}$/, "an account id has twelve digits")
          .optional()
          .meta({ description: "Account that must own the bucket." }),
      }),
    )
    .optional()
    .meta({ description: `${what} Lists of other names are shown and left alone.` });

/** The form of the block. */
export const guardDutySchema: z.ZodType<GuardDutyBlock> = z
  .strictObject({
    delegatedAdministrator: accountName.meta({
      description:
        "Account of the file that administers GuardDuty in every Region of the block. Another " +
        "account than now takes its place in order: the plan says what is lost meanwhile.",
    }),
    ...regionScope,
    ...accountScope,
    autoEnable: autoEnable.optional().meta({
      description:
        "`ALL`: every account of the organization, those there are and those to come. `NEW`: only " +
        "those to come. `NONE`: no account of its own accord. `ALL` when absent, or, where accounts " +
        "are excluded, all the others and `NEW` for those to come, for AWS's own `ALL` spares none.",
    }),
    features: featureSchema.optional().meta({
      description:
        "Protection plans by AWS's names. Those that are not named are left as they are, and so is " +
        "what an organization's GuardDuty policy manages.",
      examples: [
        {
          S3_DATA_EVENTS: "ALL",
          RUNTIME_MONITORING: { autoEnable: "ALL", additional: { EC2_AGENT_MANAGEMENT: "ALL" } },
        },
      ],
    }) as z.ZodType<GuardDutyBlock["features"]>,
    findingPublishingFrequency: z
      .enum(guardDutyFacts.publishingFrequencies as [string, ...string[]])
      .optional()
      .meta({
        description:
          "How often changed findings go to EventBridge and S3. The administrator's setting holds " +
          "for its members.",
      }),
    findingsExport: z
      .strictObject({
        bucketArn: z
          .string()
          .regex(/^arn:[\w-]+:s3:::/, "the ARN of a bucket begins with `arn:aws:s3:::`")
          .meta({
            description:
              "Bucket, perhaps with a folder; its policy must let GuardDuty write. `{region}` in " +
              "it stands for the Region.",
            examples: ["arn:aws:s3:::example-findings/guardduty/"],
          }),
        kmsKeyArn: z
          .string()
          .regex(/^arn:[\w-]+:kms:/, "the ARN of a key begins with `arn:aws:kms:`")
          .meta({
            description:
              "Key that encrypts the findings; it must be in the bucket's Region, and its policy " +
              "must let GuardDuty use it.",
          }),
        expectedBucketOwner: z
          .string()
          .regex(/^\d{12}$/, "an account id has twelve digits")
          .optional()
          .meta({ description: "Account that must own the bucket." }),
      })
      .optional()
      .meta({ description: "Export of all findings to S3, from every Region." }),
    trustedIpLists: lists("Addresses that GuardDuty raises no findings for."),
    threatIpLists: lists("Addresses that GuardDuty raises findings for."),
    trustedEntityLists: lists("Addresses and domains that GuardDuty raises no findings for."),
    threatEntityLists: lists("Addresses and domains that GuardDuty raises findings for."),
    remove,
  })
  .meta({ id: "guardduty", description: "Amazon GuardDuty for the whole organization." });
