import { z } from "zod";
import type { RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import {
  delegatedAdministrator,
  regionName,
  regionScope,
  remove,
  type ScopeBlock,
} from "../kit/scope.ts";

/** Organizational units by path (`Root` is all) and accounts by name. */
export interface PlacesBlock {
  readonly organizationalUnits?: readonly string[] | undefined;
  readonly accounts?: readonly string[] | undefined;
}

/** An administrator with a part of the organization. */
export interface AdministratorBlock {
  readonly account: string;
  readonly organizationalUnits?: readonly string[] | undefined;
  readonly accounts?: readonly string[] | undefined;
  readonly regions?: readonly RegionName[] | undefined;
  readonly policyTypes?: readonly string[] | undefined;
  readonly remove?: boolean | undefined;
}

/** A policy of Firewall Manager. */
export interface FirewallPolicyBlock {
  readonly name: string;
  readonly description?: string | undefined;
  readonly type: string;
  readonly regions?: readonly RegionName[] | undefined;
  readonly resourceTypes: readonly string[];
  readonly resourceTags?: Readonly<Record<string, string>> | undefined;
  readonly excludeResourceTags: boolean;
  readonly remediation: boolean;
  readonly deleteUnusedResources: boolean;
  readonly include?: PlacesBlock | undefined;
  readonly exclude?: PlacesBlock | undefined;
  readonly managedServiceData: JsonObject;
  readonly policyOption?: JsonObject | undefined;
  readonly remove?: boolean | undefined;
  readonly deleteResources?: boolean | undefined;
}

/** The block `fms`. Defaults are filled in. */
export interface FirewallManagerBlock extends ScopeBlock {
  readonly administrators?: readonly AdministratorBlock[] | undefined;
  readonly policies?: readonly FirewallPolicyBlock[] | undefined;
}

const units = z.array(z.string().min(1));
const names = z.array(z.string().min(1));

const places = z.strictObject({
  organizationalUnits: units.optional().meta({
    description: "Paths of organizational units, with all below; `Root` is the organization.",
    examples: [["Workloads/Prod"]],
  }),
  accounts: names.optional().meta({ description: "Accounts of the file." }),
});

const types = z.enum([
  "WAFV2",
  "SECURITY_GROUPS_COMMON",
  "SECURITY_GROUPS_CONTENT_AUDIT",
  "SECURITY_GROUPS_USAGE_AUDIT",
  "NETWORK_FIREWALL",
  "DNS_FIREWALL",
]);

const administrator = z.strictObject({
  account: z.string().min(1).meta({ description: "Account of the file." }),
  organizationalUnits: units
    .optional()
    .meta({ description: "Organizational units that it may protect; all when absent." }),
  accounts: names
    .optional()
    .meta({ description: "Accounts that it may protect; all when absent." }),
  regions: z.array(regionName).min(1).optional().meta({ description: "All when absent." }),
  policyTypes: z.array(types).min(1).optional().meta({ description: "All when absent." }),
  remove: z.boolean().optional().meta({ description: "Ends it as administrator." }),
});

const policy = z.strictObject({
  name: z
    .string()
    .regex(/^[\p{L}\p{N} _.:/=+\-@]{1,128}$/u, "a name has letters, digits, spaces and `_.:/=+-@`")
    .meta({ description: "Name of the policy; one of that name and type is adopted." }),
  description: z.string().max(256).optional().meta({ description: "What it is for." }),
  type: types.meta({ description: "Kind of protection, by AWS's word." }),
  regions: z
    .array(regionName)
    .min(1)
    .optional()
    .meta({
      description:
        "Regions in which the policy shall be, each with its own copy; those of the block when " +
        "absent, and `us-east-1` for CloudFront.",
    }),
  resourceTypes: z
    .array(z.string().regex(/^AWS::\w+::\w+$/, "a type looks like `AWS::EC2::VPC`"))
    .min(1)
    .meta({ description: "What is protected.", examples: [["AWS::EC2::VPC"]] }),
  resourceTags: z
    .record(z.string(), z.string())
    .optional()
    .meta({ description: "Only resources with these tags; an empty value stands for any." }),
  excludeResourceTags: z
    .boolean()
    .default(false)
    .meta({ description: "Turns `resourceTags` round: all resources but those." }),
  remediation: z
    .boolean()
    .default(false)
    .meta({ description: "Whether AWS mends what does not comply; else it is only reported." }),
  deleteUnusedResources: z.boolean().default(false).meta({
    description: "Whether protections are taken from resources that leave the policy's scope.",
  }),
  include: places.optional().meta({
    description:
      "Where the policy holds, in accounts that come later, too; everywhere when absent.",
  }),
  exclude: places
    .optional()
    .meta({ description: "Where it does not hold. AWS heeds it only without `include`." }),
  managedServiceData: z
    .record(z.string(), z.json())
    .default({})
    .meta({
      description:
        "Settings of the type, as AWS documents them for `ManagedServiceData`, here as YAML; the " +
        "member `type` is added. Settings that are not named stay as they are.",
    }),
  policyOption: z
    .record(z.string(), z.json())
    .optional()
    .meta({ description: "`PolicyOption` as the API has it, for Network Firewall." }),
  remove: z.boolean().optional().meta({ description: "Deletes the policy." }),
  deleteResources: z.boolean().optional().meta({
    description: "With `remove`: AWS also takes the protections away that the policy made.",
  }),
});

/** The form of the block. */
export const firewallManagerSchema: z.ZodType<FirewallManagerBlock> = z
  .strictObject({
    delegatedAdministrator,
    ...regionScope,
    administrators: z.array(administrator).optional().meta({
      description: "Further administrators, each with a part of the organization.",
    }),
    policies: z
      .array(policy)
      .optional()
      .meta({
        description:
          "Policies. Firewall Manager sees only resources that AWS Config records, in every account " +
          "and Region of the policy.",
      }),
    remove,
  })
  .meta({ id: "fms", description: "AWS Firewall Manager for the whole organization." });
