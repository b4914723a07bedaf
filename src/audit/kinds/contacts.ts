import type { AlternateContactType } from "../../core/snapshot.ts";
import { fact, unknown, verdict } from "../results.ts";
import type { AuditResult, AuditRule } from "../rule.ts";

/** Every active account has an alternate contact of a type. */
export function contactOf(type: AlternateContactType): AuditRule["evaluate"] {
  const word = type.toLowerCase();
  return (context) =>
    context.active.map(({ id, alternateContacts }): AuditResult => {
      const place = { account: id };
      const contact = alternateContacts?.[type];
      if (contact === undefined) {
        return unknown(context.whyUnread(`accounts/${id}/alternateContacts/${type}`), place);
      }
      const name = context.named(id);
      return verdict(
        contact !== null,
        { pass: `${name} has a ${word} contact.`, fail: `${name} has no ${word} contact.` },
        place,
        // The address itself is nobody's business but the account's.
        fact(`${word} contact`, contact !== null, "account:GetAlternateContact"),
      );
    });
}
