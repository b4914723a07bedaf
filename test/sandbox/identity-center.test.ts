import { IAM } from "@aws-sdk/client-iam";
import {
  CreateGroupCommand,
  Identitystore,
  IdentitystoreClient,
} from "@aws-sdk/client-identitystore";
import { Organizations } from "@aws-sdk/client-organizations";
import { SSOAdmin } from "@aws-sdk/client-sso-admin";
import { beforeEach, expect, test } from "vitest";
import { enableIdentityCenter } from "../../src/services/sso/sandbox/instances.ts";
import { configOf, type Staffed, staffed } from "./members-harness.ts";

const administratorAccess = "arn:aws:iam::aws:policy/AdministratorAccess";

let made: Staffed;
let management: SSOAdmin;
let admin: SSOAdmin;
let InstanceArn: string;
let group: string;

beforeEach(async () => {
  made = await staffed();
  management = new SSOAdmin(configOf(made));
  admin = new SSOAdmin(configOf(made, made.audit));
  const { world, managementAccount } = made.sandbox;
  const instance = enableIdentityCenter(world, managementAccount, "eu-west-1");
  InstanceArn = instance.arn;
  const { GroupId = "" } = await new IdentitystoreClient(configOf(made)).send(
    new CreateGroupCommand({ IdentityStoreId: instance.identityStoreId, DisplayName: "Admins" }),
  );
  group = GroupId;
});

async function delegate(): Promise<void> {
  await new Organizations(configOf(made)).registerDelegatedAdministrator({
    AccountId: made.audit,
    ServicePrincipal: "sso.amazonaws.com",
  });
}

async function setNamed(Name: string): Promise<string> {
  const { PermissionSet } = await management.createPermissionSet({ InstanceArn, Name });
  return PermissionSet?.PermissionSetArn ?? "";
}

const assignment = (
  PermissionSetArn: string,
  TargetId: string,
  PrincipalId = group,
): Parameters<SSOAdmin["createAccountAssignment"]>[0] => ({
  InstanceArn,
  PermissionSetArn,
  TargetId,
  TargetType: "AWS_ACCOUNT",
  PrincipalId,
  PrincipalType: "GROUP",
});

async function statusOf(request: string | undefined): Promise<string | undefined> {
  made.sandbox.clock.advance(10_000);
  const { AccountAssignmentCreationStatus } =
    await management.describeAccountAssignmentCreationStatus({
      InstanceArn,
      AccountAssignmentCreationRequestId: request,
    });
  return AccountAssignmentCreationStatus?.FailureReason ?? AccountAssignmentCreationStatus?.Status;
}

test("an organization's instance is made in the console, and seen in its Region", async () => {
  await expect(management.createInstance({})).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  expect((await management.listInstances({})).Instances).toMatchObject([
    { InstanceArn, OwnerAccountId: made.sandbox.managementAccount, Status: "ACTIVE" },
  ]);
  const elsewhere = new SSOAdmin(configOf(made, undefined, "us-east-1"));
  expect((await elsewhere.listInstances({})).Instances).toEqual([]);
  await expect(elsewhere.listPermissionSets({ InstanceArn })).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
});

test("members may do nothing, until one administers", async () => {
  await expect(admin.listPermissionSets({ InstanceArn })).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  await delegate();
  expect((await admin.listPermissionSets({ InstanceArn })).PermissionSets).toEqual([]);
});

test("an assignment brings the role, and the last one takes it away", async () => {
  const [account] = made.others;
  const set = await setNamed("Admin");
  await management.attachManagedPolicyToPermissionSet({
    InstanceArn,
    PermissionSetArn: set,
    ManagedPolicyArn: administratorAccess,
  });
  const { AccountAssignmentCreationStatus: begun } = await management.createAccountAssignment(
    assignment(set, account),
  );
  expect(begun?.Status).toBe("IN_PROGRESS");
  const none = { InstanceArn, AccountId: account, PermissionSetArn: set };
  expect((await management.listAccountAssignments(none)).AccountAssignments).toEqual([]);
  expect(await statusOf(begun?.RequestId)).toBe("SUCCEEDED");
  expect((await management.listAccountAssignments(none)).AccountAssignments).toHaveLength(1);

  const iam = new IAM(configOf(made, account));
  const roles = async (): Promise<readonly string[]> =>
    ((await iam.listRoles({ PathPrefix: "/aws-reserved/" })).Roles ?? []).map(
      ({ Arn }) => Arn ?? "",
    );
  const [role = ""] = await roles();
  expect(role).toMatch(
    /:role\/aws-reserved\/sso\.amazonaws\.com\/eu-west-1\/AWSReservedSSO_Admin_[0-9a-f]{16}$/,
  );
  const RoleName = role.split("/").at(-1);
  expect((await iam.listAttachedRolePolicies({ RoleName })).AttachedPolicies).toMatchObject([
    { PolicyArn: administratorAccess },
  ]);
  await expect(
    management.deletePermissionSet({ InstanceArn, PermissionSetArn: set }),
  ).rejects.toMatchObject({ name: "ConflictException" });

  await management.deleteAccountAssignment(assignment(set, account));
  made.sandbox.clock.advance(10_000);
  expect((await management.listAccountAssignments(none)).AccountAssignments).toEqual([]);
  expect(await roles()).toEqual([]);
  await management.deletePermissionSet({ InstanceArn, PermissionSetArn: set });
});

