import {
  DetachPolicyCommand,
  LeaveOrganizationCommand,
  ListAccountsCommand,
  ListParentsCommand,
  ListPoliciesCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
} from "@aws-sdk/client-organizations";
import { createAdministrator } from "../../services/iam/sandbox/create-administrator.ts";
import type { Sandbox } from "../../services/open-sandbox.ts";

/** An SDK client that has nothing to do with orgrail. */
function strangerOf(
  sandbox: Sandbox,
  credentials: { readonly accessKeyId: string; readonly secretAccessKey: string },
): OrganizationsClient {
  return new OrganizationsClient({
    region: sandbox.homeRegion,
    credentials,
    requestHandler: sandbox.requestHandler(),
  });
}

/**
 * An administrator of a member account tries to take it out of the organization.
 *
 * @returns what AWS said, or `undefined` when it was let go.
 */
export async function tryToLeave(sandbox: Sandbox, account: string): Promise<string | undefined> {
  const client = strangerOf(sandbox, createAdministrator(sandbox.world, account));
  try {
    await client.send(new LeaveOrganizationCommand({}));
    return undefined;
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  } finally {
    client.destroy();
  }
}

/** Detaches a policy from the root and moves an account to the root, behind our back. */
export async function tamper(
  sandbox: Sandbox,
  names: { readonly policy: string; readonly account: string },
): Promise<void> {
  const client = strangerOf(sandbox, sandbox.credentials);
  const { Roots = [] } = await client.send(new ListRootsCommand({}));
  const root = Roots[0]?.Id;
  const account = await accountNamed(client, names.account);
  const policy = await policyNamed(client, names.policy);
  await client.send(new DetachPolicyCommand({ PolicyId: policy, TargetId: root }));
  const { Parents = [] } = await client.send(new ListParentsCommand({ ChildId: account }));
  await client.send(
    new MoveAccountCommand({
      AccountId: account,
      SourceParentId: Parents[0]?.Id,
      DestinationParentId: root,
    }),
  );
  client.destroy();
}

/** Id of the account of that name. */
export async function findAccount(sandbox: Sandbox, name: string): Promise<string> {
  const client = strangerOf(sandbox, sandbox.credentials);
  try {
    return await accountNamed(client, name);
  } finally {
    client.destroy();
  }
}

async function accountNamed(client: OrganizationsClient, name: string): Promise<string> {
  let token: string | undefined;
  do {
    const page = await client.send(new ListAccountsCommand({ NextToken: token }));
    const found = page.Accounts?.find((account) => account.Name === name);
    if (found?.Id !== undefined) return found.Id;
    token = page.NextToken;
  } while (token !== undefined);
  throw new Error(`the example has no account ${name}`);
}

async function policyNamed(client: OrganizationsClient, name: string): Promise<string> {
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListPoliciesCommand({ Filter: "SERVICE_CONTROL_POLICY", NextToken: token }),
    );
    const found = page.Policies?.find((policy) => policy.Name === name);
    if (found?.Id !== undefined) return found.Id;
    token = page.NextToken;
  } while (token !== undefined);
  throw new Error(`there is no policy ${name}`);
}
