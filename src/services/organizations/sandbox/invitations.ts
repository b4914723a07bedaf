import type {
  InviteAccountToOrganizationCommandInput,
  InviteAccountToOrganizationCommandOutput,
} from "@aws-sdk/client-organizations";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { findAccount } from "../../../sandbox/accounts.ts";
import type { Call, OpenCall } from "./access.ts";
import { countedAccounts } from "./account-creation.ts";
import { depart } from "./accounts.ts";
import { failure, handshakeConstraint, invalidInput } from "./errors.ts";
import { handshakeOutput, isOpen, sendHandshake } from "./handshake-records.ts";
import { addMember } from "./model.ts";
import type { Served } from "./served.ts";
import { accountByEmail, dayMs } from "./settle.ts";
import type { HandshakeRecord } from "./state.ts";
import { checkTagCount } from "./tags.ts";
import { email, inputRequired, oneOf, patterns, tagMap, text } from "./validate.ts";

/** InviteAccountToOrganization: by account id, or by the e-mail address of its owner. */
export function inviteAccountToOrganization(
  call: Call,
  input: InviteAccountToOrganizationCommandInput,
): Served<InviteAccountToOrganizationCommandOutput> {
  const { organization, state, now, world } = call;
  const target = partyOf(call, input.Target);
  const notes =
    input.Notes === undefined
      ? undefined
      : text(input.Notes, { minimum: 0, maximum: organizationsQuotas.lengths.handshakeNotes });
  const tags = checkTagCount(tagMap(input.Tags));
  if (target.recipient !== undefined && organization.accounts.has(target.recipient)) {
    throw handshakeConstraint(
      "ALREADY_IN_AN_ORGANIZATION",
      "The invited account is already a member of the organization.",
    );
  }
  const open = [...state.handshakes.values()].filter(
    (it) => it.organizationId === organization.id && isOpen(it),
  );
  if (open.some(({ action }) => action !== "INVITE" && action !== "TRANSFER_RESPONSIBILITY")) {
    throw handshakeConstraint(
      "INVITE_DISABLED_DURING_ENABLE_ALL_FEATURES",
      "You can't issue new invitations to join an organization while it's in the process of " +
        "enabling all features.",
    );
  }
  const partyId = target.email ?? target.recipient;
  if (
    open.some(
      (it) =>
        it.action === "INVITE" &&
        (it.parties.some(({ id }) => id === partyId) ||
          (it.recipient !== undefined && it.recipient === target.recipient)),
    )
  ) {
    throw failure("DuplicateHandshakeException");
  }
  checkInvitationQuotas(call);
  const handshake = sendHandshake(call, {
    action: "INVITE",
    state: "OPEN",
    ...target,
    days: organizationsQuotas.handshakes.invitationDays,
    notes,
    tags,
  });
  organization.invitations.set(handshake.id, now);
  return { Handshake: handshakeOutput({ state, world }, handshake) };
}

/** What accepting an invitation does: the account leaves where it is and joins at the root. */
export function acceptInvitation(call: OpenCall, handshake: HandshakeRecord): void {
  const { state, caller, now } = call;
  const organization = state.organizations.get(handshake.organizationId);
  if (organization === undefined) throw failure("HandshakeNotFoundException");
  if (call.organization?.id === organization.id) {
    throw handshakeConstraint(
      "ALREADY_IN_AN_ORGANIZATION",
      "The account is already a member of the organization.",
    );
  }
  if (organization.accounts.size >= state.options.maximumAccounts) {
    throw handshakeConstraint(
      "ACCOUNT_NUMBER_LIMIT_EXCEEDED",
      "The organization has exceeded the allowed number of AWS accounts.",
    );
  }
  const former = call.organization?.accounts.get(caller.account);
  if (call.organization !== undefined && former !== undefined) {
    depart(state, call.organization, former, now);
  }
  addMember(state, organization, {
    id: caller.account,
    parentId: organization.root.id,
    state: "ACTIVE",
    joinedMethod: "INVITED",
    joinedAt: now,
    standalone: true,
    tags: new Map(handshake.tags),
  });
  // AWS: an accepted invitation does not count against the day's.
  organization.invitations.delete(handshake.id);
}

/** The party that a request names: an account, or the address of one. */
export function partyOf(
  { world }: Pick<OpenCall, "world">,
  target: { Id?: string | undefined; Type?: string | undefined } | undefined,
): { recipient: string | undefined; email?: string } {
  if (target === undefined) throw inputRequired();
  const type = oneOf(target.Type, ["ACCOUNT", "EMAIL", "ORGANIZATION"]);
  if (type === "ORGANIZATION") {
    throw invalidInput(
      "INVALID_PARTY_TYPE_TARGET",
      "You specified the wrong type of entity (account, organization, or email) as a party.",
    );
  }
  if (type === "EMAIL") {
    const address = email(target.Id);
    return { recipient: accountByEmail(world, address), email: address };
  }
  const recipient = text(target.Id, {
    pattern: patterns.account,
    reason: "INVALID_PATTERN_TARGET_ID",
  });
  if (findAccount(world, recipient) === undefined) {
    throw invalidInput("INVALID_PATTERN_TARGET_ID", "You specified an account that doesn't exist.");
  }
  return { recipient };
}

function checkInvitationQuotas(call: Call): void {
  const { organization, state, now } = call;
  if (countedAccounts(call) >= state.options.maximumAccounts) {
    throw handshakeConstraint(
      "ACCOUNT_NUMBER_LIMIT_EXCEEDED",
      "You have exceeded the allowed number of AWS accounts.",
    );
  }
  const today = [...organization.invitations.values()].filter((at) => at > now - dayMs).length;
  const { invitationsPerDay } = organizationsQuotas.handshakes;
  if (today >= Math.max(invitationsPerDay, state.options.maximumAccounts)) {
    throw handshakeConstraint(
      "HANDSHAKE_RATE_LIMIT_EXCEEDED",
      "You attempted to exceed the number of handshakes that you can send in one day.",
    );
  }
}
