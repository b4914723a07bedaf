import type {
  DescribeResponsibilityTransferCommandInput,
  DescribeResponsibilityTransferCommandOutput,
  InviteOrganizationToTransferResponsibilityCommandInput,
  InviteOrganizationToTransferResponsibilityCommandOutput,
  ListInboundResponsibilityTransfersCommandInput,
  ListInboundResponsibilityTransfersCommandOutput,
  ListOutboundResponsibilityTransfersCommandInput,
  ListOutboundResponsibilityTransfersCommandOutput,
  ResponsibilityTransfer,
  TerminateResponsibilityTransferCommandInput,
  TerminateResponsibilityTransferCommandOutput,
  UpdateResponsibilityTransferCommandInput,
  UpdateResponsibilityTransferCommandOutput,
} from "@aws-sdk/client-organizations";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import { findAccount } from "../../../sandbox/accounts.ts";
import type { Call, OpenCall } from "./access.ts";
import {
  accessDenied,
  constraintViolation,
  failure,
  handshakeConstraint,
  invalidInput,
} from "./errors.ts";
import { handshakeOutput, sendHandshake } from "./handshake-records.ts";
import { partyOf } from "./invitations.ts";
import { freshId } from "./model.ts";
import { arnOf } from "./names.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import type { HandshakeRecord, OrganizationsState, TransferRecord } from "./state.ts";
import { checkTagCount } from "./tags.ts";
import { identifier, inputRequired, oneOf, tagMap, text } from "./validate.ts";

const nameRule = { maximum: organizationsQuotas.lengths.transferName };

/** InviteOrganizationToTransferResponsibility: asks another organization for its billing. */
export function inviteOrganizationToTransferResponsibility(
  call: Call,
  input: InviteOrganizationToTransferResponsibilityCommandInput,
): Served<InviteOrganizationToTransferResponsibilityCommandOutput> {
  const { organization, state, world } = call;
  oneOf(input.Type, ["BILLING"]);
  const target = partyOf(call, input.Target);
  const startsAt = startOf(input.StartTimestamp, call.now);
  const name = text(input.SourceName, nameRule);
  const tags = checkTagCount(tagMap(input.Tags));
  const sourceAccount = target.recipient;
  if (sourceAccount === undefined) {
    throw handshakeConstraint(
      "TARGET_ACCOUNT_VALIDATION_FAILURE",
      "Billing transfer is not available for the account.",
    );
  }
  if (sourceAccount === organization.managementAccountId) {
    throw handshakeConstraint(
      "SOURCE_AND_TARGET_CANNOT_MATCH",
      "An account can't accept a transfer invitation if it is both the sender and recipient of the " +
        "invitation.",
    );
  }
  for (const it of state.transfers.values()) {
    if (it.sourceAccount !== sourceAccount) continue;
    if (it.status === "REQUESTED" && it.targetAccount === organization.managementAccountId) {
      throw failure("DuplicateHandshakeException");
    }
    if (it.status === "ACCEPTED") {
      throw handshakeConstraint(
        "RESPONSIBILITY_TRANSFER_ALREADY_EXISTS",
        "You cannot perform this operation with the current transfer.",
      );
    }
  }
  const id = freshId(world, "rt-", 8, state.transfers);
  const handshake = sendHandshake(call, {
    action: "TRANSFER_RESPONSIBILITY",
    state: "OPEN",
    ...target,
    days: organizationsQuotas.handshakes.invitationDays,
    transferId: id,
    notes: input.Notes,
  });
  state.transfers.set(id, {
    id,
    name,
    sourceAccount,
    targetAccount: organization.managementAccountId,
    status: "REQUESTED",
    startsAt,
    handshakeId: handshake.id,
    tags,
  });
  return { Handshake: handshakeOutput(call, handshake) };
}

/** DescribeResponsibilityTransfer: by either side. */
export function describeResponsibilityTransfer(
  call: Call,
  input: DescribeResponsibilityTransferCommandInput,
): Served<DescribeResponsibilityTransferCommandOutput> {
  return { ResponsibilityTransfer: transferOutput(call, findTransfer(call, input.Id)) };
}

/** ListInboundResponsibilityTransfers: those by which the caller manages others' billing. */
export function listInboundResponsibilityTransfers(
  call: Call,
  input: ListInboundResponsibilityTransfersCommandInput,
): Served<ListInboundResponsibilityTransfersCommandOutput> {
  const id = input.Id === undefined ? undefined : identifier(input.Id, "transfer");
  return list(
    call,
    input,
    (it) => it.targetAccount === call.caller.account && (id === undefined || it.id === id),
  );
}

/** ListOutboundResponsibilityTransfers: those by which others manage the caller's billing. */
export function listOutboundResponsibilityTransfers(
  call: Call,
  input: ListOutboundResponsibilityTransfersCommandInput,
): Served<ListOutboundResponsibilityTransfersCommandOutput> {
  return list(call, input, (it) => it.sourceAccount === call.caller.account);
}

/** UpdateResponsibilityTransfer: a new name, given by the side that manages the billing. */
export function updateResponsibilityTransfer(
  call: Call,
  input: UpdateResponsibilityTransferCommandInput,
): Served<UpdateResponsibilityTransferCommandOutput> {
  const transfer = findTransfer(call, input.Id);
  const name = text(input.Name, nameRule);
  if (transfer.targetAccount !== call.caller.account) throw accessDenied();
  if (transfer.status !== "REQUESTED" && transfer.status !== "ACCEPTED") {
    throw constraintViolation(
      "TRANSFER_RESPONSIBILITY_UPDATE_NOT_ALLOWED",
      "You cannot update this transfer because it is no longer active.",
    );
  }
  transfer.name = name;
  return { ResponsibilityTransfer: transferOutput(call, transfer) };
}

