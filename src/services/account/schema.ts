import { z } from "zod";
import type { RegionName } from "../../core/identifiers.ts";
import type { AlternateContact } from "../../core/snapshot.ts";
import { accountScope, delegatedAdministrator, regionName, remove } from "../kit/scope.ts";

/** The block `account`. */
export interface AccountBlock {
  readonly delegatedAdministrator?: string | undefined;
  readonly excludeAccounts?: readonly string[] | undefined;
  readonly excludeOrganizationalUnits?: readonly string[] | undefined;
  readonly alternateContacts?:
    | {
        readonly billing?: AlternateContact | undefined;
        readonly operations?: AlternateContact | undefined;
        readonly security?: AlternateContact | undefined;
      }
    | undefined;
  readonly enableRegions?: readonly RegionName[] | undefined;
  readonly disableRegions?: readonly RegionName[] | undefined;
  readonly remove?: boolean | undefined;
}

const contact = (title: string): z.ZodType<AlternateContact | undefined> =>
  z
    .strictObject({
      name: z.string().min(1).max(64).meta({ description: "Name of a person or a team." }),
      title: z.string().min(1).max(50).meta({ description: "What they are to the company." }),
      emailAddress: z
        .string()
        .min(1)
        .max(254)
        .regex(/^\s*[\w+=.#!&-]+@[\w.-]+\.\w+\s*$/, "AWS does not take it as an e-mail address")
        .meta({ description: "Address to which AWS writes.", examples: ["security@example.com"] }),
      phoneNumber: z
        .string()
        .min(1)
        .max(25)
        .regex(/^[\s0-9()+-]+$/, "a phone number has digits, blanks and `()+-` only")
        .meta({ description: "Number that AWS calls.", examples: ["+1 206 555 0100"] }),
    })
    .optional()
    .meta({ description: `The ${title} contact of every account that has none in the file.` });

/** The form of the block. */
export const accountBlockSchema: z.ZodType<AccountBlock> = z
  .strictObject({
    delegatedAdministrator,
    ...accountScope,
    alternateContacts: z
      .strictObject({
        billing: contact("billing"),
        operations: contact("operations"),
        security: contact("security"),
      })
      .optional()
      .meta({
        description:
          "Alternate contacts of all accounts, those that are not in the file among them. What " +
          "the file says of an account itself goes first. One read for each account and contact.",
      }),
    enableRegions: z
      .array(regionName)
      .optional()
      .meta({
        description: "Opt-in Regions that every account enables; AWS takes minutes to hours.",
        examples: [["eu-south-1"]],
      }),
    disableRegions: z
      .array(regionName)
      .optional()
      .meta({
        description:
          "Opt-in Regions that every account disables. What is in them can no longer be reached, " +
          "and goes on costing.",
      }),
    remove,
  })
  .meta({
    id: "accountManagement",
    description:
      "Account Management: who administers accounts' settings, their contacts and Regions. " +
      "`remove: true` ends the administration; contacts and Regions stay as they are.",
  });
