import { z } from "zod";
import type { RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import { systemsManagerFacts } from "../../data/systems-manager.ts";
import {
  accountName,
  accountScope,
  delegatedAdministrator,
  regionName,
  regionScope,
  remove,
  type ScopeBlock,
} from "../kit/scope.ts";
import { type PatchPolicyBlock, patchPolicy } from "./patch-policy-schema.ts";

/** A patch baseline and where it shall be. */
export interface PatchBaselineBlock {
  readonly operatingSystem: string;
  readonly description?: string | undefined;
  readonly approvalRules?: readonly JsonObject[] | undefined;
  readonly globalFilters?: readonly JsonObject[] | undefined;
  readonly approvedPatches?: readonly string[] | undefined;
  readonly approvedPatchesComplianceLevel?: string | undefined;
  readonly rejectedPatches?: readonly string[] | undefined;
  readonly rejectedPatchesAction?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly accounts?: readonly string[] | undefined;
  readonly organizationalUnits?: readonly string[] | undefined;
  readonly regions?: readonly RegionName[] | undefined;
  readonly default?: boolean | undefined;
  readonly patchGroups?: readonly string[] | undefined;
  readonly remove?: boolean | undefined;
}

/** A resource data sync of the organization. */
export interface ExplorerBlock {
  readonly name: string;
  readonly organizationalUnits?: readonly string[] | undefined;
  readonly sourceRegions?: readonly RegionName[] | undefined;
  readonly includeFutureRegions: boolean;
  readonly enableAllOpsDataSources: boolean;
}

/** The block `ssm`. Defaults are filled in. */
export interface SystemsManagerBlock extends ScopeBlock {
  readonly defaultHostManagement?:
    | { readonly role: string; readonly createRole: boolean }
    | undefined;
  readonly blockPublicSharing?: true | undefined;
  readonly patchBaselines?: Readonly<Record<string, PatchBaselineBlock>> | undefined;
  readonly patchPolicies?: Readonly<Record<string, PatchPolicyBlock>> | undefined;
  readonly explorer?: ExplorerBlock | undefined;
}

const { hostManagementRole, awsBaselines } = systemsManagerFacts;

const filters = z
  .array(
    z.strictObject({
      Key: z
        .string()
        .min(1)
        .meta({
          description: "Property of a patch, by AWS's word.",
          examples: ["CLASSIFICATION", "PRODUCT"],
        }),
      Values: z.array(z.string()).min(1).meta({ description: "What it may be; `*` for all." }),
    }),
  )
  .min(1);

const complianceLevel = z.enum([
  "CRITICAL",
  "HIGH",
  "MEDIUM",
  "LOW",
  "INFORMATIONAL",
  "UNSPECIFIED",
]);

const approvalRule = z.strictObject({
  filters: filters.meta({
    description: "Which patches: keys and values as AWS names them.",
    examples: [[{ Key: "CLASSIFICATION", Values: ["Security"] }]],
  }),
  complianceLevel: complianceLevel.optional().meta({
    description: "How severe it is when such a patch is missing.",
  }),
  approveAfterDays: z.number().int().min(0).max(360).optional().meta({
    description: "Days from a patch's release to its approval; this or `approveUntilDate`.",
  }),
  approveUntilDate: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, "a date looks like `2026-12-31`")
    .optional()
    .meta({ description: "Approves what was released until then." }),
  enableNonSecurity: z.boolean().optional().meta({
    description: "Takes updates that are not about security too; Linux only.",
  }),
});

