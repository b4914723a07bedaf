import { z } from "zod";
import { cloudformationFacts } from "../../data/cloudformation.ts";
import { accountName, delegatedAdministrator, regionName, remove } from "../kit/scope.ts";

/** How operations on a stack set go about their work. */
export interface OperationPreferencesBlock {
  readonly regionConcurrency: "parallel" | "sequential";
  readonly regionOrder?: readonly string[] | undefined;
  readonly failureToleranceCount?: number | undefined;
  readonly failureTolerancePercentage?: number | undefined;
  readonly maxConcurrentCount?: number | undefined;
  readonly maxConcurrentPercentage?: number | undefined;
  readonly concurrencyMode: "soft" | "strict";
}

/** A stack set of the block. Defaults are filled in. */
export interface StackSetBlock {
  readonly name: string;
  readonly template: string;
  readonly description?: string | undefined;
  readonly organizationalUnits: readonly string[];
  readonly accounts?: readonly string[] | undefined;
  readonly excludeAccounts?: readonly string[] | undefined;
  readonly regions?: readonly string[] | undefined;
  readonly parameters?: Readonly<Record<string, string>> | undefined;
  readonly capabilities?: readonly string[] | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly autoDeployment: { readonly enabled: boolean; readonly retainStacks: boolean };
  readonly managedExecution: boolean;
  readonly operationPreferences: OperationPreferencesBlock;
  readonly driftDetection?: { readonly everyDays: number } | undefined;
  readonly retainStacks: boolean;
  readonly remove?: boolean | undefined;
}

/** The block `cloudformation`. */
export interface CloudformationBlock {
  readonly delegatedAdministrator?: string | undefined;
  readonly callAs: "management" | "delegatedAdministrator";
  readonly region?: string | undefined;
  readonly stackSets: readonly StackSetBlock[];
  readonly remove?: boolean | undefined;
}

const percentage = z.number().int().min(0).max(100);

const operationPreferences: z.ZodType<OperationPreferencesBlock> = z
  .strictObject({
    regionConcurrency: z.enum(["parallel", "sequential"]).default("parallel").meta({
      description: "Whether Regions are worked on side by side or one after the other.",
    }),
    regionOrder: z
      .array(regionName)
      .optional()
      .meta({ description: "The order of the Regions, where they are worked on in sequence." }),
    failureToleranceCount: z.number().int().min(0).optional().meta({
      description: "Failed accounts of a Region after which the rest is cancelled.",
    }),
    failureTolerancePercentage: percentage.optional().meta({
      description:
        "The same as a share of the accounts; 100 when neither is given, so that one account " +
        "never holds up the others.",
    }),
    maxConcurrentCount: z
      .number()
      .int()
      .min(1)
      .optional()
      .meta({ description: "Accounts of a Region that are worked on at a time." }),
    maxConcurrentPercentage: percentage.min(1).optional().meta({
      description: "The same as a share of the accounts; 100 when neither is given.",
    }),
    concurrencyMode: z.enum(["soft", "strict"]).default("soft").meta({
      description:
        "`strict` lowers the accounts worked on at a time as they fail; `soft` keeps their number.",
    }),
  })
  .refine(
    (it) => it.failureToleranceCount === undefined || it.failureTolerancePercentage === undefined,
    {
      message: "give `failureToleranceCount` or `failureTolerancePercentage`, not both",
    },
  )
  .refine((it) => it.maxConcurrentCount === undefined || it.maxConcurrentPercentage === undefined, {
    message: "give `maxConcurrentCount` or `maxConcurrentPercentage`, not both",
  });

const stackSet: z.ZodType<StackSetBlock> = z
  .strictObject({
    name: z
      .string()
      .regex(
        /^[a-zA-Z][-a-zA-Z0-9]{0,127}$/,
        "a name begins with a letter and has letters, digits and `-`",
      )
      .meta({ description: "Name of the stack set. One of that name that is there is adopted." }),
    template: z
      .string()
      .min(1)
      .meta({
        description: "File of the template, JSON or YAML, relative to the configuration.",
        examples: ["templates/baseline.yaml"],
      }),
    description: z.string().max(1024).optional().meta({ description: "What it is for." }),
    organizationalUnits: z
      .array(z.string().min(1))
      .min(1)
      .default(["Root"])
      .meta({
        description:
          "Organizational units, with all below, whose accounts get the stacks; all when absent. " +
          "StackSets never reaches the management account.",
        examples: [["Workloads/Prod"]],
      }),
    accounts: z
      .array(accountName)
      .min(1)
      .optional()
      .meta({ description: "Only these accounts of the organizational units." }),
    excludeAccounts: z
      .array(accountName)
      .min(1)
      .optional()
      .meta({
        description:
          "All accounts of the organizational units but these. Automatic deployment does not heed " +
          "this for accounts that join or move later: AWS says so.",
      }),
    regions: z
      .array(regionName)
      .min(1)
      .optional()
      .meta({ description: "Regions of the stacks; the home Region when absent." }),
    parameters: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: "Values of the template's parameters." }),
    capabilities: z
      .array(z.enum(cloudformationFacts.capabilities as [string, ...string[]]))
      .optional()
      .meta({ description: "What the template may do that CloudFormation wants acknowledged." }),
    tags: z
      .record(z.string(), z.string())
      .optional()
      .meta({ description: "Tags of the stack set, its stacks and their resources." }),
    autoDeployment: z
      .strictObject({
        enabled: z.boolean().default(true).meta({
          description: "Whether accounts that join the organizational units later get the stacks.",
        }),
        retainStacks: z.boolean().default(false).meta({
          description: "Whether accounts that leave keep what the stacks made.",
        }),
      })
      .default({ enabled: true, retainStacks: false })
      .meta({ description: "What becomes of accounts that join and leave." }),
    managedExecution: z.boolean().default(true).meta({
      description: "Whether operations that do not conflict run at once and others queue.",
    }),
    operationPreferences: operationPreferences
      .default({
        regionConcurrency: "parallel",
        concurrencyMode: "soft",
      })
      .meta({ description: "How many accounts are worked on at a time, and how many may fail." }),
    driftDetection: z
      .strictObject({
        everyDays: z
          .number()
          .int()
          .min(1)
          .max(365)
          .default(7)
          .meta({ description: "Days after which an apply looks for drift again." }),
      })
      .optional()
      .meta({ description: "Finds stacks whose resources somebody changed; the plan shows them." }),
    retainStacks: z.boolean().default(false).meta({
      description: "With `remove: true`: leaves the stacks in the accounts.",
    }),
    remove: z.boolean().optional().meta({
      description: "Deletes the stacks and then the stack set.",
    }),
  })
  .refine((it) => it.accounts === undefined || it.excludeAccounts === undefined, {
    message: "give `accounts` or `excludeAccounts`, not both",
  });

/** The form of the block. */
export const cloudformationSchema: z.ZodType<CloudformationBlock> = z
  .strictObject({
    delegatedAdministrator,
    callAs: z.enum(["management", "delegatedAdministrator"]).default("management").meta({
      description: "The account from which orgrail works on the stack sets.",
    }),
    region: regionName.optional().meta({
      description: "The Region in which the stack sets are kept; the home Region when absent.",
    }),
    stackSets: z.array(stackSet).default([]).meta({
      description: "Stack sets with service-managed permissions. Others are left alone.",
    }),
    remove,
  })
  .meta({
    id: "cloudformation",
    description:
      "CloudFormation StackSets: templates deployed to the accounts of the organization.",
  });