test("a set that was changed is outdated in its accounts until it is provisioned", async () => {
  const [account] = made.others;
  const set = await setNamed("Admin");
  await management.createAccountAssignment(assignment(set, account));
  made.sandbox.clock.advance(10_000);
  const outdated = async (): Promise<readonly string[] | undefined> =>
    (
      await management.listAccountsForProvisionedPermissionSet({
        InstanceArn,
        PermissionSetArn: set,
        ProvisioningStatus: "LATEST_PERMISSION_SET_NOT_PROVISIONED",
      })
    ).AccountIds;
  expect(await outdated()).toEqual([]);
  await management.updatePermissionSet({
    InstanceArn,
    PermissionSetArn: set,
    SessionDuration: "PT4H",
  });
  expect(await outdated()).toEqual([account]);
  await management.provisionPermissionSet({
    InstanceArn,
    PermissionSetArn: set,
    TargetType: "ALL_PROVISIONED_ACCOUNTS",
  });
  made.sandbox.clock.advance(60_000);
  expect(await outdated()).toEqual([]);
});

test("what is in the management account is for the management account alone", async () => {
  await delegate();
  const owner = made.sandbox.managementAccount;
  const set = await setNamed("Billing");
  await expect(admin.createAccountAssignment(assignment(set, owner))).rejects.toMatchObject({
    name: "AccessDeniedException",
  });
  const { AccountAssignmentCreationStatus } = await management.createAccountAssignment(
    assignment(set, owner),
  );
  expect(await statusOf(AccountAssignmentCreationStatus?.RequestId)).toBe("SUCCEEDED");
  for (const refused of [
    admin.updatePermissionSet({ InstanceArn, PermissionSetArn: set, Description: "x" }),
    admin.createAccountAssignment(assignment(set, made.others[0])),
    admin.provisionPermissionSet({
      InstanceArn,
      PermissionSetArn: set,
      TargetType: "ALL_PROVISIONED_ACCOUNTS",
    }),
  ]) {
    await expect(refused).rejects.toMatchObject({ name: "AccessDeniedException" });
  }
  await expect(
    admin.describePermissionSet({ InstanceArn, PermissionSetArn: set }),
  ).resolves.toMatchObject({ PermissionSet: { Name: "Billing" } });
});

test("a customer managed policy that an account lacks fails the assignment, in AWS's words", async () => {
  const [account] = made.others;
  const set = await setNamed("Custom");
  await management.attachCustomerManagedPolicyReferenceToPermissionSet({
    InstanceArn,
    PermissionSetArn: set,
    CustomerManagedPolicyReference: { Name: "Ops", Path: "/team/" },
  });
  const { AccountAssignmentCreationStatus } = await management.createAccountAssignment(
    assignment(set, account),
  );
  expect(await statusOf(AccountAssignmentCreationStatus?.RequestId)).toBe(
    `Received a 404 status error: Policy arn:aws:iam::${account}:policy/team/Ops does not exist or is not attachable.`,
  );
});

test("ten assignments at a time, and one for a set and account", async () => {
  const [first, second] = made.others;
  const set = await setNamed("Admin");
  await management.createAccountAssignment(assignment(set, first));
  await expect(management.createAccountAssignment(assignment(set, first))).rejects.toMatchObject({
    name: "ConflictException",
  });
  for (let count = 1; count < 10; count++) {
    const other = await setNamed(`Admin${count}`);
    await management.createAccountAssignment(assignment(other, second));
  }
  await expect(management.createAccountAssignment(assignment(set, second))).rejects.toMatchObject({
    name: "ThrottlingException",
  });
});

test("what a user has through its groups is listed for the user", async () => {
  const store = new Identitystore(configOf(made));
  const { Instances } = await management.listInstances({});
  const IdentityStoreId = Instances?.[0]?.IdentityStoreId;
  const { UserId = "" } = await store.createUser({
    IdentityStoreId,
    UserName: "ada",
    DisplayName: "Ada",
    Name: { GivenName: "Ada", FamilyName: "L" },
  });
  await store.createGroupMembership({ IdentityStoreId, GroupId: group, MemberId: { UserId } });
  const set = await setNamed("Admin");
  await management.createAccountAssignment(assignment(set, made.others[0]));
  made.sandbox.clock.advance(10_000);
  const { AccountAssignments } = await management.listAccountAssignmentsForPrincipal({
    InstanceArn,
    PrincipalId: UserId,
    PrincipalType: "USER",
  });
  expect(AccountAssignments).toEqual([
    {
      AccountId: made.others[0],
      PermissionSetArn: set,
      PrincipalType: "GROUP",
      PrincipalId: group,
    },
  ]);
  const byName = { UniqueAttribute: { AttributePath: "displayName", AttributeValue: "admins" } };
  expect((await store.getGroupId({ IdentityStoreId, AlternateIdentifier: byName })).GroupId).toBe(
    group,
  );
  await expect(store.createGroup({ IdentityStoreId, DisplayName: "Admins" })).rejects.toMatchObject(
    { name: "ConflictException" },
  );
});
