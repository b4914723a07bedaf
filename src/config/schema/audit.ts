import { z } from "zod";
import { regionName } from "./atoms.ts";
import type { AuditBlockInput } from "./config-input.ts";

const text = z.string().min(1);

const exception = z
  .strictObject({
    rule: text.meta({
      description: "Id of the rule (docs/audit lists them); `*` stands for any text.",
      examples: ["guardduty/members", "guardduty/*"],
    }),
    account: text.optional().meta({ description: "Only for this account: its name or id." }),
    region: regionName.optional().meta({ description: "Only in this Region." }),
    resource: text
      .optional()
      .meta({ description: "Only for this resource; `*` stands for any text." }),
    owner: text.meta({ description: "Who answers for it." }),
    reason: text.meta({ description: "Why it is accepted; shown with each finding." }),
    expires: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/, "a day looks like `2026-12-31`")
      .meta({ description: "The last day on which it counts, in UTC." }),
  })
  .meta({ id: "auditException", description: "Findings that are accepted." });

/** The schema of `audit`. */
export const auditSchema: z.ZodType<AuditBlockInput> = z
  .strictObject({
    exceptions: z
      .array(exception)
      .optional()
      .meta({ description: "Findings that are accepted: shown, and counted apart." }),
    delegatedAdministrators: z
      .record(text, z.array(text))
      .optional()
      .meta({
        description: "Which accounts, by name or id, may administer a service, by its principal.",
        examples: [{ "guardduty.amazonaws.com": ["Audit"] }],
      }),
    breakGlassRoles: z.array(text).optional().meta({
      description: "Roles for emergencies, which no policy may lock out.",
    }),
  })
  .meta({ id: "audit", description: "What `orgrail audit` has to know of the organization." });
