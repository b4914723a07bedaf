import { z } from "zod";
import {
  accountName,
  accountScope,
  delegatedAdministrator,
  remove,
  type ScopeBlock,
} from "../kit/scope.ts";

/** An account's rules for passwords of IAM users; what is absent is left as it is. */
export interface PasswordPolicyBlock {
  readonly minimumLength?: number | undefined;
  readonly requireSymbols?: boolean | undefined;
  readonly requireNumbers?: boolean | undefined;
  readonly requireUppercase?: boolean | undefined;
  readonly requireLowercase?: boolean | undefined;
  readonly allowUsersToChange?: boolean | undefined;
  readonly maximumAgeDays?: number | undefined;
  readonly preventReuse?: number | undefined;
  readonly hardExpiry?: boolean | undefined;
}

/** The block `iam`. */
export interface IamBlock extends ScopeBlock {
  readonly passwordPolicy?: PasswordPolicyBlock | undefined;
  readonly centralizedRootAccess?:
    | {
        readonly credentialsManagement?: boolean | undefined;
        readonly sessions?: boolean | undefined;
      }
    | undefined;
  readonly rootCredentials?:
    | {
        readonly remove: {
          readonly accounts?: readonly string[] | undefined;
          readonly organizationalUnits?: readonly string[] | undefined;
        };
      }
    | undefined;
}

const rule = (description: string): z.ZodOptional<z.ZodBoolean> =>
  z.boolean().optional().meta({ description });

const passwordPolicy = z.strictObject({
  minimumLength: z
    .number()
    .int()
    .min(6)
    .max(128)
    .optional()
    .meta({ description: "Characters that a password has at least." }),
  requireSymbols: rule("Whether a password has a symbol."),
  requireNumbers: rule("Whether a password has a digit."),
  requireUppercase: rule("Whether a password has an upper-case letter."),
  requireLowercase: rule("Whether a password has a lower-case letter."),
  allowUsersToChange: rule("Whether users may change their own passwords."),
  maximumAgeDays: z
    .number()
    .int()
    .min(0)
    .max(1095)
    .optional()
    .meta({ description: "Days after which a password expires; 0: never." }),
  preventReuse: z
    .number()
    .int()
    .min(0)
    .max(24)
    .optional()
    .meta({ description: "How many former passwords cannot be used again." }),
  hardExpiry: rule("Whether an administrator must reset a password that has expired."),
});

/** The form of the block. */
export const iamSchema: z.ZodType<IamBlock> = z
  .strictObject({
    delegatedAdministrator,
    passwordPolicy: passwordPolicy.optional().meta({
      description:
        "Rules for passwords of IAM users, in every account of the block. Numbers are the least " +
        "that is asked for: a stricter one stays; rules that are not named stay, too. It takes a " +
        "call an account to read, but where an organization rule of Config (IAM_PASSWORD_POLICY " +
        "without parameters) finds the accounts compliant.",
      examples: [{ minimumLength: 14, preventReuse: 24 }],
    }),
    centralizedRootAccess: z
      .strictObject({
        credentialsManagement: rule(
          "Whether root users' credentials are managed centrally: accounts that are made from then " +
            "on have none.",
        ),
        sessions: rule("Whether root users' few tasks are done by short sessions, centrally."),
      })
      .optional()
      .meta({ description: "Centralized root access for member accounts." }),
    rootCredentials: z
      .strictObject({
        remove: z
          .strictObject({
            accounts: z
              .array(accountName)
              .optional()
              .meta({ description: "Names of the accounts." }),
            organizationalUnits: z
              .array(
                z
                  .string()
                  .min(1)
                  .meta({ examples: ["Workloads/Prod"] }),
              )
              .optional()
              .meta({ description: "Organizational units, with all below." }),
          })
          .meta({ description: "Whose credentials are removed; both lists together." }),
      })
      .optional()
      .meta({
        description:
          "Member accounts whose root users lose password, access keys, MFA devices and signing " +
          "certificates, by name or by organizational unit. It cannot be undone.",
      }),
    ...accountScope,
    remove,
  })
  .meta({
    id: "iam",
    description: "IAM: password policies, and root users of member accounts.",
  });
