import type { Snapshot } from "../../../core/snapshot.ts";
import { identityCenterFacts } from "../../../data/identity-center.ts";
import type {
  AuthorizationTarget,
  HandlerContext,
  SandboxService,
} from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import * as assignments from "./assignments.ts";
import { invalid } from "./errors.ts";
import * as instances from "./instances.ts";
import * as sets from "./permission-sets.ts";
import * as policies from "./policies.ts";
import * as provisioning from "./provisioning.ts";
import { settleRequests } from "./requests.ts";
import * as tags from "./tags.ts";

/** The sandbox's IAM Identity Center: instances, permission sets, assignments. */
export const identityCenterSandbox: SandboxService = {
  id: "sso",
  signingName: "sso",
  targetPrefix: "SWBExternalService",
  protocol: "awsJson1_1",
  sdk: () => import("@aws-sdk/client-sso-admin"),
  handlers: {
    AttachCustomerManagedPolicyReferenceToPermissionSet: policies.attachCustomerPolicy,
    AttachManagedPolicyToPermissionSet: policies.attachManagedPolicy,
    CreateAccountAssignment: assignments.createAccountAssignment,
    CreateInstance: instances.createInstance,
    CreatePermissionSet: sets.createPermissionSet,
    DeleteAccountAssignment: assignments.deleteAccountAssignment,
    DeleteInlinePolicyFromPermissionSet: policies.deleteInlinePolicy,
    DeleteInstance: instances.deleteInstance,
    DeletePermissionSet: sets.deletePermissionSet,
    DeletePermissionsBoundaryFromPermissionSet: policies.deleteBoundary,
    DescribeAccountAssignmentCreationStatus: assignments.describeCreation,
    DescribeAccountAssignmentDeletionStatus: assignments.describeDeletion,
    DescribeInstance: instances.describeInstance,
    DescribePermissionSet: sets.describePermissionSet,
    DescribePermissionSetProvisioningStatus: provisioning.describeProvisioning,
    DetachCustomerManagedPolicyReferenceFromPermissionSet: policies.detachCustomerPolicy,
    DetachManagedPolicyFromPermissionSet: policies.detachManagedPolicy,
    GetInlinePolicyForPermissionSet: policies.getInlinePolicy,
    GetPermissionsBoundaryForPermissionSet: policies.getBoundary,
    ListAccountAssignmentCreationStatus: assignments.listCreations,
    ListAccountAssignmentDeletionStatus: assignments.listDeletions,
    ListAccountAssignments: assignments.listAccountAssignments,
    ListAccountAssignmentsForPrincipal: assignments.listForPrincipal,
    ListAccountsForProvisionedPermissionSet: provisioning.listAccounts,
    ListCustomerManagedPolicyReferencesInPermissionSet: policies.listCustomerPolicies,
    ListInstances: instances.listInstances,
    ListManagedPoliciesInPermissionSet: policies.listManagedPolicies,
    ListPermissionSetProvisioningStatus: provisioning.listProvisioning,
    ListPermissionSets: sets.listPermissionSets,
    ListPermissionSetsProvisionedToAccount: provisioning.listSetsOfAccount,
    ListTagsForResource: tags.listTagsForResource,
    ProvisionPermissionSet: provisioning.provisionPermissionSet,
    PutInlinePolicyToPermissionSet: policies.putInlinePolicy,
    PutPermissionsBoundaryToPermissionSet: policies.putBoundary,
    TagResource: tags.tagResource,
    UntagResource: tags.untagResource,
    UpdateInstance: instances.updateInstance,
    UpdatePermissionSet: sets.updatePermissionSet,
  },
  authorization: targetsOf,
  invalidInput: (problems) => invalid(problems.join("; ")),
  settle: settleRequests,
  seed: seedIdentityCenter,
};

/** A request needs the permission on each resource that it names. */
function targetsOf(
  { caller }: HandlerContext,
  operation: string,
  input: unknown,
): readonly AuthorizationTarget[] {
  const given = input as Readonly<Record<string, string | undefined>>;
  const account = operation.includes("AccountAssignment") ? given.TargetId : given.AccountId;
  const resources = [
    given.InstanceArn,
    given.PermissionSetArn ?? given.ResourceArn,
    account === undefined ? undefined : `arn:aws:sso:::account/${account}`,
  ].filter((resource) => resource !== undefined);
  return (resources.length === 0 ? ["*"] : [...new Set(resources)]).map((resource) => ({
    action: `sso:${operation}`,
    resource,
    resourceAccount: caller.account,
  }));
}

/** An organization that trusts IAM Identity Center has an instance, in its home Region. */
function seedIdentityCenter(world: World, { organization }: Snapshot): void {
  const { managementAccountId, trustedAccess = [] } = organization;
  const isTrusted = trustedAccess.some(
    ({ servicePrincipal }) => servicePrincipal === identityCenterFacts.principal,
  );
  if (isTrusted) instances.enableIdentityCenter(world, managementAccountId, "us-east-1");
}