/** TerminateResponsibilityTransfer: by either side, at the end of a month. */
export function terminateResponsibilityTransfer(
  call: Call,
  input: TerminateResponsibilityTransferCommandInput,
): Served<TerminateResponsibilityTransferCommandOutput> {
  const transfer = findTransfer(call, input.Id);
  const endsAt = endOf(input.EndTimestamp, call.now);
  if (transfer.status === "WITHDRAWN") {
    throw failure("ResponsibilityTransferAlreadyInStatusException");
  }
  if (transfer.status !== "ACCEPTED") {
    throw failure("InvalidResponsibilityTransferTransitionException");
  }
  transfer.status = "WITHDRAWN";
  transfer.endsAt = endsAt;
  return { ResponsibilityTransfer: transferOutput(call, transfer) };
}

/** What accepting the invitation does; only the management account of an organization can. */
export function acceptTransfer(call: OpenCall, handshake: HandshakeRecord): void {
  const { organization, caller, state } = call;
  if (organization?.managementAccountId !== caller.account) throw accessDenied();
  const transfer = state.transfers.get(handshake.transferId ?? "");
  if (transfer === undefined) throw failure("HandshakeNotFoundException");
  transfer.status = "ACCEPTED";
}

/** What declining or canceling the invitation does. */
export function endTransfer(
  state: OrganizationsState,
  handshake: HandshakeRecord,
  status: "DECLINED" | "CANCELED",
): void {
  const transfer = state.transfers.get(handshake.transferId ?? "");
  if (transfer !== undefined) transfer.status = status;
}

function list(
  call: Call,
  input: ListOutboundResponsibilityTransfersCommandInput,
  isWanted: (transfer: TransferRecord) => boolean,
): Served<ListInboundResponsibilityTransfersCommandOutput> {
  oneOf(input.Type, ["BILLING"]);
  const ids = [...call.state.transfers.values()].filter(isWanted).map(({ id }) => id);
  const name = `${call.operation} ${call.caller.account}`;
  const { items, ...rest } = page(call, name, ids, input, (id) =>
    transferOutput(call, findTransfer(call, id)),
  );
  return { ResponsibilityTransfers: items, ...rest };
}

function findTransfer({ state, caller }: Call, id: string | undefined): TransferRecord {
  const transfer = state.transfers.get(identifier(id, "transfer"));
  const isParty =
    transfer?.sourceAccount === caller.account || transfer?.targetAccount === caller.account;
  if (transfer === undefined || !isParty) {
    throw failure("ResponsibilityTransferNotFoundException");
  }
  return transfer;
}

function transferOutput(call: Call, transfer: TransferRecord): ResponsibilityTransfer {
  const { organization, world, caller } = call;
  const direction = transfer.targetAccount === caller.account ? "inbound" : "outbound";
  return {
    Arn: arnOf(organization, "transfer", `billing/${direction}/${transfer.id}`),
    Name: transfer.name,
    Id: transfer.id,
    Type: "BILLING",
    Status: transfer.status,
    Source: {
      ManagementAccountId: transfer.sourceAccount,
      ManagementAccountEmail: findAccount(world, transfer.sourceAccount)?.email ?? "",
    },
    Target: {
      ManagementAccountId: transfer.targetAccount,
      ManagementAccountEmail: findAccount(world, transfer.targetAccount)?.email ?? "",
    },
    StartTimestamp: new Date(transfer.startsAt),
    ...(transfer.endsAt === undefined ? {} : { EndTimestamp: new Date(transfer.endsAt) }),
    ActiveHandshakeId: transfer.handshakeId,
  };
}

function startOf(value: Date | undefined, now: number): number {
  if (value === undefined) throw inputRequired();
  const invalid = (reason: string, why: string): Error =>
    invalidInput(reason, `You provided an invalid start date. The start date ${why}`);
  if (value.getTime() % (24 * 60 * 60 * 1000) !== 0) {
    throw invalid(
      "START_DATE_NOT_BEGINNING_OF_DAY",
      "must be the beginning of the day (00:00:00.000).",
    );
  }
  if (value.getUTCDate() !== 1) {
    throw invalid("START_DATE_NOT_BEGINNING_OF_MONTH", "must be the first day of the month.");
  }
  if (value.getTime() <= now) throw invalid("START_DATE_TOO_EARLY", "is too early.");
  return value.getTime();
}

function endOf(value: Date | undefined, now: number): number {
  const today = new Date(now);
  const month = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + 1, 1) - 1;
  if (value === undefined) return month;
  const invalid = (reason: string, why: string): Error =>
    invalidInput(reason, `You provided an invalid end date. The end date ${why}`);
  const next = new Date(value.getTime() + 1);
  if (next.getTime() !== Date.UTC(next.getUTCFullYear(), next.getUTCMonth(), 1)) {
    throw invalid(
      "END_DATE_NOT_END_OF_MONTH",
      "must be the end of the last day of the month (23.59.59.999).",
    );
  }
  if (value.getTime() < month) throw invalid("END_DATE_TOO_EARLY", "is too early.");
  return value.getTime();
}
