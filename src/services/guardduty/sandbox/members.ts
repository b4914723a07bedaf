import type {
  CreateMembersCommandInput,
  CreateMembersCommandOutput,
  DeleteMembersCommandInput,
  DeleteMembersCommandOutput,
  DisassociateMembersCommandInput,
  DisassociateMembersCommandOutput,
  GetMembersCommandInput,
  GetMembersCommandOutput,
  InviteMembersCommandInput,
  InviteMembersCommandOutput,
  ListMembersCommandInput,
  ListMembersCommandOutput,
  Member,
  StartMonitoringMembersCommandInput,
  StartMonitoringMembersCommandOutput,
  StopMonitoringMembersCommandInput,
  StopMonitoringMembersCommandOutput,
  UnprocessedAccount,
} from "@aws-sdk/client-guardduty";
import { digest } from "../../../core/digest.ts";
import { guardDutyFacts } from "../../../data/guardduty-facts.ts";
import { findAccount } from "../../../sandbox/accounts.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { administrationFor } from "./administration.ts";
import { ownDetector } from "./detectors.ts";
import { invalidValue, messages } from "./errors.ts";
import { page } from "./page.ts";
import { enrol, release } from "./relation.ts";
import type { Served } from "./served.ts";
import { type MemberRecord, regionState } from "./state.ts";

const createMembers: Served<CreateMembersCommandInput, CreateMembersCommandOutput> = (
  context,
  input,
) => {
  const { world, caller, region } = context;
  const { state } = ownDetector(context, input.DetectorId);
  const details = input.AccountDetails ?? [];
  const ids = validBatch(details.map(({ AccountId }) => AccountId));
  if (details.some(({ Email }) => (Email ?? "").length < 1)) throw invalidValue();
  const admin = administrationFor(world, caller.account, region);
  const isDelegated = admin?.account === caller.account;
  return eachAccount(ids, (id) => {
    const email = details.find(({ AccountId }) => AccountId === id)?.Email ?? "";
    if (id === caller.account) return messages.invalidValue;
    if (isDelegated && admin.organization.accounts.has(id)) {
      const isActive = admin.organization.accounts.get(id)?.state === "ACTIVE";
      return isActive ? enrol(admin, id, email) : messages.notMember;
    }
    const known = state.members?.get(id);
    if (
      known !== undefined &&
      known.relationship !== "Removed" &&
      known.relationship !== "Resigned"
    ) {
      return undefined;
    }
    state.members ??= new Map();
    const now = world.clock.now();
    const member: MemberRecord = {
      account: id,
      email,
      relationship: "Created",
      how: "invitation",
      updatedAt: now,
    };
    state.members.set(id, member);
    return undefined;
  });
};

const inviteMembers: Served<InviteMembersCommandInput, InviteMembersCommandOutput> = (
  context,
  input,
) => {
  const { world, caller, region } = context;
  const { state } = ownDetector(context, input.DetectorId);
  return eachAccount(validBatch(input.AccountIds), (id) => {
    const member = state.members?.get(id);
    if (member === undefined) return messages.unassociated;
    if (member.relationship === "Enabled" || member.relationship === "Disabled") return undefined;
    if (findAccount(world, id)?.email.toLowerCase() !== member.email.toLowerCase()) {
      return messages.invalidValue;
    }
    const now = world.clock.now();
    member.relationship = "Invited";
    member.invitedAt = now;
    member.updatedAt = now;
    const invited = regionState(world, id, region);
    invited.invitations ??= new Map();
    const invitation = digest(["invitation", caller.account, id, now]).slice(0, 32);
    invited.invitations.set(caller.account, { id: invitation, at: now });
    return undefined;
  });
};

const listMembers: Served<ListMembersCommandInput, ListMembersCommandOutput> = (context, input) => {
  const { state } = ownDetector(context, input.DetectorId);
  const all = input.OnlyAssociated?.toLowerCase() === "false";
  const members = [...(state.members?.values() ?? [])]
    .filter((member) => all || isAssociated(member))
    .sort((a, b) => (a.account < b.account ? -1 : 1));
  const { items, ...rest } = page(`members ${all}`, members, input);
  return { Members: items.map((member) => memberShape(context, member)), ...rest };
};

const getMembers: Served<GetMembersCommandInput, GetMembersCommandOutput> = (context, input) => {
  const { state } = ownDetector(context, input.DetectorId);
  const members: Member[] = [];
  const { UnprocessedAccounts } = eachAccount(validBatch(input.AccountIds), (id) => {
    const member = state.members?.get(id);
    if (member === undefined) return messages.unassociated;
    members.push(memberShape(context, member));
    return undefined;
  });
  return { Members: members, UnprocessedAccounts };
};

