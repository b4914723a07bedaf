import { z } from "zod";
import { identifierPatterns } from "../../core/identifiers.ts";
import type { AlternateContact } from "../../core/snapshot.ts";
import { organizationsQuotas } from "../../data/organizations-quotas.ts";
import { accountId, email, patterns, policyReference, tags } from "./atoms.ts";
import type { AccountInput, OrganizationalUnitInput } from "./config-input.ts";

const { lengths } = organizationsQuotas;

/** Lengths and patterns by the reference of account:PutAlternateContact. */
const alternateContact: z.ZodType<AlternateContact> = z
  .strictObject({
    name: z.string().min(1).max(64),
    title: z.string().min(1).max(50),
    emailAddress: z
      .string()
      .min(1)
      .max(254)
      .regex(/^\s*[\w+=.#!&-]+@[\w.-]+\.\w+\s*$/, "AWS does not take it as an e-mail address"),
    phoneNumber: z
      .string()
      .min(1)
      .max(25)
      .regex(/^[\s0-9()+-]+$/, "a phone number has digits, blanks and `()+-` only"),
  })
  .meta({ id: "alternateContact", description: "An alternate contact of an account." });

const contact = (title: string): z.ZodType<AlternateContact | null | undefined> =>
  alternateContact
    .nullable()
    .optional()
    .meta({ description: `The ${title} contact; \`null\` deletes it.` });

/** The schema of an account. */
export const accountSchema: z.ZodType<AccountInput> = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(128)
      .meta({
        description:
          "Name of the account, by which this file refers to it. A new account gets this name.",
        examples: ["Audit"],
      }),
    key: z.string().min(1).optional().meta({
      description:
        "Name by which this file refers to the account, where two accounts of AWS share a name.",
    }),
    email: email.meta({
      description:
        "E-mail address of the root user. An account of the organization that has it is adopted.",
      examples: ["aws+audit@example.com"],
    }),
    id: accountId
      .optional()
      .meta({ description: "Adopts the account of this id; write it in quotes." }),
    organizationalUnit: z
      .string()
      .min(1)
      .meta({
        description:
          "Path of the unit that the account is in, such as `Workloads/Prod`, or `Root`.",
        examples: ["Workloads/Prod", "Root"],
      }),
    tags: tags.optional(),
    alternateContacts: z
      .strictObject({
        billing: contact("billing"),
        operations: contact("operations"),
        security: contact("security"),
      })
      .optional()
      .meta({ description: "Alternate contacts; those that are not named stay as they are." }),
    roleName: z
      .string()
      .regex(patterns.roleName, "a role name has up to 64 letters, digits and `_+=,.@-`")
      .optional()
      .meta({
        description:
          "Role that AWS makes in a new account; `OrganizationAccountAccessRole` when absent.",
      }),
    iamUserAccessToBilling: z
      .enum(["ALLOW", "DENY"])
      .optional()
      .meta({ description: "Whether IAM users of a new account can see its bills." }),
    policies: z
      .array(policyReference)
      .optional()
      .meta({ description: "Policies that are attached to the account itself." }),
    close: z.boolean().optional().meta({
      description: "Closes the account. Taking an account out of the file never does.",
    }),
  })
  .meta({ id: "account", description: "An account." });

/** The schema of an organizational unit and of the units below it. */
export const organizationalUnitSchema: z.ZodType<OrganizationalUnitInput> = z
  .strictObject({
    name: z
      .string()
      .min(1)
      .max(lengths.organizationalUnitName)
      .meta({ description: "Name of the unit, taken as it is.", examples: ["Workloads"] }),
    id: z
      .string()
      .regex(identifierPatterns.organizationalUnit, "a unit's id looks like `ou-ab12-cd34ef56`")
      .optional()
      .meta({ description: "Adopts the unit of this id, and renames it in place." }),
    formerPath: z.string().min(1).optional().meta({
      description: "Path that the unit had: the unit found there is renamed or moved here.",
    }),
    tags: tags.optional(),
    policies: z
      .array(policyReference)
      .optional()
      .meta({ description: "Policies that are attached to the unit." }),
    ignore: z
      .boolean()
      .optional()
      .meta({ description: "Nothing below this unit is compared or changed." }),
    remove: z.boolean().optional().meta({ description: "Deletes the unit once it is empty." }),
    get organizationalUnits(): z.ZodType<readonly OrganizationalUnitInput[] | undefined> {
      return z
        .array(organizationalUnitSchema)
        .optional()
        .meta({ description: "Units below this one; AWS allows five levels." });
    },
  })
  .meta({ id: "organizationalUnit", description: "An organizational unit." });
