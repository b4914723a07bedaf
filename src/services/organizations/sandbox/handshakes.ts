import type {
  AcceptHandshakeCommandInput,
  AcceptHandshakeCommandOutput,
  CancelHandshakeCommandInput,
  CancelHandshakeCommandOutput,
  DeclineHandshakeCommandInput,
  DeclineHandshakeCommandOutput,
  DescribeHandshakeCommandInput,
  DescribeHandshakeCommandOutput,
  HandshakeFilter,
  ListHandshakesForAccountCommandInput,
  ListHandshakesForAccountCommandOutput,
  ListHandshakesForOrganizationCommandInput,
  ListHandshakesForOrganizationCommandOutput,
} from "@aws-sdk/client-organizations";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import type { Call, OpenCall } from "./access.ts";
import { acceptAllFeatures, cancelAllFeatures } from "./all-features.ts";
import { accessDenied, failure, invalidInput } from "./errors.ts";
import { handshakeOutput, isOpen, isRecipient } from "./handshake-records.ts";
import { acceptInvitation } from "./invitations.ts";
import { page } from "./page.ts";
import { acceptTransfer, endTransfer } from "./responsibility-transfers.ts";
import type { Served } from "./served.ts";
import { dayMs } from "./settle.ts";
import type { HandshakeRecord } from "./state.ts";
import { identifier, oneOf } from "./validate.ts";

const actions = [
  "INVITE",
  "ENABLE_ALL_FEATURES",
  "APPROVE_ALL_FEATURES",
  "ADD_ORGANIZATIONS_SERVICE_LINKED_ROLE",
  "TRANSFER_RESPONSIBILITY",
] as const;

/** AcceptHandshake: by its recipient. */
export function acceptHandshake(
  call: OpenCall,
  input: AcceptHandshakeCommandInput,
): Served<AcceptHandshakeCommandOutput> {
  const handshake = findHandshake(call, input.HandshakeId);
  if (!isRecipient(call.world, call.state, handshake, call.caller.account)) throw accessDenied();
  checkTransition(handshake, "ACCEPTED");
  if (handshake.action === "INVITE") acceptInvitation(call, handshake);
  else if (handshake.action === "TRANSFER_RESPONSIBILITY") acceptTransfer(call, handshake);
  else acceptAllFeatures(call, handshake);
  end(handshake, "ACCEPTED", call.now);
  return { Handshake: handshakeOutput(call, handshake) };
}

/** DeclineHandshake: by its recipient. */
export function declineHandshake(
  call: OpenCall,
  input: DeclineHandshakeCommandInput,
): Served<DeclineHandshakeCommandOutput> {
  const handshake = findHandshake(call, input.HandshakeId);
  if (!isRecipient(call.world, call.state, handshake, call.caller.account)) throw accessDenied();
  checkTransition(handshake, "DECLINED");
  endTransfer(call.state, handshake, "DECLINED");
  cancelAllFeatures(call, handshake);
  end(handshake, "DECLINED", call.now);
  return { Handshake: handshakeOutput(call, handshake) };
}

/** CancelHandshake: by the management account of the organization that sent it. */
export function cancelHandshake(
  call: OpenCall,
  input: CancelHandshakeCommandInput,
): Served<CancelHandshakeCommandOutput> {
  const handshake = findHandshake(call, input.HandshakeId);
  if (!isSender(call, handshake)) throw accessDenied();
  checkTransition(handshake, "CANCELED");
  endTransfer(call.state, handshake, "CANCELED");
  cancelAllFeatures(call, handshake);
  end(handshake, "CANCELED", call.now);
  return { Handshake: handshakeOutput(call, handshake) };
}

/** DescribeHandshake: by either side. */
export function describeHandshake(
  call: OpenCall,
  input: DescribeHandshakeCommandInput,
): Served<DescribeHandshakeCommandOutput> {
  const handshake = findHandshake(call, input.HandshakeId);
  const mayRead =
    call.organization?.id === handshake.organizationId ||
    isRecipient(call.world, call.state, handshake, call.caller.account);
  if (!mayRead) throw accessDenied();
  return { Handshake: handshakeOutput(call, handshake) };
}

/** ListHandshakesForAccount: those that wait for, or were answered by, the caller's account. */
export function listHandshakesForAccount(
  call: OpenCall,
  input: ListHandshakesForAccountCommandInput,
): Served<ListHandshakesForAccountCommandOutput> {
  const { caller, world, state } = call;
  return list(call, input, (it) => isRecipient(world, state, it, caller.account));
}

/** ListHandshakesForOrganization: those that the organization sent, and to its management account. */
export function listHandshakesForOrganization(
  call: Call,
  input: ListHandshakesForOrganizationCommandInput,
): Served<ListHandshakesForOrganizationCommandOutput> {
  const { organization } = call;
  return list(
    call,
    input,
    (it) =>
      it.organizationId === organization.id || it.recipient === organization.managementAccountId,
  );
}

function list(
  call: OpenCall,
  input: ListHandshakesForAccountCommandInput,
  isWanted: (handshake: HandshakeRecord) => boolean,
): Served<ListHandshakesForAccountCommandOutput> {
  const matches = filterOf(input.Filter);
  const ids = [...call.state.handshakes.values()]
    .filter((it) => isListed(it, call.now) && isWanted(it) && matches(it))
    .map((it) => it.id);
  const { ActionType = "", ParentHandshakeId = "" } = input.Filter ?? {};
  const name = `${call.operation} ${call.caller.account} ${ActionType} ${ParentHandshakeId}`;
  const { items, ...rest } = page(call, name, ids, input, (id) =>
    handshakeOutput(call, findHandshake(call, id)),
  );
  return { Handshakes: items, ...rest };
}

function filterOf(filter: HandshakeFilter | undefined): (handshake: HandshakeRecord) => boolean {
  const { ActionType, ParentHandshakeId } = filter ?? {};
  if (ActionType !== undefined && ParentHandshakeId !== undefined) {
    throw invalidInput(
      "MAX_LIMIT_EXCEEDED_FILTER",
      "You can specify only one filter parameter for the operation.",
    );
  }
  if (ParentHandshakeId !== undefined) {
    const parentId = identifier(ParentHandshakeId, "handshake");
    return (handshake) => handshake.parentId === parentId;
  }
  if (ActionType === undefined) return () => true;
  const action = oneOf(ActionType, actions);
  return (handshake) => handshake.action === action;
}

function findHandshake(call: OpenCall, id: string | undefined): HandshakeRecord {
  const handshake = call.state.handshakes.get(identifier(id, "handshake"));
  if (handshake === undefined || !isListed(handshake, call.now)) {
    throw failure("HandshakeNotFoundException");
  }
  return handshake;
}

/** AWS: thirty days after its end a handshake is gone. */
function isListed({ endedAt }: HandshakeRecord, now: number): boolean {
  return endedAt === undefined || now - endedAt < organizationsQuotas.handshakes.listedDays * dayMs;
}

function isSender(call: OpenCall, handshake: HandshakeRecord): boolean {
  const { organization, caller } = call;
  return (
    organization?.id === handshake.organizationId &&
    organization.managementAccountId === caller.account
  );
}

function checkTransition(handshake: HandshakeRecord, to: HandshakeRecord["state"]): void {
  if (handshake.state === to) throw failure("HandshakeAlreadyInStateException");
  if (!isOpen(handshake)) throw failure("InvalidHandshakeTransitionException");
}

function end(handshake: HandshakeRecord, state: HandshakeRecord["state"], now: number): void {
  handshake.state = state;
  handshake.endedAt = now;
}