const disassociateMembers: Served<
  DisassociateMembersCommandInput,
  DisassociateMembersCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const { state } = ownDetector(context, input.DetectorId);
  const isForAll = state.organization?.autoEnable === "ALL";
  return eachAccount(validBatch(input.AccountIds), (id) => {
    const member = state.members?.get(id);
    if (member === undefined || !isAssociated(member)) return messages.unassociated;
    // AWS: with auto-enable for all accounts, the members cannot be disassociated.
    if (isForAll && member.how === "organization") return autoEnabledForAll;
    release(world, caller.account, region, member, "Removed");
    return undefined;
  });
};

const deleteMembers: Served<DeleteMembersCommandInput, DeleteMembersCommandOutput> = (
  context,
  input,
) => {
  const { state } = ownDetector(context, input.DetectorId);
  return eachAccount(validBatch(input.AccountIds), (id) => {
    const member = state.members?.get(id);
    if (member === undefined) return messages.unassociated;
    if (isAssociated(member)) return stillAssociated;
    state.members?.delete(id);
    return undefined;
  });
};

const startMonitoringMembers: Served<
  StartMonitoringMembersCommandInput,
  StartMonitoringMembersCommandOutput
> = (context, input) => monitor(context, input, true);

const stopMonitoringMembers: Served<
  StopMonitoringMembersCommandInput,
  StopMonitoringMembersCommandOutput
> = (context, input) => monitor(context, input, false);

function monitor(
  context: HandlerContext,
  input: StopMonitoringMembersCommandInput,
  enabled: boolean,
): { UnprocessedAccounts: UnprocessedAccount[] } {
  const { world, region } = context;
  const { state } = ownDetector(context, input.DetectorId);
  const isForAll = state.organization?.autoEnable === "ALL";
  return eachAccount(validBatch(input.AccountIds), (id) => {
    const member = state.members?.get(id);
    const { detector } = regionState(world, id, region);
    if (member === undefined || detector === undefined || !isAssociated(member)) {
      return messages.unassociated;
    }
    if (!enabled && isForAll && member.how === "organization") return autoEnabledForAll;
    detector.enabled = enabled;
    member.relationship = enabled ? "Enabled" : "Disabled";
    member.updatedAt = world.clock.now();
    return undefined;
  });
}

const autoEnabledForAll =
  "The request is rejected because GuardDuty is automatically enabled for all accounts of the organization.";
const stillAssociated =
  "The request is rejected because the given account ID is still an associated member of the current account.";

/** Whether a member is associated with its administrator. */
export function isAssociated({ relationship }: MemberRecord): boolean {
  return relationship === "Enabled" || relationship === "Disabled" || relationship === "Invited";
}

/** Accounts of a request: 1 to 50, each of twelve digits. */
export function validBatch(ids: readonly (string | undefined)[] | undefined): string[] {
  const given = ids ?? [];
  const isValid = given.length >= 1 && given.length <= guardDutyFacts.batchSize;
  if (!isValid || given.some((id) => !/^\d{12}$/.test(id ?? ""))) throw invalidValue();
  return given.map((id) => id ?? "");
}

/** Does something for each account, and collects the reasons of those that could not be. */
export function eachAccount(
  ids: readonly string[],
  work: (id: string) => string | undefined,
): { UnprocessedAccounts: UnprocessedAccount[] } {
  return {
    UnprocessedAccounts: ids.flatMap((AccountId) => {
      const Result = work(AccountId);
      return Result === undefined ? [] : [{ AccountId, Result }];
    }),
  };
}

function memberShape({ world, caller, region }: HandlerContext, member: MemberRecord): Member {
  const { detector } = regionState(world, member.account, region);
  return {
    AccountId: member.account,
    ...(detector === undefined || !isAssociated(member) ? {} : { DetectorId: detector.id }),
    MasterId: caller.account,
    AdministratorId: caller.account,
    Email: member.email,
    RelationshipStatus: member.relationship,
    ...(member.invitedAt === undefined
      ? {}
      : { InvitedAt: new Date(member.invitedAt).toISOString() }),
    UpdatedAt: new Date(member.updatedAt).toISOString(),
  };
}

/** Operations on members. */
export const memberHandlers: Readonly<Record<string, AnyHandler>> = {
  CreateMembers: createMembers,
  InviteMembers: inviteMembers,
  ListMembers: listMembers,
  GetMembers: getMembers,
  DisassociateMembers: disassociateMembers,
  DeleteMembers: deleteMembers,
  StartMonitoringMembers: startMonitoringMembers,
  StopMonitoringMembers: stopMonitoringMembers,
};
