import { controls } from "../../controls.ts";
import { contactOf } from "../../kinds/contacts.ts";
import type { AuditRule } from "../../rule.ts";

/** Every account has a security contact. */
export const securityContact: AuditRule = {
  id: "organization/security-contact",
  title: "Every account has a security contact",
  severity: "medium",
  why: "AWS writes to it about abuse, exposed keys and outages; else to the root address alone, which few read.",
  remedy: "Set the alternate contact of all accounts.",
  config:
    'services:\n  account: { alternateContacts: { security: { name: Team, title: Team, emailAddress: team@example.com, phoneNumber: "+1 555 0100" } } }',
  compliance: controls.securityContact,
  sources: [
    "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html",
  ],
  evaluate: contactOf("SECURITY"),
  breaks: { "organization/accounts/3/alternateContacts/SECURITY": null },
};
