import {
  type AnyHandler,
  type HandlerContext,
  type SandboxService,
  ServiceError,
} from "../../../sandbox/service.ts";
import { admit, type Call, type OpenCall, openCall, operationRules } from "./access.ts";
import * as accountCreation from "./account-creation.ts";
import * as accounts from "./accounts.ts";
import { enableAllFeatures } from "./all-features.ts";
import * as attachments from "./attachments.ts";
import { authorization } from "./authorization.ts";
import * as delegatedAdministrators from "./delegated-administrators.ts";
import * as effectivePolicies from "./effective-policies.ts";
import { failure, invalidInput } from "./errors.ts";
import { isGranted } from "./grants.ts";
import * as handshakes from "./handshakes.ts";
import { inviteAccountToOrganization } from "./invitations.ts";
import * as organization from "./organization.ts";
import * as policies from "./policies.ts";
import * as resourcePolicy from "./resource-policy.ts";
import * as transfers from "./responsibility-transfers.ts";
import { seedOrganizations } from "./seed.ts";
import { settle } from "./settle.ts";
import * as tags from "./tags.ts";
import * as trustedAccess from "./trusted-access.ts";
import * as units from "./units.ts";
import { organizationOf } from "./view.ts";

/** A handler of an account in an organization, its input and output erased. */
// biome-ignore lint/suspicious/noExplicitAny: each handler is typed by its own operation
type MemberHandler = (call: Call, input: any) => object;
/** A handler that an account in no organization may call, too. */
// biome-ignore lint/suspicious/noExplicitAny: each handler is typed by its own operation
type OpenHandler = (call: OpenCall, input: any) => object;

const openHandlers: Readonly<Record<string, OpenHandler>> = {
  AcceptHandshake: handshakes.acceptHandshake,
  CancelHandshake: handshakes.cancelHandshake,
  CreateOrganization: organization.createOrganization,
  DeclineHandshake: handshakes.declineHandshake,
  DescribeHandshake: handshakes.describeHandshake,
  ListHandshakesForAccount: handshakes.listHandshakesForAccount,
};

