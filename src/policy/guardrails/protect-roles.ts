import { deny, exemptPrincipals, type StatementGuardrail, unlessExempt } from "./guardrail.ts";

/** Keeps named roles from being changed, deleted and, if wanted, assumed by others. */
export const protectRoles: StatementGuardrail<{
  roles: "strings";
  denyAssuming: "boolean";
  exemptPrincipals: "strings";
}> = {
  name: "protect-roles",
  title: "Protect roles",
  type: "SERVICE_CONTROL_POLICY",
  why: "The first of Amazon's five rules: the security team's roles must not be changed or deleted by the accounts that they watch. Only principals that are exempt, by default the protected roles themselves, may touch them.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html",
  ],
  parameters: {
    roles: {
      kind: "strings",
      description: "ARN patterns of the roles to protect.",
      pattern: /^arn:[a-z*?-]+:iam::[0-9*?]*:role\/.+$/,
      example: ["arn:aws:iam::*:role/InfoSec*"],
    },
    denyAssuming: {
      kind: "boolean",
      description:
        "Whether others are kept from assuming the roles too, as in Amazon's own rule. Whoever comes to them from another role must then be exempt.",
      default: false,
      example: true,
    },
    exemptPrincipals: {
      ...exemptPrincipals,
      description: `${exemptPrincipals.description} When empty, the protected roles may change themselves.`,
    },
  },
  statements: ({ roles, denyAssuming, exemptPrincipals: exempt }) => [
    deny("ProtectRoles", {
      action: denyAssuming ? ["iam:*", "sts:AssumeRole"] : ["iam:*"],
      resource: roles,
      condition: unlessExempt(exempt.length === 0 ? roles : exempt),
    }),
  ],
  denied: [
    {
      what: "deleting a protected role",
      action: "iam:DeleteRole",
      resource: "arn:aws:iam::111122223333:role/InfoSecAudit",
    },
    {
      what: "changing who may assume it",
      action: "iam:UpdateAssumeRolePolicy",
      resource: "arn:aws:iam::111122223333:role/InfoSecAudit",
    },
    {
      what: "creating a role of the protected name",
      action: "iam:CreateRole",
      resource: "arn:aws:iam::111122223333:role/InfoSecFake",
    },
    {
      what: "assuming it, where that is denied",
      parameters: { denyAssuming: true },
      action: "sts:AssumeRole",
      resource: "arn:aws:iam::111122223333:role/InfoSecAudit",
    },
  ],
  allowed: [
    {
      what: "assuming it, where the trust policy decides",
      action: "sts:AssumeRole",
      resource: "arn:aws:iam::111122223333:role/InfoSecAudit",
    },
    {
      what: "deleting another role",
      action: "iam:DeleteRole",
      resource: "arn:aws:iam::111122223333:role/app",
    },
    {
      what: "the security team itself",
      principal: "arn:aws:iam::111122223333:role/InfoSecAdmin",
      action: "iam:DeleteRole",
      resource: "arn:aws:iam::111122223333:role/InfoSecAudit",
    },
  ],
};
