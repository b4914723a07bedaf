import { z } from "zod";
import { accountId } from "./atoms.ts";
import type { DetectInput } from "./config-input.ts";

const principalPattern = z
  .string()
  .regex(
    /^arn:[a-z*?-]+:(iam|sts)::[0-9*?]*:.+$/,
    "a pattern of principals looks like `arn:aws:iam::*:role/Deploy`",
  );

const exception = z
  .strictObject({
    rule: z
      .string()
      .min(1)
      .meta({
        description: "Id of the rule (docs/detect lists them); `*` stands for any text.",
        examples: ["organizations/attach-policy", "organizations/*"],
      }),
    principal: principalPattern.meta({
      description:
        "Pattern of the ARNs of those who may; of the role for a role's session, as in `aws:PrincipalArn`.",
      examples: ["arn:aws:iam::*:role/Deploy"],
    }),
    account: accountId.optional().meta({ description: "Only for events of this account." }),
    reason: z.string().min(1).meta({ description: "Why it is expected; shown with each finding." }),
    owner: z.string().min(1).optional().meta({ description: "Who answers for it." }),
    expires: z
      .string()
      .regex(/^\d{4}-\d{2}-\d{2}$/, "a day looks like `2026-12-31`")
      .meta({
        description: "The last day on which it counts, in UTC. Later findings say that it expired.",
        examples: ["2026-12-31"],
      }),
  })
  .meta({ id: "detectException", description: "Findings that are expected." });

const names = z.array(z.string().min(1));
const roles = z.array(principalPattern);

/** The schema of `detect`. */
export const detectSchema: z.ZodType<DetectInput> = z
  .strictObject({
    allow: z
      .array(exception)
      .optional()
      .meta({
        description: "Findings that are expected: shown, and counted apart.",
        examples: [
          [
            {
              rule: "organizations/attach-policy",
              principal: "arn:aws:iam::*:role/Deploy",
              reason: "the deployment",
              expires: "2026-12-31",
            },
          ],
        ],
      }),
    logBuckets: names.optional().meta({
      description: "Buckets that hold logs; `*` stands for any text.",
      examples: [["acme-org-logs", "aws-controltower-logs-*"]],
    }),
    logRetentionDays: z
      .number()
      .int()
      .min(1)
      .optional()
      .meta({ description: "Logs must be kept so many days; expiry before is a finding." }),
    logKeys: names.optional().meta({
      description: "KMS keys that encrypt logs: ARNs or ids.",
    }),
    protectedPolicies: names.optional().meta({
      description:
        "Policies whose loss is critical: names or ids. All policies of this file when absent.",
      examples: [["DenyLeave"]],
    }),
    deployRoles: roles.optional().meta({
      description: "Roles whose work it is to change the organization.",
      examples: [["arn:aws:iam::*:role/Deploy"]],
    }),
    rootAccessRoles: roles
      .optional()
      .meta({ description: "Roles whose work it is to take root sessions in member accounts." }),
    trustedAccounts: z
      .array(accountId)
      .optional()
      .meta({ description: "Accounts outside of the organization that may be trusted." }),
    alertPath: names.optional().meta({
      description:
        "Event rules, queues, topics, functions and log groups that alerts go through: names or " +
        "ARNs; `*` stands for any text.",
      examples: [["orgrail-watch*"]],
    }),
  })
  .meta({ id: "detect", description: "What `orgrail detect` has to know of the organization." });
