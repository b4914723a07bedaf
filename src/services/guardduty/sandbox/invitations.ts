import type {
  AcceptAdministratorInvitationCommandInput,
  AcceptAdministratorInvitationCommandOutput,
  DeclineInvitationsCommandInput,
  DeclineInvitationsCommandOutput,
  DeleteInvitationsCommandInput,
  DeleteInvitationsCommandOutput,
  DisassociateFromAdministratorAccountCommandInput,
  DisassociateFromAdministratorAccountCommandOutput,
  GetAdministratorAccountCommandInput,
  GetAdministratorAccountCommandOutput,
  GetInvitationsCountCommandInput,
  GetInvitationsCountCommandOutput,
  ListInvitationsCommandInput,
  ListInvitationsCommandOutput,
} from "@aws-sdk/client-guardduty";
import type { AnyHandler } from "../../../sandbox/service.ts";
import { settledState } from "./administration.ts";
import { ownDetector } from "./detectors.ts";
import { badRequest, messages } from "./errors.ts";
import { eachAccount, validBatch } from "./members.ts";
import { page } from "./page.ts";
import { release } from "./relation.ts";
import type { Served } from "./served.ts";
import { regionState } from "./state.ts";

const acceptAdministratorInvitation: Served<
  AcceptAdministratorInvitationCommandInput,
  AcceptAdministratorInvitationCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const { state } = ownDetector(context, input.DetectorId);
  const invitation = state.invitations?.get(input.AdministratorId ?? "");
  if (invitation === undefined || invitation.id !== input.InvitationId) {
    throw badRequest(messages.notInvited);
  }
  if (state.administrator !== undefined) throw badRequest(messages.isMember);
  if ((state.members?.size ?? 0) > 0) throw badRequest(messages.hasMembers);
  const administrator = input.AdministratorId ?? "";
  const now = world.clock.now();
  const member = regionState(world, administrator, region).members?.get(caller.account);
  if (member === undefined) throw badRequest(messages.notInvited);
  member.relationship = "Enabled";
  member.updatedAt = now;
  state.administrator = {
    account: administrator,
    how: "invitation",
    invitationId: invitation.id,
    since: now,
  };
  state.invitations?.delete(administrator);
  return {};
};

const getAdministratorAccount: Served<
  GetAdministratorAccountCommandInput,
  GetAdministratorAccountCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const { administrator } = ownDetector(context, input.DetectorId).state;
  if (administrator === undefined) return { Administrator: undefined };
  const { members } = regionState(world, administrator.account, region);
  return {
    Administrator: {
      AccountId: administrator.account,
      InvitationId: administrator.invitationId,
      RelationshipStatus: members?.get(caller.account)?.relationship,
      InvitedAt: new Date(administrator.since).toISOString(),
    },
  };
};

const disassociateFromAdministratorAccount: Served<
  DisassociateFromAdministratorAccountCommandInput,
  DisassociateFromAdministratorAccountCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const { administrator } = ownDetector(context, input.DetectorId).state;
  if (administrator === undefined) throw badRequest(messages.unassociated);
  // AWS: a member of an organization cannot leave its delegated administrator.
  if (administrator.how === "organization") throw badRequest(messages.isMember);
  const { members } = regionState(world, administrator.account, region);
  const member = members?.get(caller.account);
  if (member !== undefined) release(world, administrator.account, region, member, "Resigned");
  return {};
};

const listInvitations: Served<ListInvitationsCommandInput, ListInvitationsCommandOutput> = (
  { world, caller, region },
  input,
) => {
  const { invitations } = settledState(world, caller.account, region);
  const { items, ...rest } = page("invitations", [...(invitations ?? [])], input);
  return {
    Invitations: items.map(([AccountId, { id, at }]) => ({
      AccountId,
      InvitationId: id,
      RelationshipStatus: "Invited",
      InvitedAt: new Date(at).toISOString(),
    })),
    ...rest,
  };
};

const getInvitationsCount: Served<
  GetInvitationsCountCommandInput,
  GetInvitationsCountCommandOutput
> = ({ world, caller, region }) => ({
  InvitationsCount: settledState(world, caller.account, region).invitations?.size ?? 0,
});

const removeInvitations: Served<
  DeclineInvitationsCommandInput,
  DeclineInvitationsCommandOutput & DeleteInvitationsCommandOutput
> = ({ world, caller, region }, input: DeleteInvitationsCommandInput) => {
  const state = settledState(world, caller.account, region);
  return eachAccount(validBatch(input.AccountIds), (id) => {
    if (state.invitations?.delete(id) !== true) return messages.notInvited;
    const member = regionState(world, id, region).members?.get(caller.account);
    if (member?.relationship === "Invited") member.relationship = "Resigned";
    return undefined;
  });
};

/** Operations on memberships by invitation, from the member's side. */
export const invitationHandlers: Readonly<Record<string, AnyHandler>> = {
  AcceptAdministratorInvitation: acceptAdministratorInvitation,
  GetAdministratorAccount: getAdministratorAccount,
  DisassociateFromAdministratorAccount: disassociateFromAdministratorAccount,
  ListInvitations: listInvitations,
  GetInvitationsCount: getInvitationsCount,
  DeclineInvitations: removeInvitations,
  DeleteInvitations: removeInvitations,
};
