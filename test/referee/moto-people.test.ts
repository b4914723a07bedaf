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

type Config = NonNullable<ConstructorParameters<typeof SSM>[0]>;

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
    ["a patch baseline and its group", patchBaselines],
  ])("%s", async (_, scenario) => {
    const shared = { region: "us-east-1", maxAttempts: 1 };
    const ofMoto = await scenario({
      ...shared,
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
    const config = { ...shared, credentials: sandbox.credentials, requestHandler };
    expect(await scenario(config)).toEqual(ofMoto);
  });
});
