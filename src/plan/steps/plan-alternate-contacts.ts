import type { JsonObject } from "../../core/json.ts";
import type { AlternateContact } from "../../core/snapshot.ts";
import { alternateContactTypes } from "../../core/snapshot.ts";
import type { Planning } from "../planning.ts";
import { draft, idOrRef, needsThings, report } from "../planning.ts";
import type { AccountNode } from "../tree.ts";
import type { AccountNodes } from "./match-accounts.ts";
import type { ServiceAccess } from "./plan-trusted-access.ts";

/** The service whose trusted access lets the management account write members' contacts. */
const accountPrincipal = "account.amazonaws.com";

/**
 * Writes and deletes alternate contacts.
 *
 * @see https://docs.aws.amazon.com/accounts/latest/reference/manage-acct-update-contact-alternate.html
 */
export function planAlternateContacts(
  planning: Planning,
  accounts: AccountNodes,
  access: ServiceAccess,
): void {
  if (planning.desired.ownership.accounts === "ignore") return;
  for (const node of accounts.all) planAccount(planning, node, access);
}

function planAccount(planning: Planning, node: AccountNode, access: ServiceAccess): void {
  const { desired, live } = node;
  const wishes = desired?.alternateContacts;
  if (wishes === undefined || desired?.close || node.ignored) return;
  if (live !== undefined && live.state !== "ACTIVE") return;
  const own = node.id === planning.live.state.managementAccountId;
  for (const type of alternateContactTypes) {
    const wanted = wishes[type];
    if (wanted === undefined) continue;
    const found = live === undefined ? null : live.alternateContacts?.[type];
    if (found === undefined) {
      report(
        planning,
        "warning",
        "ORGRAIL3009",
        `the ${type} contact of account ${node.name} (${node.id}) was not read; it is not planned`,
        { span: desired?.span, help: "see the gaps: allow the denied reads, then plan again" },
      );
      continue;
    }
    if (same(wanted, found)) continue;
    // AWS: the management account's own contacts are written without naming the account.
    const input: JsonObject = {
      ...(own ? {} : { AccountId: idOrRef(node) }),
      AlternateContactType: type,
    };
    const change = draft(planning, {
      service: "account",
      operation: wanted === null ? "DeleteAlternateContact" : "PutAlternateContact",
      address: node.address,
      action: "update",
      detail: type,
      input: wanted === null ? input : { ...input, ...members(wanted) },
      before: found === null ? null : facet(found),
      after: wanted === null ? null : facet(wanted),
      reason:
        wanted === null
          ? `the file says that there is no ${type} contact`
          : `the file gives this ${type} contact`,
      rank: "describe",
      span: desired?.span,
      account: node.id,
    });
    needsThings(change, node);
    if (node.move !== undefined) change.prefers.add(node.move);
    if (own) continue;
    const enabling = access.enabling.get(accountPrincipal);
    if (enabling !== undefined) change.needs.add(enabling);
    else if (access.isEnabled(accountPrincipal) === false) {
      report(
        planning,
        "error",
        "ORGRAIL3055",
        `contacts of member account ${node.name} can be written only with trusted access of \`${accountPrincipal}\``,
        { span: desired?.span, help: "enable it under `organization.trustedAccess`" },
      );
    }
  }
}

function same(a: AlternateContact | null, b: AlternateContact | null): boolean {
  if (a === null || b === null) return a === b;
  return (
    a.name === b.name &&
    a.title === b.title &&
    a.emailAddress === b.emailAddress &&
    a.phoneNumber === b.phoneNumber
  );
}

function facet({ name, title, emailAddress, phoneNumber }: AlternateContact): JsonObject {
  return { name, title, emailAddress, phoneNumber };
}

function members({ name, title, emailAddress, phoneNumber }: AlternateContact): JsonObject {
  return { Name: name, Title: title, EmailAddress: emailAddress, PhoneNumber: phoneNumber };
}
