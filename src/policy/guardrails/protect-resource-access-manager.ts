import { tamperActions } from "../../data/tamper-actions.ts";
import { deny, exemptPrincipals, type StatementGuardrail, unlessExempt } from "./guardrail.ts";

/** Denies resource shares that let accounts outside the organization in. */
export const protectResourceAccessManager: StatementGuardrail<{ exemptPrincipals: "strings" }> = {
  name: "protect-resource-access-manager",
  title: "Keep resource shares inside the organization",
  type: "SERVICE_CONTROL_POLICY",
  why: "A share that allows external principals hands resources to accounts outside the organization. Sharing inside it stays allowed.",
  sources: [
    tamperActions.source,
    "https://docs.aws.amazon.com/ram/latest/userguide/security-scp.html",
  ],
  parameters: { exemptPrincipals },
  statements: ({ exemptPrincipals: exempt }) => [
    deny("KeepResourceSharesInside", {
      action: ["ram:CreateResourceShare", "ram:UpdateResourceShare"],
      condition: {
        Bool: { "ram:RequestedAllowsExternalPrincipals": "true" },
        ...unlessExempt(exempt),
      },
    }),
    deny("KeepSharingWithTheOrganization", {
      action: ["ram:EnableSharingWithAwsOrganization"],
      condition: unlessExempt(exempt),
    }),
  ],
  denied: [
    {
      what: "a share for outsiders",
      action: "ram:CreateResourceShare",
      context: { "ram:RequestedAllowsExternalPrincipals": "true" },
    },
  ],
  allowed: [
    {
      what: "a share inside the organization",
      action: "ram:CreateResourceShare",
      context: { "ram:RequestedAllowsExternalPrincipals": "false" },
    },
  ],
};
