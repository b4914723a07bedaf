import type { HandlerContext } from "../../../sandbox/service.ts";
import { accessDenied, failure } from "./errors.ts";
import { settle } from "./settle.ts";
import type { OrganizationRecord, OrganizationsState } from "./state.ts";

/** What an account is to its organization. */
export type Standing = "management" | "delegatedAdministrator" | "member";

/** A request on its way through the service. */
export interface OpenCall extends HandlerContext {
  readonly operation: string;
  readonly state: OrganizationsState;
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** The caller's organization; `undefined` when its account is in none. */
  readonly organization: OrganizationRecord | undefined;
}

/** A request of an account that is in an organization. */
export interface Call extends OpenCall {
  readonly organization: OrganizationRecord;
  readonly standing: Standing;
}

/**
 * Who may call an operation: `management` only the management account (and, for what can be
 * delegated, whom the resource policy names); `read` delegated administrators, too; `member` every
 * account of an organization; `anyone` an account in no organization, too.
 */
export type Access = "management" | "read" | "member" | "anyone";

/** An operation's rule. */
export interface OperationRule {
  readonly access: Access;
  readonly write: boolean;
}

const management: OperationRule = { access: "management", write: true };
const read: OperationRule = { access: "read", write: false };

/**
 * Who may call what, by the notes on callers in the API reference of each operation.
 *
 * @see https://docs.aws.amazon.com/organizations/latest/APIReference/API_Operations.html
 */
export const operationRules: Readonly<Record<string, OperationRule>> = {
  AcceptHandshake: { access: "anyone", write: true },
  AttachPolicy: management,
  CancelHandshake: { access: "anyone", write: true },
  CloseAccount: management,
  CreateAccount: management,
  CreateGovCloudAccount: management,
  CreateOrganization: { access: "anyone", write: true },
  CreateOrganizationalUnit: management,
  CreatePolicy: management,
  DeclineHandshake: { access: "anyone", write: true },
  DeleteOrganization: management,
  DeleteOrganizationalUnit: management,
  DeletePolicy: management,
  DeleteResourcePolicy: management,
  DeregisterDelegatedAdministrator: management,
  DescribeAccount: read,
  DescribeCreateAccountStatus: read,
  DescribeEffectivePolicy: { access: "member", write: false },
  DescribeHandshake: { access: "anyone", write: false },
  DescribeOrganization: { access: "member", write: false },
  DescribeOrganizationalUnit: read,
  DescribePolicy: read,
  DescribeResourcePolicy: read,
  DescribeResponsibilityTransfer: { access: "management", write: false },
  DetachPolicy: management,
  DisableAWSServiceAccess: management,
  DisablePolicyType: management,
  EnableAWSServiceAccess: management,
  EnableAllFeatures: management,
  EnablePolicyType: management,
  InviteAccountToOrganization: management,
  InviteOrganizationToTransferResponsibility: management,
  LeaveOrganization: { access: "member", write: true },
  ListAWSServiceAccessForOrganization: read,
  ListAccounts: read,
  ListAccountsForParent: read,
  ListAccountsWithInvalidEffectivePolicy: read,
  ListChildren: read,
  ListCreateAccountStatus: read,
  ListDelegatedAdministrators: read,
  ListDelegatedServicesForAccount: read,
  ListEffectivePolicyValidationErrors: read,
  ListHandshakesForAccount: { access: "anyone", write: false },
  ListHandshakesForOrganization: read,
  ListInboundResponsibilityTransfers: { access: "management", write: false },
  ListOrganizationalUnitsForParent: read,
  ListOutboundResponsibilityTransfers: { access: "management", write: false },
  ListParents: read,
  ListPolicies: read,
  ListPoliciesForTarget: read,
  ListRoots: read,
  ListTagsForResource: read,
  ListTargetsForPolicy: read,
  MoveAccount: management,
  PutResourcePolicy: management,
  RegisterDelegatedAdministrator: management,
  RemoveAccountFromOrganization: management,
  TagResource: management,
  TerminateResponsibilityTransfer: management,
  UntagResource: management,
  UpdateOrganizationalUnit: management,
  UpdatePolicy: management,
  UpdateResponsibilityTransfer: management,
};

/** Begins a request: brings the state up to the clock and finds the caller's organization. */
export function openCall(context: HandlerContext, operation: string): OpenCall {
  const state = settle(context.world);
  const id = state.membership.get(context.caller.account);
  return {
    ...context,
    operation,
    state,
    now: context.world.clock.now(),
    organization: id === undefined ? undefined : state.organizations.get(id),
  };
}

/** What an account is to an organization. */
export function standingOf(organization: OrganizationRecord, account: string): Standing {
  if (organization.managementAccountId === account) return "management";
  return organization.delegatedAdministrators.has(account) ? "delegatedAdministrator" : "member";
}

/**
 * Admits a request by the caller's standing, or by the resource policy when `isGranted` says that
 * it grants the request.
 *
 * @throws AWSOrganizationsNotInUseException, AccessDeniedException
 */
export function admit(call: OpenCall, isGranted: (call: Call) => boolean): Call {
  const { organization } = call;
  if (organization === undefined) throw failure("AWSOrganizationsNotInUseException");
  const standing = standingOf(organization, call.caller.account);
  const admitted: Call = { ...call, organization, standing };
  if (!isAdmitted(operationRules[call.operation]?.access, standing) && !isGranted(admitted)) {
    throw accessDenied();
  }
  checkRead(organization, call.operation);
  return admitted;
}

/**
 * Denies a read whose answer the snapshot behind an organization does not hold: of an operation as
 * such, or of an operation about one thing (`ListTagsForResource ID`).
 */
export function checkRead(organization: OrganizationRecord, read: string): void {
  if (organization.unread.has(read)) {
    throw accessDenied(`The snapshot that this organization was made from does not hold: ${read}`);
  }
}

function isAdmitted(access: Access | undefined, standing: Standing): boolean {
  if (standing === "management" || access === "member") return true;
  return access === "read" && standing === "delegatedAdministrator";
}
