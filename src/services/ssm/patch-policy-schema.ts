import { z } from "zod";
import type { RegionName } from "../../core/identifiers.ts";
import { systemsManagerFacts } from "../../data/systems-manager.ts";
import { regionName } from "../kit/scope.ts";

/** A patch policy: what is scanned or patched when, in which units and Regions. Defaults are filled in. */
export interface PatchPolicyBlock {
  readonly description?: string | undefined;
  readonly operation: "Scan" | "ScanAndInstall";
  readonly scanSchedule: string;
  readonly scanAtNextInterval: boolean;
  readonly installSchedule?: string | undefined;
  readonly installAtNextInterval: boolean;
  readonly reboot: "RebootIfNeeded" | "NoReboot";
  readonly baselines?: Readonly<Record<string, string>> | undefined;
  readonly organizationalUnits?: readonly string[] | undefined;
  readonly regions?: readonly RegionName[] | undefined;
  readonly attachPolicies: boolean;
  readonly concurrency: string;
  readonly errorThreshold: string;
  readonly output?:
    | { readonly bucket: string; readonly region: RegionName; readonly prefix?: string | undefined }
    | undefined;
  readonly remove?: boolean | undefined;
}

const { awsBaselines } = systemsManagerFacts;

const schedule = z
  .string()
  .regex(/^cron\(.+\)$/, "a schedule looks like `cron(0 2 ? * SAT *)`, in UTC");

const share = z
  .string()
  .regex(/^(?:\d{1,2}|100)%$|^\d+$/, "a number of nodes, or a share as `10%`");

/** The form of one patch policy. */
export const patchPolicy: z.ZodType<PatchPolicyBlock> = z.strictObject({
  description: z.string().min(1).max(512).optional().meta({ description: "What it is for." }),
  operation: z.enum(["Scan", "ScanAndInstall"]).default("Scan").meta({
    description: "Looks for missing patches, or installs them too.",
  }),
  scanSchedule: schedule.default("cron(0 1 * * ? *)").meta({
    description: "When nodes look for missing patches; every day at one o'clock, in UTC.",
  }),
  scanAtNextInterval: z.boolean().default(false).meta({
    description: "Waits for the schedule; otherwise nodes also scan when they are first reached.",
  }),
  installSchedule: schedule.optional().meta({
    description: "When patches are installed; needed by `ScanAndInstall`.",
    examples: ["cron(0 2 ? * SAT *)"],
  }),
  installAtNextInterval: z.boolean().default(true).meta({
    description:
      "Waits for the schedule; otherwise nodes also install when they are first reached.",
  }),
  reboot: z.enum(["RebootIfNeeded", "NoReboot"]).default("NoReboot").meta({
    description: "Whether nodes are restarted after an installation.",
  }),
  baselines: z
    .partialRecord(z.enum(Object.keys(awsBaselines) as [string, ...string[]]), z.string().min(1))
    .optional()
    .meta({
      description:
        "By operating system: one of `patchBaselines` that the management account has in the home " +
        "Region. AWS's own holds for operating systems that are not named.",
      examples: [{ AMAZON_LINUX_2023: "linux-servers" }],
    }) as z.ZodType<Readonly<Record<string, string>> | undefined>,
  organizationalUnits: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .meta({
      description: "Organizational units that it holds for; the whole organization when absent.",
      examples: [["Workloads/Prod"]],
    }),
  regions: z.array(regionName).min(1).optional().meta({
    description: "Regions in which it holds; those of the block when absent.",
  }),
  attachPolicies: z.boolean().default(false).meta({
    description:
      "Lets Quick Setup add the policies that patching needs to roles that instances have already.",
  }),
  concurrency: share.default("10%").meta({
    description: "How many nodes of an account are patched at a time.",
  }),
  errorThreshold: share.default("2%").meta({
    description: "How many may fail before it stops in an account.",
  }),
  output: z
    .strictObject({
      bucket: z.string().min(3).max(63).meta({ description: "Bucket that takes the output." }),
      region: regionName.meta({ description: "The bucket's Region." }),
      prefix: z.string().min(1).optional().meta({ description: "Prefix of the output's keys." }),
    })
    .optional()
    .meta({ description: "Keeps the output of patching in a bucket." }),
  remove: z.boolean().optional().meta({
    description: "Takes the patch policy away, in every account; patches stay.",
  }),
}) as z.ZodType<PatchPolicyBlock>;
