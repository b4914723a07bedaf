import { z } from "zod";
import type { RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import { identityCenterFacts } from "../../data/identity-center.ts";
import { accountName, delegatedAdministrator, regionName, remove } from "../kit/scope.ts";

/** A session duration, or one for production and another elsewhere; ISO 8601 such as `PT4H`. */
export type DurationBlock = string | { readonly default: string; readonly production: string };

/** A customer managed policy by name, or by name and path. */
export type PolicyReferenceBlock = string | { readonly name: string; readonly path: string };

/** A permission set. */
export interface PermissionSetBlock {
  readonly description?: string | undefined;
  readonly sessionDuration?: DurationBlock | undefined;
  readonly managedPolicies?: readonly string[] | undefined;
  readonly customerManagedPolicies?: readonly PolicyReferenceBlock[] | undefined;
  readonly inlinePolicy?: string | JsonObject | undefined;
  readonly permissionsBoundary?:
    | { readonly managedPolicy: string }
    | { readonly customerManagedPolicy: PolicyReferenceBlock }
    | undefined;
  readonly relayState?: string | undefined;
  readonly tags?: Readonly<Record<string, string>> | undefined;
  readonly exclusivePolicies?: boolean | undefined;
  readonly exclusiveAssignments?: boolean | undefined;
  readonly remove?: boolean | undefined;
}

/** Who has which permission sets where. */
export interface AssignmentBlock {
  readonly groups?: readonly string[] | undefined;
  readonly users?: readonly string[] | undefined;
  readonly permissionSets: readonly string[];
  readonly accounts?: readonly string[] | undefined;
  readonly organizationalUnits?: readonly string[] | undefined;
  readonly excludeAccounts?: readonly string[] | undefined;
  readonly remove?: boolean | undefined;
}

/** The block `sso`. Defaults are filled in. */
export interface IdentityCenterBlock {
  readonly delegatedAdministrator?: string | undefined;
  readonly region?: RegionName | undefined;
  readonly sessionDuration?: DurationBlock | undefined;
  readonly production?:
    | {
        readonly organizationalUnits?: readonly string[] | undefined;
        readonly accounts?: readonly string[] | undefined;
        readonly suffix: string;
      }
    | undefined;
  readonly permissionSets?: Readonly<Record<string, PermissionSetBlock>> | undefined;
  readonly assignments?: readonly AssignmentBlock[] | undefined;
  readonly remove?: boolean | undefined;
}

const { sessionHours, permissionSetNameLength, policiesPerPermissionSet } = identityCenterFacts;

const duration = z
  .string()
  .regex(/^PT(?:\d+H(?:\d+M)?|\d+M)$/, "a duration looks like `PT4H` or `PT1H30M`")
  .meta({ examples: ["PT4H"] });

const durations = z.union([
  duration,
  z.strictObject({
    default: duration.meta({ description: "In accounts that are not production." }),
    production: duration.meta({ description: "In production accounts." }),
  }),
]);

const unit = z
  .string()
  .min(1)
  .meta({ examples: ["Workloads/Prod"] });

const reference = z.union([
  z.string().min(1),
  z.strictObject({
    name: z.string().min(1).max(128).meta({ description: "Name of the policy." }),
    path: z
      .string()
      .regex(/^\/(?:.*\/)?$/, "a path begins and ends with `/`")
      .default("/")
      .meta({ description: "Path of the policy." }),
  }),
]);

const managedPolicy = z
  .string()
  .min(1)
  .meta({ examples: ["ReadOnlyAccess", "job-function/Billing"] });

const permissionSet = z.strictObject({
  description: z.string().min(1).max(700).optional().meta({ description: "What it is for." }),
  sessionDuration: durations.optional().meta({
    description:
      `How long a session lasts, from ${sessionHours.least} to ${sessionHours.most} hours. With ` +
      "`default` and `production` the set is two at AWS, for a permission set has one duration: " +
      "`NAME` and, for the accounts of `production`, `NAME` with its suffix. Assignments name the " +
      "first, and get whichever belongs to the account.",
    examples: ["PT4H", { default: "PT4H", production: "PT1H" }],
  }),
  managedPolicies: z.array(managedPolicy).max(policiesPerPermissionSet).optional().meta({
    description: "AWS managed policies, by ARN or by name with the path that it has.",
  }),
  customerManagedPolicies: z
    .array(reference)
    .max(policiesPerPermissionSet)
    .optional()
    .meta({
      description:
        "Policies of the accounts' own. Every account that gets the set must have one of that name " +
        "and path, or AWS fails the assignment.",
    }),
  inlinePolicy: z
    .union([z.string().min(1), z.record(z.string(), z.unknown())])
    .optional()
    .meta({ description: "A policy document, or the JSON file that holds it." }),
  permissionsBoundary: z
    .union([
      z.strictObject({
        managedPolicy: managedPolicy.meta({ description: "An AWS managed policy." }),
      }),
      z.strictObject({
        customerManagedPolicy: reference.meta({
          description: "A policy that every account has under this name.",
        }),
      }),
    ])
    .optional()
    .meta({ description: "The most that the set can allow." }),
  relayState: z
    .string()
    .min(1)
    .max(240)
    .optional()
    .meta({ description: "The page of the console to which a session leads." }),
  tags: z.record(z.string(), z.string()).optional().meta({
    description: "Tags of the set. Others that it has are left alone.",
  }),
  exclusivePolicies: z
    .boolean()
    .optional()
    .meta({
      description:
        "Detaches policies that the file does not name, with the inline policy and the boundary when " +
        "it has none. Without it they are shown and left alone.",
    }),
  exclusiveAssignments: z
    .boolean()
    .optional()
    .meta({
      description:
        "Deletes assignments of the set that the file does not name. It is read account by account " +
        "then. Without it they are left alone.",
    }),
  remove: z.boolean().optional().meta({
    description: "Deletes the set, and first all of its assignments.",
  }),
});

const assignment = z.strictObject({
  groups: z.array(z.string().min(1)).optional().meta({ description: "Groups, by display name." }),
  users: z.array(z.string().min(1)).optional().meta({ description: "Users, by user name." }),
  permissionSets: z
    .array(z.string().min(1))
    .min(1)
    .meta({ description: "Permission sets of the block that they get." }),
  accounts: z.array(accountName).optional().meta({ description: "Accounts of the file." }),
  organizationalUnits: z
    .array(unit)
    .optional()
    .meta({
      description:
        "Organizational units, with all below; `Root` is the whole organization. An account that is " +
        "made or moved there gets the assignment with the next apply.",
    }),
  excludeAccounts: z
    .array(accountName)
    .optional()
    .meta({ description: "Accounts of the units that do not get it." }),
  remove: z.boolean().optional().meta({ description: "Takes these assignments away." }),
});

/** The form of the block. */
export const identityCenterSchema: z.ZodType<IdentityCenterBlock> = z
  .strictObject({
    delegatedAdministrator,
    region: regionName.optional().meta({
      description:
        "The Region of the instance; when absent it is looked for in the home Region, then in the " +
        "governed ones. The instance itself is enabled in the console of the management account.",
    }),
    sessionDuration: durations.optional().meta({
      description:
        "Session duration of the sets that have none of their own. With `production` and without " +
        "this it is one hour there and four elsewhere; without both, sets keep what they have.",
      examples: [{ default: "PT4H", production: "PT1H" }],
    }),
    production: z
      .strictObject({
        organizationalUnits: z.array(unit).optional().meta({
          description: "Organizational units, with all below, whose accounts are production.",
        }),
        accounts: z
          .array(accountName)
          .optional()
          .meta({ description: "Further accounts that are production." }),
        suffix: z
          .string()
          .regex(/^[\w+=,.@-]{1,16}$/, "a suffix has up to 16 letters, digits and `_+=,.@-`")
          .default("-Production")
          .meta({ description: "What the names of the sets for production end with." }),
      })
      .optional()
      .meta({ description: "Which accounts are production." }),
    permissionSets: z
      .record(
        z
          .string()
          .regex(
            new RegExp(`^[\\w+=,.@-]{1,${permissionSetNameLength}}$`),
            `a name has up to ${permissionSetNameLength} letters, digits and \`_+=,.@-\``,
          ),
        permissionSet,
      )
      .optional()
      .meta({
        description:
          "Permission sets by name. One that is there is adopted; others are shown and left alone.",
      }),
    assignments: z
      .array(assignment)
      .optional()
      .meta({
        description:
          "Who gets which sets where. What touches the management account is made from it, all else " +
          "from the delegated administrator.",
      }),
    remove: remove.meta({
      description:
        "Deletes the block's permission sets with all of their assignments. The instance and its " +
        "trusted access stay: without them nobody could sign in.",
    }),
  })
  .meta({
    id: "sso",
    description: "IAM Identity Center: permission sets, and who has them in which accounts.",
  }) as z.ZodType<IdentityCenterBlock>;
