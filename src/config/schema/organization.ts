import { z } from "zod";
import { identifierPatterns } from "../../core/identifiers.ts";
import {
  accountId,
  filePath,
  patterns,
  policyType,
  regionName,
  servicePrincipal,
  tags,
} from "./atoms.ts";
import type { OrganizationInput } from "./config-input.ts";

const roleName = z
  .string()
  .regex(patterns.roleName, "a role name has up to 64 letters, digits and `_+=,.@-`");

/** The schema of `organization`. */
export const organizationSchema: z.ZodType<OrganizationInput> = z
  .strictObject({
    id: z
      .string()
      .regex(identifierPatterns.organization, "an organization id looks like `o-a1b2c3d4e5`")
      .optional()
      .meta({ description: "Id of the organization; a plan of another organization is refused." }),
    managementAccountId: accountId
      .optional()
      .meta({ description: "Id of the management account; write it in quotes." }),
    homeRegion: regionName
      .optional()
      .meta({ description: "Region where organization-wide resources live." }),
    governedRegions: z.array(regionName).min(1).optional().meta({
      description: "Regions that the organization works in; the home Region when absent.",
    }),
    memberRoles: z
      .strictObject({
        read: roleName.optional().meta({ description: "Role by which accounts are read." }),
        write: roleName.optional().meta({ description: "Role by which accounts are changed." }),
      })
      .optional()
      .meta({
        description:
          "Roles by which member accounts are entered, as `orgrail bootstrap` makes them; " +
          "`OrganizationAccountAccessRole` when absent.",
        examples: [{ read: "OrgrailRead", write: "OrgrailWrite" }],
      }),
    policyTypes: z
      .array(z.union([policyType, z.strictObject({ type: policyType, enabled: z.boolean() })]))
      .optional()
      .meta({
        description:
          "Policy types that are enabled in the root. A type that is not listed stays as it is; " +
          "`enabled: false` disables one.",
        examples: [["SERVICE_CONTROL_POLICY", { type: "TAG_POLICY", enabled: false }]],
      }),
    trustedAccess: z
      .array(
        z.union([servicePrincipal, z.strictObject({ servicePrincipal, enabled: z.boolean() })]),
      )
      .optional()
      .meta({
        description:
          "Services that have trusted access. A service that is not listed is never touched; " +
          "`enabled: false` takes its access away.",
        examples: [["guardduty.amazonaws.com"]],
      }),
    delegatedAdministrators: z
      .array(
        z.strictObject({
          account: z.string().min(1).meta({ description: "Name of an account of this file." }),
          services: z
            .array(servicePrincipal)
            .optional()
            .meta({ description: "Services that the account administers." }),
          remove: z
            .array(servicePrincipal)
            .optional()
            .meta({ description: "Services that the account shall no longer administer." }),
        }),
      )
      .optional()
      .meta({
        description: "Member accounts that administer services for the organization.",
        examples: [[{ account: "Audit", services: ["guardduty.amazonaws.com"] }]],
      }),
    resourcePolicy: z
      .strictObject({
        file: filePath.optional(),
        content: z.record(z.string(), z.unknown()).optional(),
        tags: tags.optional(),
        remove: z.boolean().optional().meta({ description: "Deletes the policy." }),
      })
      .optional()
      .meta({ description: "The organization's resource-based delegation policy." }),
  })
  .meta({ id: "organization", description: "The organization itself." });
