import { z } from "zod";
import { type InspectorScanType, inspectorFacts } from "../../data/inspector2-facts.ts";
import { accountName, accountScope, regionScope, remove, type ScopeBlock } from "../kit/scope.ts";

/** Names of scan types. */
export type ScanName = InspectorScanType["name"];

/** The block `inspector2`. Defaults are filled in. */
export interface InspectorBlock extends ScopeBlock {
  readonly delegatedAdministrator: string;
  readonly scanTypes: readonly ScanName[];
  readonly autoEnable: boolean;
  readonly ec2ScanMode?: "EC2_SSM_AGENT_BASED" | "EC2_HYBRID" | undefined;
  readonly ecrRescanDuration?: string | undefined;
  readonly deepInspectionPaths?: readonly string[] | undefined;
}

const scanNames = inspectorFacts.scanTypes.map(({ name }) => name) as [ScanName, ...ScanName[]];

/** The form of the block. */
export const inspectorSchema: z.ZodType<InspectorBlock> = z
  .strictObject({
    delegatedAdministrator: accountName.meta({
      description:
        "Account of the file that administers Inspector in every Region of the block. Another " +
        "account than now takes its place in order: members go on scanning meanwhile.",
    }),
    ...regionScope,
    ...accountScope,
    scanTypes: z
      .array(z.enum(scanNames))
      .min(1)
      .default(["ec2", "ecr", "lambda"])
      .meta({
        description:
          "What is scanned in the administrator and in every account of the block. `lambdaCode` " +
          "takes `lambda`. A scan type that is on and not named is left on.",
        examples: [["ec2", "ecr", "lambda", "lambdaCode"]],
      }),
    autoEnable: z
      .boolean()
      .default(true)
      .meta({
        description:
          "Whether accounts that join the organization become members with these scan types. Those " +
          "that there are become members either way, but for the excluded ones.",
      }),
    ec2ScanMode: z
      .enum(["EC2_SSM_AGENT_BASED", "EC2_HYBRID"])
      .optional()
      .meta({
        description:
          "How instances are scanned: by the Systems Manager agent, or also from snapshots of their " +
          "volumes. The administrator's setting holds for its members.",
      }),
    ecrRescanDuration: z
      .enum(inspectorFacts.rescanDurations as [string, ...string[]])
      .optional()
      .meta({
        description:
          "How long after its push an image is scanned again and again. The administrator's " +
          "setting holds for its members.",
      }),
    deepInspectionPaths: z
      .array(
        z
          .string()
          .regex(
            /^(?:\/(?:\.[-\w]+|[-\w]+(?:\.[-\w]+)?))+\/?$/,
            "a path is absolute, such as `/opt/app`",
          ),
      )
      .max(inspectorFacts.maxPaths)
      .optional()
      .meta({
        description:
          "Paths beside AWS's own that deep inspection looks for packages in, in all members. The " +
          "list is made so: other paths of the organization go.",
        examples: [["/opt/app"]],
      }),
    remove,
  })
  .meta({ id: "inspector2", description: "Amazon Inspector for the whole organization." });
