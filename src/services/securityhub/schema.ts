import { z } from "zod";
import type { RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import { securityHubFacts } from "../../data/securityhub.ts";
import {
  accountScope,
  delegatedAdministrator,
  regionName,
  regionScope,
  remove,
  type ScopeBlock,
} from "../kit/scope.ts";

/** Which Regions send their findings to the home Region. */
export interface AggregationBlock {
  readonly linking: "ALL_REGIONS" | "ALL_REGIONS_EXCEPT_SPECIFIED" | "SPECIFIED_REGIONS";
  readonly regions?: readonly RegionName[] | undefined;
}

/** Targets of a configuration: the root by `Root`, organizational units by path, accounts by name. */
export interface TargetsBlock {
  readonly organizationalUnits?: readonly string[] | undefined;
  readonly accounts?: readonly string[] | undefined;
}

/** A configuration policy. */
export interface ConfigurationPolicyBlock {
  readonly name: string;
  readonly description?: string | undefined;
  readonly enabled: boolean;
  readonly standards?: readonly string[] | undefined;
  readonly enabledControls?: readonly string[] | undefined;
  readonly disabledControls?: readonly string[] | undefined;
  readonly parameters?: Readonly<Record<string, JsonObject>> | undefined;
  readonly targets: TargetsBlock;
  readonly remove?: boolean | undefined;
}

/** The block `securityhub`. Defaults are filled in. */
export interface SecurityHubBlock extends ScopeBlock {
  readonly homeRegion?: RegionName | undefined;
  readonly aggregation: AggregationBlock;
  readonly configuration: "central" | "local";
  readonly policies?: readonly ConfigurationPolicyBlock[] | undefined;
  readonly selfManaged?: TargetsBlock | undefined;
  readonly inherit?: TargetsBlock | undefined;
  readonly autoEnable: boolean;
  readonly autoEnableStandards: "default" | "none";
  readonly v2?: { readonly aggregation: AggregationBlock } | undefined;
}

const aggregation = z
  .strictObject({
    linking: z.enum(["ALL_REGIONS", "ALL_REGIONS_EXCEPT_SPECIFIED", "SPECIFIED_REGIONS"]).meta({
      description: "Which Regions are linked, by AWS's words. `ALL_REGIONS` takes new ones.",
    }),
    regions: z
      .array(regionName)
      .min(1)
      .optional()
      .meta({ description: "The Regions that are specified. The home Region is none of them." }),
  })
  .default({ linking: "ALL_REGIONS" })
  .meta({ description: "Which Regions send their findings to the home Region." });

const targets = z.strictObject({
  organizationalUnits: z
    .array(z.string().min(1))
    .optional()
    .meta({
      description: "Paths of organizational units; `Root` is the whole organization.",
      examples: [["Root"], ["Workloads/Prod"]],
    }),
  accounts: z.array(z.string().min(1)).optional().meta({ description: "Accounts of the file." }),
});

const standardIds = securityHubFacts.standards.map(({ id }) => id);
const controlIds = z.array(z.string().regex(/^[A-Za-z0-9]+\.\d+$/, "a control looks like `IAM.1`"));

const policy = z.strictObject({
  name: z
    .string()
    .regex(/^[A-Za-z0-9\-.!*/]{1,128}$/, "a name has letters, digits and `-.!*/`")
    .meta({ description: "Name of the configuration policy; one of that name is adopted." }),
  description: z.string().max(512).optional().meta({ description: "What it is for." }),
  enabled: z
    .boolean()
    .default(true)
    .meta({ description: "Whether Security Hub is on in the accounts that have this policy." }),
  standards: z
    .array(z.string().meta({ examples: standardIds }))
    .optional()
    .meta({
      description:
        "All standards that are on, as `NAME/v/VERSION` or by ARN. The foundational best practices " +
        "when absent; an empty list turns all off.",
    }),
  enabledControls: controlIds.optional().meta({
    description: "The only controls that are on; new ones stay off. Not with `disabledControls`.",
  }),
  disabledControls: controlIds.optional().meta({
    description: "Controls that are off; all others, and new ones, are on.",
    examples: [["IAM.6", "CloudTrail.7"]],
  }),
  parameters: z
    .record(z.string(), z.record(z.string(), z.json()))
    .optional()
    .meta({
      description:
        "Parameters of controls, by control and parameter, each as the API has it: " +
        "`ValueType` and `Value`.",
      examples: [
        {
          "IAM.7": {
            RequireUppercaseCharacters: { ValueType: "CUSTOM", Value: { Boolean: true } },
          },
        },
      ],
    }),
  targets: targets.default({}).meta({
    description:
      "Where the policy is applied; all below inherits it, and accounts that come later do, too.",
  }),
  remove: z
    .boolean()
    .optional()
    .meta({ description: "Takes the policy from its targets and deletes it." }),
});

/** The form of the block. */
export const securityHubSchema: z.ZodType<SecurityHubBlock> = z
  .strictObject({
    delegatedAdministrator,
    ...regionScope,
    ...accountScope,
    homeRegion: regionName.optional().meta({
      description:
        "The Region in which findings come together and from which all is configured; the home " +
        "Region of the organization when absent.",
    }),
    aggregation,
    configuration: z
      .enum(["central", "local"])
      .default("central")
      .meta({
        description:
          "`central`: configuration policies by organizational unit, in all linked Regions at once. " +
          "`local`: each Region on its own; members are added, and set up themselves.",
      }),
    policies: z
      .array(policy)
      .optional()
      .meta({ description: "Configuration policies. Only with central configuration." }),
    selfManaged: targets.optional().meta({
      description:
        "Where accounts set Security Hub up themselves. Excluded accounts and units are, too. Only " +
        "with central configuration.",
    }),
    inherit: targets.optional().meta({
      description:
        "Where a configuration that was applied directly is withdrawn, so that what is above holds. " +
        "Only with central configuration.",
    }),
    autoEnable: z
      .boolean()
      .default(true)
      .meta({ description: "Whether new accounts become members. Only with local configuration." }),
    autoEnableStandards: z
      .enum(["default", "none"])
      .default("default")
      .meta({
        description:
          "Standards that new accounts begin with. Only with local configuration; others are set in " +
          "each account, or by central configuration.",
      }),
    v2: z
      .strictObject({ aggregation })
      .optional()
      .meta({
        description:
          "Security Hub V2: its administrator (the same account) and aggregator, and the policy type " +
          "`SECURITYHUB_POLICY`. Where it is on, policies of that type under `policies:` say.",
      }),
    remove,
  })
  .meta({ id: "securityhub", description: "AWS Security Hub for the whole organization." });
