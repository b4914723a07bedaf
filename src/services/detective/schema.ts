import { z } from "zod";
import { detectiveFacts } from "../../data/detective-facts.ts";
import { accountName, accountScope, regionScope, remove, type ScopeBlock } from "../kit/scope.ts";

/** The block `detective`. Defaults are filled in. */
export interface DetectiveBlock extends ScopeBlock {
  readonly delegatedAdministrator: string;
  readonly autoEnable: boolean;
  readonly datasourcePackages?: readonly string[] | undefined;
}

/** Packages that can be asked for: the core one is always there. */
const packages = detectiveFacts.packages.filter((name) => name !== detectiveFacts.corePackage);

/** The form of the block. */
export const detectiveSchema: z.ZodType<DetectiveBlock> = z
  .strictObject({
    delegatedAdministrator: accountName.meta({
      description:
        "Account of the file that administers Detective in every Region of the block. With another " +
        "account than now, AWS deletes the behavior graphs of the former one: the plan says so.",
    }),
    ...regionScope,
    ...accountScope,
    autoEnable: z
      .boolean()
      .default(true)
      .meta({
        description:
          "Whether accounts that join the organization become members. Those that there are become " +
          "members either way, but for the excluded ones.",
      }),
    datasourcePackages: z
      .array(z.enum(packages as [string, ...string[]]))
      .optional()
      .meta({
        description:
          "Source packages beside the core one. A package that was started cannot be stopped by " +
          "AWS's API, so leaving one out changes nothing.",
        examples: [["EKS_AUDIT"]],
      }),
    remove,
  })
  .meta({ id: "detective", description: "Amazon Detective for the whole organization." });
