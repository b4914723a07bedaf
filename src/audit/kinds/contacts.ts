import type { AlternateContactType } from "../../core/snapshot.ts";
import type { AuditContext } from "../context.ts";
import { fact, unknown, verdict } from "../results.ts";
import type { AuditResult, AuditRule } from "../rule.ts";

/** Why the contacts of an account are not known. */
export function whyNoContacts(context: AuditContext, id: string, type = ""): string {
  const { managementAccountId, trustedAccess } = context.organization;
  const principal = "account.amazonaws.com";
  const isClosed =
    id !== managementAccountId &&
    trustedAccess?.every(({ servicePrincipal }) => servicePrincipal !== principal) === true;
  if (isClosed) {
    return "AWS Account Management has no trusted access, so that members' contacts were not read";
  }
  const subject = `accounts/${id}/alternateContacts${type === "" ? "" : `/${type}`}`;
  return context.gaps.near(subject) === undefined
    ? "contacts were not asked for (`--tier inside` does)"
    : context.whyUnread(subject);
}

/** Every active account has an alternate contact of a type. */
export function contactOf(type: AlternateContactType): AuditRule["evaluate"] {
  const word = type.toLowerCase();
  return (context) =>
    context.active.map(({ id, alternateContacts }): AuditResult => {
      const place = { account: id };
      const contact = alternateContacts?.[type];
      if (contact === undefined) return unknown(whyNoContacts(context, id, type), place);
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
