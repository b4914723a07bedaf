import { z } from "zod";
import type { RegionName } from "../../core/identifiers.ts";
import {
  delegatedAdministrator,
  regionName,
  regionScope,
  remove,
  type ScopeBlock,
} from "../kit/scope.ts";

/** A rule that archives findings. */
export interface ArchiveRuleBlock {
  readonly name: string;
  readonly filter: Readonly<Record<string, object>>;
}

/** The block `access-analyzer`. Defaults are filled in. */
export interface AccessAnalyzerBlock extends ScopeBlock {
  readonly externalAccess?:
    | { readonly name: string; readonly archiveRules?: readonly ArchiveRuleBlock[] | undefined }
    | undefined;
  readonly unusedAccess?:
    | {
        readonly name: string;
        readonly region?: RegionName | undefined;
        readonly days: number;
        readonly archiveRules?: readonly ArchiveRuleBlock[] | undefined;
      }
    | undefined;
}

const filter = z.record(
  z.string(),
  z.strictObject({
    eq: z.array(z.string()).optional().meta({ description: "The member is one of these." }),
    neq: z.array(z.string()).optional().meta({ description: "The member is none of these." }),
    contains: z
      .array(z.string())
      .optional()
      .meta({ description: "The member holds one of these texts." }),
    exists: z.boolean().optional().meta({ description: "Whether the finding has the member." }),
  }),
);

const archiveRules = z
  .array(
    z.strictObject({
      name: z.string().min(1).max(255).meta({ description: "Name of the rule." }),
      filter: filter.meta({
        description: "Criteria by the finding's members; findings that meet all are archived.",
        examples: [{ "principal.AWS": { eq: ["111122223333"] } }],
      }),
    }),
  )
  .optional()
  .meta({ description: "Rules that archive findings as they come. Other rules are left alone." });

const analyzerName = z
  .string()
  .regex(
    /^[A-Za-z][A-Za-z0-9_.-]{0,254}$/,
    "a name begins with a letter and has letters, digits and `_.-`",
  );

/** The form of the block. */
export const accessAnalyzerSchema: z.ZodType<AccessAnalyzerBlock> = z
  .strictObject({
    delegatedAdministrator,
    ...regionScope,
    externalAccess: z
      .strictObject({
        name: analyzerName.default("orgrail-external-access").meta({
          description: "Name of a new analyzer; one of the organization that is there is adopted.",
        }),
        archiveRules,
      })
      .optional()
      .meta({
        description:
          "An analyzer for access from outside the organization, in every Region of the block.",
      }),
    unusedAccess: z
      .strictObject({
        name: analyzerName.default("orgrail-unused-access").meta({
          description: "Name of a new analyzer; one of the organization that is there is adopted.",
        }),
        region: regionName.optional().meta({
          description:
            "The one Region of the analyzer, for IAM is global; the home Region when absent.",
        }),
        days: z
          .number()
          .int()
          .min(1)
          .max(365)
          .default(90)
          .meta({
            description:
              "Days without use after which access counts as unused. Another number takes a new " +
              "analyzer, and the findings of the old one are lost.",
          }),
        archiveRules,
      })
      .optional()
      .meta({
        description:
          "An analyzer for roles, users and permissions that nobody uses. It costs by role and user.",
      }),
    remove,
  })
  .meta({ id: "access-analyzer", description: "IAM Access Analyzer for the whole organization." });