const patchBaseline = z.strictObject({
  operatingSystem: z.enum(Object.keys(awsBaselines) as [string, ...string[]]).meta({
    description: "The operating system, which cannot be changed later.",
  }),
  description: z.string().min(1).max(1024).optional().meta({ description: "What it is for." }),
  approvalRules: z
    .array(approvalRule)
    .max(10)
    .optional()
    .meta({ description: "Rules that approve patches by themselves." }),
  globalFilters: filters.optional().meta({ description: "What all patches must meet." }),
  approvedPatches: z.array(z.string()).max(50).optional().meta({
    description: "Patches that are approved whatever the rules say.",
  }),
  approvedPatchesComplianceLevel: complianceLevel.optional().meta({
    description: "How severe it is when one of `approvedPatches` is missing.",
  }),
  rejectedPatches: z
    .array(z.string())
    .max(50)
    .optional()
    .meta({ description: "Patches that are never installed." }),
  rejectedPatchesAction: z.enum(["ALLOW_AS_DEPENDENCY", "BLOCK"]).optional().meta({
    description: "Whether a rejected patch comes with another that needs it.",
  }),
  tags: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: "Tags that it is made with." }),
  accounts: z.array(accountName).optional().meta({ description: "Accounts that get it." }),
  organizationalUnits: z
    .array(z.string().min(1))
    .optional()
    .meta({
      description:
        "Organizational units, with all below, whose accounts get it; `Root` is the whole organization.",
      examples: [["Workloads/Prod"]],
    }),
  regions: z.array(regionName).min(1).optional().meta({
    description: "Regions in which it shall be; those of the block when absent.",
  }),
  default: z.boolean().optional().meta({
    description: "Makes it the default of its operating system in those accounts and Regions.",
  }),
  patchGroups: z.array(z.string().min(1).max(256)).optional().meta({
    description:
      "Patch groups that use it; a group that uses another one of its operating system changes over.",
  }),
  remove: z.boolean().optional().meta({
    description: "Deletes it, with its patch groups; AWS's own becomes the default again.",
  }),
});

/** The form of the block. */
export const systemsManagerSchema: z.ZodType<SystemsManagerBlock> = z
  .strictObject({
    delegatedAdministrator,
    ...regionScope,
    ...accountScope,
    defaultHostManagement: z
      .strictObject({
        role: z
          .string()
          .regex(/^(?:[\w+=,.@-]+\/)*[\w+=,.@-]+$/, "a role's path and name, without `/` in front")
          .default(`${hostManagementRole.path.slice(1)}${hostManagementRole.name}`)
          .meta({ description: "Path and name of the role, in every account the same." }),
        createRole: z
          .boolean()
          .default(true)
          .meta({
            description:
              "Makes the role where an account lacks it, with AWS's policy for it. A role that is " +
              "there is left as it is.",
          }),
      })
      .optional()
      .meta({
        description:
          "Default host management: EC2 instances are managed without a profile of their own. It is " +
          "a setting of every account and Region, read one by one: 17,000 calls for 1,000 accounts " +
          "in 17 Regions.",
      }),
    blockPublicSharing: z
      .literal(true)
      .optional()
      .meta({
        description:
          "Forbids documents to be shared with everybody. It is a setting of every account and " +
          "Region; where an organization rule of Config proves it, it is not read.",
      }),
    patchBaselines: z
      .record(
        z
          .string()
          .regex(/^[a-zA-Z0-9_\-.]{3,128}$/, "a name has 3 to 128 letters, digits and `_-.`"),
        patchBaseline,
      )
      .optional()
      .meta({
        description:
          "Patch baselines by name. One of that name and operating system is adopted; others are " +
          "shown and left alone.",
      }),
    patchPolicies: z
      .record(
        z
          .string()
          .regex(/^[a-zA-Z][-a-zA-Z0-9]{0,99}$/, "a name has up to 100 letters, digits and `-`"),
        patchPolicy,
      )
      .optional()
      .meta({
        description:
          "Patch policies by name: Quick Setup patches the nodes of whole organizational units in " +
          "many Regions. Each is a CloudFormation stack of the management account in the home " +
          "Region, `orgrail-patch-policy-NAME`; patch policies made in the console are neither " +
          "seen nor touched.",
      }),
    explorer: z
      .strictObject({
        name: z
          .string()
          .min(1)
          .max(64)
          .default("orgrail-organization")
          .meta({ description: "Name of the resource data sync." }),
        organizationalUnits: z.array(z.string().min(1)).min(1).optional().meta({
          description: "Only these organizational units; the whole organization when absent.",
        }),
        sourceRegions: z.array(regionName).min(1).optional().meta({
          description: "Regions whose data is gathered; those of the block when absent.",
        }),
        includeFutureRegions: z
          .boolean()
          .default(true)
          .meta({ description: "Takes in Regions that AWS opens later." }),
        enableAllOpsDataSources: z
          .boolean()
          .default(true)
          .meta({ description: "Enables all sources of OpsData in those accounts and Regions." }),
      })
      .optional()
      .meta({
        description:
          "A resource data sync that gathers the organization's data for Explorer and OpsCenter, in " +
          "the home Region of the delegated administrator.",
      }),
    remove,
  })
  .meta({
    id: "ssm",
    description:
      "Systems Manager: settings of every account and Region, patch baselines, and Explorer for the " +
      "whole organization.",
  }) as z.ZodType<SystemsManagerBlock>;
