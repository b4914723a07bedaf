import type {
  EnableAllFeaturesCommandInput,
  EnableAllFeaturesCommandOutput,
} from "@aws-sdk/client-organizations";
import { organizationsQuotas } from "../../../data/organizations-quotas.ts";
import type { Call, OpenCall } from "./access.ts";
import { constraintViolation, failure, handshakeConstraint } from "./errors.ts";
import { handshakeOutput, isOpen, sendHandshake } from "./handshake-records.ts";
import type { Served } from "./served.ts";
import type { HandshakeRecord, OrganizationRecord, OrganizationsState } from "./state.ts";

/**
 * EnableAllFeatures: asks every invited account; when all have accepted, the management account is
 * sent a handshake (`APPROVE_ALL_FEATURES`) whose acceptance makes it so. Accepting the request
 * itself (`ENABLE_ALL_FEATURES`) does the same.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/userguide/orgs_manage_org_support-all-features.html
 */
export function enableAllFeatures(
  call: Call,
  _input: EnableAllFeaturesCommandInput,
): Served<EnableAllFeaturesCommandOutput> {
  const { organization, state } = call;
  if (organization.featureSet === "ALL") {
    throw handshakeConstraint(
      "ORGANIZATION_ALREADY_HAS_ALL_FEATURES",
      "The organization has already enabled all features.",
    );
  }
  if (requests(state, organization).some((it) => it.parentId === undefined && isOpen(it))) {
    throw handshakeConstraint(
      "ORGANIZATION_IS_ALREADY_PENDING_ALL_FEATURES_MIGRATION",
      "The organization has already started the process to enable all features.",
    );
  }
  const { allFeaturesDays, allFeaturesMaximumAccounts } = organizationsQuotas.handshakes;
  if (organization.accounts.size > allFeaturesMaximumAccounts) {
    throw constraintViolation(
      "ALL_FEATURES_MIGRATION_ORGANIZATION_SIZE_LIMIT_EXCEEDED",
      "Your organization has too many accounts for the standard migration process.",
    );
  }
  const request = sendHandshake(call, {
    action: "ENABLE_ALL_FEATURES",
    state: "REQUESTED",
    recipient: undefined,
    days: allFeaturesDays,
  });
  for (const member of organization.accounts.values()) {
    if (member.joinedMethod !== "INVITED" || member.id === organization.managementAccountId) {
      continue;
    }
    sendHandshake(call, {
      action: "ENABLE_ALL_FEATURES",
      state: "OPEN",
      recipient: member.id,
      days: allFeaturesDays,
      parentId: request.id,
    });
  }
  askForApproval(call, request);
  return { Handshake: handshakeOutput(call, request) };
}

/** What accepting one of the handshakes of EnableAllFeatures does. */
export function acceptAllFeatures(call: OpenCall, handshake: HandshakeRecord): void {
  const { state, now } = call;
  const organization = state.organizations.get(handshake.organizationId);
  const request = state.handshakes.get(handshake.parentId ?? handshake.id);
  if (organization === undefined || request === undefined || !isOpen(request)) {
    throw failure("InvalidHandshakeTransitionException");
  }
  if (handshake.action === "ENABLE_ALL_FEATURES" && handshake.parentId !== undefined) {
    handshake.state = "ACCEPTED";
    if (call.organization !== undefined) {
      askForApproval({ ...call, organization, standing: "member" }, request);
    }
    return;
  }
  if (!isApprovedByAll(state, organization, request)) {
    throw failure("InvalidHandshakeTransitionException");
  }
  organization.featureSet = "ALL";
  for (const it of requests(state, organization)) {
    if ((it.id === request.id || it.parentId === request.id) && isOpen(it)) {
      it.state = "ACCEPTED";
      it.endedAt = now;
    }
  }
}

/** Cancels what a request to enable all features has sent out, when it is taken back. */
export function cancelAllFeatures({ state, now }: OpenCall, request: HandshakeRecord): void {
  for (const it of state.handshakes.values()) {
    if (it.parentId === request.id && isOpen(it)) {
      it.state = "CANCELED";
      it.endedAt = now;
    }
  }
}

function askForApproval(call: Call, request: HandshakeRecord): void {
  const { organization, state } = call;
  if (!isApprovedByAll(state, organization, request)) return;
  sendHandshake(call, {
    action: "APPROVE_ALL_FEATURES",
    state: "OPEN",
    recipient: organization.managementAccountId,
    days: organizationsQuotas.handshakes.allFeaturesDays,
    parentId: request.id,
  });
}

/** An account that has left the organization meanwhile no longer counts. */
function isApprovedByAll(
  state: OrganizationsState,
  organization: OrganizationRecord,
  request: HandshakeRecord,
): boolean {
  return requests(state, organization).every(
    (it) =>
      it.parentId !== request.id ||
      it.action !== "ENABLE_ALL_FEATURES" ||
      it.state === "ACCEPTED" ||
      !organization.accounts.has(it.recipient ?? ""),
  );
}

function requests(state: OrganizationsState, { id }: OrganizationRecord): HandshakeRecord[] {
  return [...state.handshakes.values()].filter(
    (it) =>
      it.organizationId === id &&
      (it.action === "ENABLE_ALL_FEATURES" || it.action === "APPROVE_ALL_FEATURES"),
  );
}
