import { z } from "zod";
import type { RegionName } from "../../core/identifiers.ts";
import { accountScope, regionName, regionScope, remove, type ScopeBlock } from "../kit/scope.ts";

/** By which way a setting is made. */
export type Via = "declarative-policy" | "account";

interface Setting {
  readonly via?: Via | undefined;
}

/** The block `ec2`. Defaults are filled in. */
export interface Ec2Block extends Omit<ScopeBlock, "delegatedAdministrator"> {
  readonly via: Via;
  readonly ebsEncryption?:
    | { readonly kmsKeys?: Readonly<Record<RegionName, string>> | undefined }
    | undefined;
  readonly instanceMetadata?:
    | (Setting & {
        readonly httpTokens: "required" | "optional";
        readonly hopLimit?: number | undefined;
      })
    | undefined;
  readonly snapshots?:
    | (Setting & { readonly state: "block-all-sharing" | "block-new-sharing" })
    | undefined;
  readonly images?: Setting | undefined;
  readonly serialConsole?: (Setting & { readonly enabled: boolean }) | undefined;
  readonly vpcInternetAccess?:
    | (Setting & { readonly mode: "block-ingress" | "block-bidirectional" | "off" })
    | undefined;
  readonly allowedImages?:
    | (Setting & {
        readonly state: "enabled" | "audit-mode";
        readonly providers?: readonly string[] | undefined;
      })
    | undefined;
}

const way = z.enum(["declarative-policy", "account"]);
const via = way.optional().meta({ description: "Another way than the block's `via`." });

/** The form of the block. */
export const ec2Schema: z.ZodType<Ec2Block> = z
  .strictObject({
    ...regionScope,
    ...accountScope,
    via: way.default("declarative-policy").meta({
      description:
        "`declarative-policy`: by a policy of type DECLARATIVE_POLICY_EC2 under `policies`, which " +
        "holds in every account and Region, those to come among them, and takes no calls; the plan " +
        "says which accounts it does not reach, and what to add. `account`: by a call in each " +
        "account and Region, and one to look.",
    }),
    ebsEncryption: z
      .strictObject({
        kmsKeys: z
          .record(
            regionName,
            z.string().regex(/^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/[\w-]+$/, "write a key's ARN"),
          )
          .optional()
          .meta({
            description:
              "Key of new volumes, by Region; its policy must let every account use it. AWS's own " +
              "key where none is named.",
          }),
      })
      .optional()
      .meta({
        description:
          "New EBS volumes are encrypted. No policy can do that: always by account and Region. " +
          "Where Config's rule `ec2-ebs-encryption-by-default` runs in the organization, its " +
          "evidence takes the place of a look at each.",
      }),
    instanceMetadata: z
      .strictObject({
        via,
        httpTokens: z.enum(["required", "optional"]).default("required").meta({
          description: "`required`: new instances take version 2 of the metadata service only.",
        }),
        hopLimit: z.number().int().min(1).max(64).optional().meta({
          description: "Network hops that a token may travel; containers need 2.",
        }),
      })
      .optional()
      .meta({ description: "How new instances serve their metadata." }),
    snapshots: z
      .strictObject({
        via,
        state: z
          .enum(["block-all-sharing", "block-new-sharing"])
          .default("block-all-sharing")
          .meta({
            description: "Whether snapshots that are public already are shut as well.",
          }),
      })
      .optional()
      .meta({ description: "EBS snapshots are not shared with the public." }),
    images: z
      .strictObject({ via })
      .optional()
      .meta({ description: "Images are not newly shared with the public." }),
    serialConsole: z
      .strictObject({
        via,
        enabled: z.boolean().default(false).meta({
          description: "Whether instances can be reached by their serial console.",
        }),
      })
      .optional()
      .meta({ description: "The serial console of instances." }),
    vpcInternetAccess: z
      .strictObject({
        via,
        mode: z.enum(["block-ingress", "block-bidirectional", "off"]).meta({
          description: "What internet gateways of all VPCs no longer let through.",
        }),
      })
      .optional()
      .meta({ description: "VPC block public access. It cuts public workloads off." }),
    allowedImages: z
      .strictObject({
        via,
        state: z.enum(["enabled", "audit-mode"]).default("audit-mode").meta({
          description: "`audit-mode`: images that are not allowed are marked, and can be used.",
        }),
        providers: z
          .array(z.string().min(1))
          .optional()
          .meta({
            description:
              "Owners of allowed images: account ids, `amazon`, `aws-marketplace`. " +
              "With `via: account` only; a policy has its own criteria.",
            examples: [["amazon", "111122223333"]],
          }),
      })
      .optional()
      .meta({ description: "Which images instances can be launched from." }),
    remove,
  })
  .meta({ id: "ec2", description: "Amazon EC2: safe defaults in every account and Region." });
