import { Identitystore } from "@aws-sdk/client-identitystore";
import { CreateOrganizationCommand } from "@aws-sdk/client-organizations";
import { SSM } from "@aws-sdk/client-ssm";
import { SSOAdmin } from "@aws-sdk/client-sso-admin";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openSandbox } from "../../src/services/open-sandbox.ts";
import { enableIdentityCenter } from "../../src/services/sso/sandbox/instances.ts";
import { type MotoServer, motoPython, startMoto } from "./moto-server.ts";
import { skipReferee } from "./require.ts";
import { errorName } from "./scenarios/scenario.ts";
import { sdkClients } from "./sdk-clients.ts";

const python = motoPython();

type Config = NonNullable<ConstructorParameters<typeof SSM>[0]> & {
  /** Waits for what goes on after an answer. */
  readonly settle: () => Promise<void>;
};

function managementAccountOf(owner: string | undefined): string {
  if (owner === undefined) throw new Error("the instance has no owner");
  return owner;
}

/** A permission set from its making to its end; ids are AWS's own and not compared. */
async function permissionSets(config: Config): Promise<unknown> {
  const sso = new SSOAdmin(config);
  const { Instances = [] } = await sso.listInstances({});
  const InstanceArn = Instances[0]?.InstanceArn;
  const { PermissionSet } = await sso.createPermissionSet({
    InstanceArn,
    Name: "Walker",
    Description: "walks",
    SessionDuration: "PT2H",
  });
  const one = { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn };
  const ManagedPolicyArn = "arn:aws:iam::aws:policy/ReadOnlyAccess";
  const CustomerManagedPolicyReference = { Name: "Ops", Path: "/team/" };
  const attach = (): Promise<unknown> =>
    sso.attachManagedPolicyToPermissionSet({ ...one, ManagedPolicyArn });
  const attachOwn = (): Promise<unknown> =>
    sso.attachCustomerManagedPolicyReferenceToPermissionSet({
      ...one,
      CustomerManagedPolicyReference,
    });
  await attach();
  await attachOwn();
  const refused = [await errorName(attach()), await errorName(attachOwn())];
  const InlinePolicy = JSON.stringify({ Version: "2012-10-17", Statement: [] });
  await sso.putInlinePolicyToPermissionSet({ ...one, InlinePolicy });
  const inline = (await sso.getInlinePolicyForPermissionSet(one)).InlinePolicy;
  await sso.deleteInlinePolicyFromPermissionSet(one);
  await sso.updatePermissionSet({ ...one, Description: "runs", SessionDuration: "PT1H" });
  const { PermissionSet: changed } = await sso.describePermissionSet(one);
  const managed = (await sso.listManagedPoliciesInPermissionSet(one)).AttachedManagedPolicies;
  const own = await sso.listCustomerManagedPolicyReferencesInPermissionSet(one);
  await sso.detachManagedPolicyFromPermissionSet({ ...one, ManagedPolicyArn });
  refused.push(
    await errorName(sso.detachManagedPolicyFromPermissionSet({ ...one, ManagedPolicyArn })),
  );
  await sso.deletePermissionSet(one);
  refused.push(await errorName(sso.describePermissionSet(one)));
  return {
    refused,
    inline,
    changed: [changed?.Name, changed?.Description, changed?.SessionDuration],
    managed: managed?.map(({ Arn, Name }) => [Arn, Name]),
    own: own.CustomerManagedPolicyReferences,
    left: (await sso.listPermissionSets({ InstanceArn })).PermissionSets,
  };
}

