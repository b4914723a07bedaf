import { deny, exemptPrincipals, type StatementGuardrail, unlessExempt } from "./guardrail.ts";

/** Denies a member account's leaving the organization. */
export const denyLeaveOrganization: StatementGuardrail<{ exemptPrincipals: "strings" }> = {
  name: "deny-leave-organization",
  title: "Deny leaving the organization",
  type: "SERVICE_CONTROL_POLICY",
  why: "An account that leaves drops every guardrail, the organization's trail and its delegated administrators in one call. Segment and Amazon's Information Security team both deny it; AWS's incident responders see it used by attackers.",
  sources: [
    "https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_policies_scps_examples_general.html",
  ],
  parameters: { exemptPrincipals },
  statements: ({ exemptPrincipals: exempt }) => [
    deny("DenyLeaveOrganization", {
      action: ["organizations:LeaveOrganization"],
      condition: unlessExempt(exempt),
    }),
  ],
  denied: [
    { what: "an administrator of the account", action: "organizations:LeaveOrganization" },
    {
      what: "the root user",
      principal: "arn:aws:iam::111122223333:root",
      action: "organizations:LeaveOrganization",
    },
  ],
  allowed: [
    {
      what: "looking at the organization",
      action: "organizations:DescribeOrganization",
    },
    {
      what: "a principal that is exempt",
      parameters: { exemptPrincipals: ["arn:aws:iam::*:role/break-glass"] },
      principal: "arn:aws:iam::111122223333:role/break-glass",
      action: "organizations:LeaveOrganization",
    },
  ],
};
