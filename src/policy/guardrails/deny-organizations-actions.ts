import { deny, exemptPrincipals, type StatementGuardrail, unlessExempt } from "./guardrail.ts";

const writes = [
  "Accept",
  "Attach",
  "Cancel",
  "Close",
  "Create",
  "Decline",
  "Delete",
  "Deregister",
  "Detach",
  "Disable",
  "Enable",
  "Invite",
  "Leave",
  "Move",
  "Put",
  "Register",
  "Remove",
  "Tag",
  "Terminate",
  "Untag",
  "Update",
].map((verb) => `organizations:${verb}*`);

/** Denies the use of AWS Organizations from member accounts. */
export const denyOrganizationsActions: StatementGuardrail<{
  allowReads: "boolean";
  exemptPrincipals: "strings";
}> = {
  name: "deny-organizations-actions",
  title: "Deny AWS Organizations from member accounts",
  type: "SERVICE_CONTROL_POLICY",
  why: "The fifth of Amazon's five rules: member accounts neither leave nor explore the organization. Services such as Resource Access Manager read it, so reads stay allowed unless you say otherwise. Delegated administrators must be exempt.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html",
  ],
  parameters: {
    allowReads: {
      kind: "boolean",
      description: "Whether `Describe*` and `List*` stay allowed.",
      default: true,
      example: true,
    },
    exemptPrincipals,
  },
  statements: ({ allowReads, exemptPrincipals: exempt }) => [
    deny("DenyOrganizationsActions", {
      action: allowReads ? writes : ["organizations:*"],
      condition: unlessExempt(exempt),
    }),
  ],
  denied: [
    { what: "leaving", action: "organizations:LeaveOrganization" },
    { what: "moving an account", action: "organizations:MoveAccount" },
    {
      what: "reading, where reads are not allowed",
      parameters: { allowReads: false },
      action: "organizations:ListAccounts",
    },
  ],
  allowed: [
    { what: "reading", action: "organizations:ListAccounts" },
    { what: "another service", action: "s3:ListAllMyBuckets" },
  ],
};
