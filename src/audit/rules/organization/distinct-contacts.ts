import type { AlternateContactType } from "../../../core/snapshot.ts";
import { whyNoContacts } from "../../kinds/contacts.ts";
import { fact, notApplicable, unknown, verdict } from "../../results.ts";
import type { AuditResult, AuditRule } from "../../rule.ts";

const types: readonly AlternateContactType[] = ["SECURITY", "OPERATIONS", "BILLING"];

/** Alternate contacts are others than the account's own address. */
export const distinctContacts: AuditRule = {
  id: "organization/distinct-contacts",
  title: "Alternate contacts are others than the account's own address",
  severity: "low",
  why: "A contact that repeats the address of the account reaches nobody new: whoever reads neither misses both.",
  remedy: "Give each alternate contact the address of the team that is to act.",
  config:
    'services:\n  account: { alternateContacts: { security: { name: Team, title: Team, emailAddress: team@example.com, phoneNumber: "+1 555 0100" } } }',
  compliance: {},
  sources: [
    "https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html",
  ],
  evaluate: (context) =>
    context.active.map(({ id, email, alternateContacts }): AuditResult => {
      const place = { account: id };
      const read = types.filter((type) => alternateContacts?.[type] !== undefined);
      if (read.length === 0) {
        return unknown(whyNoContacts(context, id), place);
      }
      const own = email.toLowerCase();
      const set = read.filter((type) => alternateContacts?.[type] != null);
      const same = set.filter(
        (type) => alternateContacts?.[type]?.emailAddress.toLowerCase() === own,
      );
      const name = context.named(id);
      const named = same.map((type) => type.toLowerCase());
      if (same.length === 0 && read.length < types.length) {
        return unknown(whyNoContacts(context, id), place);
      }
      if (set.length === 0) return notApplicable(`${name} has no alternate contact`, place);
      const words = {
        pass: `Alternate contacts of ${name} are others than its own address.`,
        fail: `${name} repeats its own address as ${named.join(" and ")} contact.`,
      };
      // The address itself is nobody's business but the account's.
      const evidence = fact("repeats the account's address", named, "account:GetAlternateContact");
      return verdict(same.length === 0, words, place, evidence);
    }),
  breaks: {
    "organization/accounts/3/alternateContacts/SECURITY": {
      name: "Team",
      title: "Team",
      emailAddress: "SHOP@example.com",
      phoneNumber: "+1 555 0100",
    },
  },
};
