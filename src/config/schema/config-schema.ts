// biome-ignore-all lint/suspicious/noTemplateCurlyInString: orgrail's substitution is meant
import { z } from "zod";
import { ownershipModes } from "../../core/desired.ts";
import { identifierPatterns } from "../../core/identifiers.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { accountSchema, organizationalUnitSchema } from "./accounts.ts";
import {
  filePath,
  patterns,
  policyName,
  policyReference,
  policyType,
  regionName,
  tags,
} from "./atoms.ts";
import { auditSchema } from "./audit.ts";
import type { ConfigInput, PolicyInput } from "./config-input.ts";
import { detectSchema } from "./detect.ts";
import { organizationSchema } from "./organization.ts";
import { watchSchema } from "./watch.ts";

const target = z
  .string()
  .min(1)
  .meta({ examples: ["Root", "Workloads/Prod", "account:Audit"] });

const policySchema: z.ZodType<PolicyInput> = z
  .strictObject({
    name: policyName.meta({ description: "Name of the policy, unique among those of its type." }),
    type: policyType.optional().meta({
      description: "Type of the policy. A guardrail knows its own; all others need it.",
    }),
    description: z.string().max(organizationsQuotas.lengths.policyDescription).optional(),
    content: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: "The document itself, as YAML; JSON can be pasted as it is." }),
    file: filePath
      .optional()
      .meta({ description: "File that holds the document, relative to this file's folder." }),
    guardrail: z
      .string()
      .min(1)
      .optional()
      .meta({ description: "Guardrail of the library that makes the document." }),
    parameters: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: "Parameters of the guardrail." }),
    awsManaged: z.boolean().optional().meta({
      description: "A policy of AWS such as `FullAWSAccess`: attached and detached, never changed.",
    }),
    id: z
      .string()
      .regex(identifierPatterns.policy, "a policy's id looks like `p-ab12cd34`")
      .optional()
      .meta({ description: "Adopts the policy of this id, and renames it in place." }),
    formerName: policyName
      .optional()
      .meta({ description: "Name that the policy had: the policy found by it is renamed." }),
    tags: tags.optional(),
    attach: z
      .array(target)
      .optional()
      .meta({
        description:
          "Targets that the policy is attached to: `Root`, a path such as `Workloads/Prod`, or " +
          "`account:NAME`.",
        examples: [["Root", "account:Audit"]],
      }),
    detach: z
      .array(target)
      .optional()
      .meta({ description: "Targets that the policy shall not be attached to." }),
    remove: z
      .boolean()
      .optional()
      .meta({ description: "Detaches the policy everywhere and deletes it." }),
  })
  .meta({ id: "policy", description: "A policy of AWS Organizations." });

const mode = z.enum(ownershipModes);
const kindMode = z.enum(["additive", "ignore"]);

const base = z
  .strictObject({
    version: z.literal(1).meta({ description: "Version of the format." }),
    values: z
      .record(
        z.string().regex(patterns.valueName, "a value's name has letters, digits and `_.-`"),
        z.union([z.string(), z.number(), z.boolean(), z.array(z.string())]),
      )
      .optional()
      .meta({
        description: "What `${{ name }}` stands for, unless given from outside.",
        examples: [{ prefix: "acme" }],
      }),
    organization: organizationSchema.optional(),
    ownership: z
      .strictObject({
        organizationalUnits: mode.optional(),
        accounts: kindMode.optional(),
        policies: mode.optional(),
        attachments: mode.optional(),
        policyTypes: mode.optional(),
        trustedAccess: kindMode.optional(),
        delegatedAdministrators: mode.optional(),
        tags: mode.optional(),
      })
      .optional()
      .meta({
        description:
          "Who owns each list. `additive` (default): what is not named stays. `exclusive`: what " +
          "is not named goes. `ignore`: the list is not looked at.",
      }),
    protectedRoles: z
      .array(z.string().min(1))
      .optional()
      .meta({
        description: "Roles that no plan may lock out; patterns as in `aws:PrincipalArn`.",
        examples: [["arn:aws:iam::*:role/BreakGlass"]],
      }),
    lock: z
      .strictObject({
        bucket: z.string().min(3).max(63),
        key: z.string().min(1).max(1024),
        region: regionName.optional(),
      })
      .optional()
      .meta({
        description: "Object in S3 that keeps two applies apart; a local file when absent.",
      }),
    root: z
      .strictObject({
        tags: tags.optional(),
        policies: z
          .array(policyReference)
          .optional()
          .meta({ description: "Policies that are attached to the root." }),
      })
      .optional()
      .meta({ description: "The root." }),
    organizationalUnits: z
      .array(organizationalUnitSchema)
      .optional()
      .meta({ description: "Units directly below the root." }),
    accounts: z.array(accountSchema).optional().meta({ description: "Accounts." }),
    policies: z.array(policySchema).optional().meta({ description: "Policies." }),
    detect: detectSchema.optional(),
    audit: auditSchema.optional(),
    watch: watchSchema.optional(),
    services: z
      .record(z.string(), z.unknown())
      .optional()
      .meta({ description: "What each AWS service should be, by IAM service prefix." }),
  })
  .meta({ title: "orgrail configuration", description: "What an AWS organization should be." });

/** The schema of `orgrail.yaml` after substitution, whatever stands below `services`. */
export const configSchema: z.ZodType<ConfigInput> = base;

/** The same with the form of each service's block. */
export function configSchemaWith(
  blocks: Readonly<Record<string, z.ZodType>>,
): z.ZodType<ConfigInput> {
  const members = Object.entries(blocks).map(([id, schema]) => [id, schema.optional()] as const);
  return base
    .extend({
      services: z
        .strictObject(Object.fromEntries(members))
        .optional()
        .meta({ description: "What each AWS service should be, by IAM service prefix." }),
    })
    .meta({ title: "orgrail configuration", description: "What an AWS organization should be." });
}