const memberHandlers: Readonly<Record<string, MemberHandler>> = {
  AttachPolicy: attachments.attachPolicy,
  CloseAccount: accounts.closeAccount,
  CreateAccount: accountCreation.createAccount,
  CreateGovCloudAccount: accountCreation.createGovCloudAccount,
  CreateOrganizationalUnit: units.createOrganizationalUnit,
  CreatePolicy: policies.createPolicy,
  DeleteOrganization: organization.deleteOrganization,
  DeleteOrganizationalUnit: units.deleteOrganizationalUnit,
  DeletePolicy: policies.deletePolicy,
  DeleteResourcePolicy: resourcePolicy.deleteResourcePolicy,
  DeregisterDelegatedAdministrator: delegatedAdministrators.deregisterDelegatedAdministrator,
  DescribeAccount: accounts.describeAccount,
  DescribeCreateAccountStatus: accountCreation.describeCreateAccountStatus,
  DescribeEffectivePolicy: effectivePolicies.describeEffectivePolicy,
  DescribeOrganization: organization.describeOrganization,
  DescribeOrganizationalUnit: units.describeOrganizationalUnit,
  DescribePolicy: policies.describePolicy,
  DescribeResourcePolicy: resourcePolicy.describeResourcePolicy,
  DescribeResponsibilityTransfer: transfers.describeResponsibilityTransfer,
  DetachPolicy: attachments.detachPolicy,
  DisableAWSServiceAccess: trustedAccess.disableAwsServiceAccess,
  DisablePolicyType: attachments.disablePolicyType,
  EnableAWSServiceAccess: trustedAccess.enableAwsServiceAccess,
  EnableAllFeatures: enableAllFeatures,
  EnablePolicyType: attachments.enablePolicyType,
  InviteAccountToOrganization: inviteAccountToOrganization,
  InviteOrganizationToTransferResponsibility: transfers.inviteOrganizationToTransferResponsibility,
  LeaveOrganization: accounts.leaveOrganization,
  ListAWSServiceAccessForOrganization: trustedAccess.listAwsServiceAccessForOrganization,
  ListAccounts: accounts.listAccounts,
  ListAccountsForParent: accounts.listAccountsForParent,
  ListAccountsWithInvalidEffectivePolicy: effectivePolicies.listAccountsWithInvalidEffectivePolicy,
  ListChildren: units.listChildren,
  ListCreateAccountStatus: accountCreation.listCreateAccountStatus,
  ListDelegatedAdministrators: delegatedAdministrators.listDelegatedAdministrators,
  ListDelegatedServicesForAccount: delegatedAdministrators.listDelegatedServicesForAccount,
  ListEffectivePolicyValidationErrors: effectivePolicies.listEffectivePolicyValidationErrors,
  ListHandshakesForOrganization: handshakes.listHandshakesForOrganization,
  ListInboundResponsibilityTransfers: transfers.listInboundResponsibilityTransfers,
  ListOrganizationalUnitsForParent: units.listOrganizationalUnitsForParent,
  ListOutboundResponsibilityTransfers: transfers.listOutboundResponsibilityTransfers,
  ListParents: units.listParents,
  ListPolicies: policies.listPolicies,
  ListPoliciesForTarget: attachments.listPoliciesForTarget,
  ListRoots: units.listRoots,
  ListTagsForResource: tags.listTagsForResource,
  ListTargetsForPolicy: attachments.listTargetsForPolicy,
  MoveAccount: accounts.moveAccount,
  PutResourcePolicy: resourcePolicy.putResourcePolicy,
  RegisterDelegatedAdministrator: delegatedAdministrators.registerDelegatedAdministrator,
  RemoveAccountFromOrganization: accounts.removeAccountFromOrganization,
  TagResource: tags.tagResource,
  TerminateResponsibilityTransfer: transfers.terminateResponsibilityTransfer,
  UntagResource: tags.untagResource,
  UpdateOrganizationalUnit: units.updateOrganizationalUnit,
  UpdatePolicy: policies.updatePolicy,
  UpdateResponsibilityTransfer: transfers.updateResponsibilityTransfer,
};

/** The sandbox's AWS Organizations: every operation of the SDK's client. */
export const organizationsSandbox: SandboxService = {
  id: "organizations",
  signingName: "organizations",
  targetPrefix: "AWSOrganizationsV20161128",
  protocol: "awsJson1_1",
  sdk: () => import("@aws-sdk/client-organizations"),
  handlers: handlers(),
  authorization,
  organizationOf,
  settle: (world) => {
    settle(world);
  },
  seed: seedOrganizations,
  invalidInput: (problems) => invalidInput("INPUT_REQUIRED", problems.join("; ")),
  throttled: () =>
    new ServiceError(
      "TooManyRequestsException",
      "AWS Organizations can't complete your request because you made too many requests in too " +
        "short of a time period. Try again later.",
      { members: { Type: "RATE_LIMIT" } },
    ),
};

function handlers(): Record<string, AnyHandler> {
  const all: Record<string, AnyHandler> = {};
  for (const [operation, serve] of Object.entries(openHandlers)) {
    all[operation] = (context: HandlerContext, input: object) =>
      carryOut(context, operation, () => serve(openCall(context, operation), input));
  }
  for (const [operation, serve] of Object.entries(memberHandlers)) {
    all[operation] = (context: HandlerContext, input: object) =>
      carryOut(context, operation, () => {
        const call = admit(openCall(context, operation), (admitted) => isGranted(admitted, input));
        return serve(call, input);
      });
  }
  return all;
}

/** Carries out an operation; writes that take time do not overlap within one organization. */
function carryOut(
  context: HandlerContext,
  operation: string,
  serve: () => object,
): object | Promise<object> {
  const { state, organization: own } = openCall(context, operation);
  const isWrite = operationRules[operation]?.write === true;
  if (!isWrite || own === undefined || state.options.writeMs === 0) return serve();
  if (own.writing) throw failure("ConcurrentModificationException");
  own.writing = true;
  return context.world.clock
    .sleep(state.options.writeMs)
    .then(serve)
    .finally(() => {
      own.writing = false;
    });
}