/** People and groups of an identity store, and a group's assignment to an account. */
async function assignments(config: Config): Promise<unknown> {
  const sso = new SSOAdmin(config);
  const store = new Identitystore(config);
  const { Instances = [] } = await sso.listInstances({});
  const { InstanceArn, IdentityStoreId } = Instances[0] ?? {};
  const inStore = { IdentityStoreId };
  const UserName = "ada";
  const person = {
    ...inStore,
    UserName,
    DisplayName: "Ada L",
    Name: { GivenName: "Ada", FamilyName: "L" },
    Emails: [{ Value: "ada@example.com", Primary: true }],
  };
  const { UserId } = await store.createUser(person);
  const refused = [await errorName(store.createUser(person))];
  const { GroupId } = await store.createGroup({ ...inStore, DisplayName: "Walkers" });
  const membership = { ...inStore, GroupId, MemberId: { UserId: UserId ?? "" } };
  const { MembershipId } = await store.createGroupMembership(membership);
  const members = (await store.listGroupMemberships({ ...inStore, GroupId })).GroupMemberships;
  const found = await store.getGroupId({
    ...inStore,
    AlternateIdentifier: {
      UniqueAttribute: { AttributePath: "displayName", AttributeValue: "Walkers" },
    },
  });
  const user = await store.describeUser({ ...inStore, UserId });

  const { PermissionSet } = await sso.createPermissionSet({ InstanceArn, Name: "Walking" });
  const set = { InstanceArn, PermissionSetArn: PermissionSet?.PermissionSetArn };
  const assignment = {
    ...set,
    TargetType: "AWS_ACCOUNT" as const,
    TargetId: managementAccountOf(Instances[0]?.OwnerAccountId),
    PrincipalType: "GROUP" as const,
    PrincipalId: GroupId,
  };
  const AccountId = assignment.TargetId;
  const assigned = async (): Promise<unknown> => {
    const { AccountAssignments } = await sso.listAccountAssignments({ ...set, AccountId });
    return AccountAssignments?.map((one) => [one.PrincipalType, one.PrincipalId === GroupId]);
  };
  await sso.createAccountAssignment(assignment);
  await config.settle();
  const during = await assigned();
  // Where it is provisioned is not asked: AWS provisions a set with its assignment, moto does not.
  await sso.deleteAccountAssignment(assignment);
  await config.settle();
  const after = await assigned();
  await sso.deletePermissionSet(set);
  await store.deleteGroupMembership({ ...inStore, MembershipId });
  await store.deleteGroup({ ...inStore, GroupId });
  await store.deleteUser({ ...inStore, UserId });
  refused.push(
    await errorName(store.describeUser({ ...inStore, UserId })),
    await errorName(store.describeGroup({ ...inStore, GroupId })),
  );
  return {
    refused,
    members: members?.map(({ MemberId }) => MemberId?.UserId === UserId),
    isFound: found.GroupId === GroupId,
    user: [user.UserName, user.DisplayName, user.Name?.FamilyName, user.Emails],
    during,
    after,
  };
}

/** A patch baseline from its making to its end. */
async function patchBaselines(config: Config): Promise<unknown> {
  const ssm = new SSM(config);
  const { BaselineId } = await ssm.createPatchBaseline({
    Name: "walk",
    OperatingSystem: "AMAZON_LINUX_2",
    Description: "walks",
  });
  const list = async (): Promise<unknown> => {
    const filter = { Key: "NAME_PREFIX", Values: ["walk"] };
    const { BaselineIdentities } = await ssm.describePatchBaselines({ Filters: [filter] });
    return BaselineIdentities?.map((one) => [
      one.BaselineName,
      one.OperatingSystem,
      one.BaselineDescription,
      one.DefaultBaseline,
    ]);
  };
  const made = await list();
  const group = { BaselineId, PatchGroup: "walkers" };
  const registered = (await ssm.registerPatchBaselineForPatchGroup(group)).PatchGroup;
  await ssm.deregisterPatchBaselineForPatchGroup(group);
  await ssm.deletePatchBaseline({ BaselineId });
  return { made, registered, left: await list() };
}

describe.skipIf(skipReferee("moto", python !== undefined))("moto and the sandbox agree", () => {
  let moto: MotoServer;

  beforeAll(async () => {
    if (python === undefined) throw new Error("moto is required: pip install 'moto[server]'");
    moto = await startMoto(python);
  });
  afterAll(() => moto?.stop());

  it.each([
    ["a permission set and what it holds", permissionSets],
    ["people, groups and assignments", assignments],
    ["a patch baseline and its group", patchBaselines],
  ])("%s", async (_, scenario) => {
    const shared = { region: "us-east-1", maxAttempts: 1 };
    const ofMoto = await scenario({
      ...shared,
      settle: async () => {},
      endpoint: moto.endpoint,
      credentials: { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "secret" },
    });
    const sandbox = openSandbox();
    const requestHandler = sandbox.requestHandler();
    const { organizations } = sdkClients(
      { requestHandler, settle: async () => {} },
      sandbox.credentials,
    );
    await organizations.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
    enableIdentityCenter(sandbox.world, sandbox.managementAccount, "us-east-1");
    const config = {
      ...shared,
      credentials: sandbox.credentials,
      requestHandler,
      settle: async () => sandbox.clock.advance(600_000),
    };
    expect(await scenario(config)).toEqual(ofMoto);
  });
});
