import { contactOf } from "../../kinds/contacts.ts";
import type { AuditRule } from "../../rule.ts";

/** Every account has a billing contact. */
export const billingContact: AuditRule = {
  id: "organization/billing-contact",
  title: "Every account has a billing contact",
  severity: "low",
  why: "AWS writes to it about abuse, exposed keys and outages; else to the root address alone, which few read.",
  remedy: "Set the alternate contact of all accounts.",
  config:
    'services:\n  account: { alternateContacts: { billing: { name: Team, title: Team, emailAddress: team@example.com, phoneNumber: "+1 555 0100" } } }',
  compliance: { "nist-800-53-r5": ["IR-6"] },
  sources: [
    "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html",
  ],
  evaluate: contactOf("BILLING"),
  breaks: { "organization/accounts/3/alternateContacts/BILLING": null },
};
