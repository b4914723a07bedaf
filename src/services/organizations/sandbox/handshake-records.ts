import type { Handshake, HandshakeResource } from "@aws-sdk/client-organizations";
import { findAccount } from "../../../sandbox/accounts.ts";
import type { World } from "../../../sandbox/world.ts";
import type { Call, OpenCall } from "./access.ts";
import { freshId } from "./model.ts";
import { handshakeArn } from "./names.ts";
import { dayMs, schedule } from "./settle.ts";
import type { HandshakeRecord, OrganizationRecord, OrganizationsState, TagMap } from "./state.ts";

/** What a new handshake is made of. */
export interface NewHandshake {
  readonly action: HandshakeRecord["action"];
  readonly state: "OPEN" | "REQUESTED";
  readonly recipient: string | undefined;
  /** E-mail address, when the recipient was named by it. */
  readonly email?: string;
  readonly days: number;
  readonly parentId?: string;
  readonly transferId?: string;
  readonly notes?: string | undefined;
  readonly tags?: TagMap;
}

/** Sends a handshake from the caller's organization; it expires by the clock. */
export function sendHandshake(call: Call, made: NewHandshake): HandshakeRecord {
  const { organization, state, now, world } = call;
  const { recipient, email, notes } = made;
  const party =
    email !== undefined
      ? [{ id: email, type: "EMAIL" as const }]
      : recipient !== undefined
        ? [{ id: recipient, type: "ACCOUNT" as const }]
        : [];
  const handshake: HandshakeRecord = {
    id: freshId(world, "h-", 10, state.handshakes),
    action: made.action,
    state: made.state,
    organizationId: organization.id,
    recipient,
    parties: [{ id: organization.id, type: "ORGANIZATION" }, ...party],
    requestedAt: now,
    expiresAt: now + made.days * dayMs,
    ...(made.parentId === undefined ? {} : { parentId: made.parentId }),
    ...(made.transferId === undefined ? {} : { transferId: made.transferId }),
    ...(notes === undefined ? {} : { notes }),
    tags: made.tags ?? new Map(),
  };
  state.handshakes.set(handshake.id, handshake);
  schedule(state, { at: handshake.expiresAt, kind: "handshake", id: handshake.id });
  return handshake;
}

/** Whether a handshake still waits for an answer. */
export function isOpen({ state }: HandshakeRecord): boolean {
  return state === "OPEN" || state === "REQUESTED";
}

/** Whether an account is who the handshake was sent to; by e-mail when it was sent to one. */
export function isRecipient(
  world: World,
  state: OrganizationsState,
  handshake: HandshakeRecord,
  account: string,
): boolean {
  if (handshake.recipient !== undefined) return handshake.recipient === account;
  const email = handshake.parties.find((party) => party.type === "EMAIL")?.id.toLowerCase();
  if (email !== undefined) return findAccount(world, account)?.email.toLowerCase() === email;
  // The request to enable all features as such is the management account's own to finish.
  return state.organizations.get(handshake.organizationId)?.managementAccountId === account;
}

/** A handshake as the operations give it. */
export function handshakeOutput(
  { state, world }: Pick<OpenCall, "state" | "world">,
  handshake: HandshakeRecord,
): Handshake {
  const organization = state.organizations.get(handshake.organizationId);
  return {
    Id: handshake.id,
    ...(organization === undefined ? {} : { Arn: handshakeArn(organization, handshake) }),
    Parties: handshake.parties.map(({ id, type }) => ({ Id: id, Type: type })),
    State: handshake.state,
    RequestedTimestamp: new Date(handshake.requestedAt),
    ExpirationTimestamp: new Date(handshake.expiresAt),
    Action: handshake.action,
    Resources: [
      ...(organization === undefined ? [] : [organizationResource(world, organization)]),
      ...handshake.parties
        .filter(({ type }) => type !== "ORGANIZATION")
        .map(({ id, type }) => ({ Type: type, Value: id })),
      ...transferResources(state, handshake),
      ...(handshake.parentId === undefined
        ? []
        : [{ Type: "PARENT_HANDSHAKE" as const, Value: handshake.parentId }]),
      ...(handshake.notes === undefined
        ? []
        : [{ Type: "NOTES" as const, Value: handshake.notes }]),
    ],
  };
}

function organizationResource(world: World, organization: OrganizationRecord): HandshakeResource {
  const account = findAccount(world, organization.managementAccountId);
  return {
    Type: "ORGANIZATION",
    Value: organization.id,
    Resources: [
      { Type: "MASTER_EMAIL", Value: account?.email ?? "" },
      { Type: "MASTER_NAME", Value: account?.name ?? "" },
      { Type: "ORGANIZATION_FEATURE_SET", Value: organization.featureSet },
    ],
  };
}

function transferResources(
  state: OrganizationsState,
  handshake: HandshakeRecord,
): HandshakeResource[] {
  const transfer = state.transfers.get(handshake.transferId ?? "");
  if (transfer === undefined) return [];
  const start = new Date(transfer.startsAt).toISOString();
  return [
    { Type: "RESPONSIBILITY_TRANSFER", Value: transfer.id },
    { Type: "TRANSFER_TYPE", Value: "BILLING" },
    { Type: "TRANSFER_START_TIMESTAMP", Value: start },
  ];
}
