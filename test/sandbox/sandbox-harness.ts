import { AccountClient } from "@aws-sdk/client-account";
import { IAMClient } from "@aws-sdk/client-iam";
import {
  AttachPolicyCommand,
  CreateAccountCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand,
  DescribeCreateAccountStatusCommand,
  EnableAWSServiceAccessCommand,
  EnablePolicyTypeCommand,
  ListRootsCommand,
  OrganizationsClient,
  type PolicyType,
} from "@aws-sdk/client-organizations";
import { S3Client } from "@aws-sdk/client-s3";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import {
  type OpenSandboxOptions,
  openSandbox,
  type Sandbox,
} from "../../src/services/open-sandbox.ts";

/** Keys as SDK clients take them. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** How clients reach a sandbox: in process, or by the address of its HTTP door. */
export interface Reach {
  readonly keys?: Keys;
  readonly endpoint?: string;
  readonly region?: string;
  readonly maxAttempts?: number;
}

/** SDK clients of all services that the sandbox serves. */
export interface Clients {
  readonly organizations: OrganizationsClient;
  readonly sts: STSClient;
  readonly iam: IAMClient;
  readonly account: AccountClient;
  readonly s3: S3Client;
}

/** Clients with the administrator's keys unless others are given. */
export function clientsOf(sandbox: Sandbox, reach: Reach = {}): Clients {
  const { keys = sandbox.credentials, region = sandbox.homeRegion, maxAttempts = 1 } = reach;
  const config = {
    region,
    maxAttempts,
    credentials: keys,
    ...(reach.endpoint === undefined
      ? { requestHandler: sandbox.requestHandler() }
      : { endpoint: reach.endpoint }),
  };
  return {
    organizations: new OrganizationsClient(config),
    sts: new STSClient(config),
    iam: new IAMClient(config),
    account: new AccountClient(config),
    s3: new S3Client({ ...config, forcePathStyle: reach.endpoint !== undefined }),
  };
}

/** A sandbox with an organization of all features, SCPs enabled and one member account. */
export interface Organized {
  readonly sandbox: Sandbox;
  readonly clients: Clients;
  readonly rootId: string;
  readonly member: string;
}

/** Opens one. */
export async function organized(options: OpenSandboxOptions = {}): Promise<Organized> {
  const sandbox = openSandbox(options);
  const clients = clientsOf(sandbox);
  const organizations = {
    // Time goes by between calls, so that this works under published request rates, too.
    send: ((command) => {
      sandbox.clock.advance(2000);
      return clients.organizations.send(command);
    }) as OrganizationsClient["send"],
  };
  await organizations.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
  const { Roots } = await organizations.send(new ListRootsCommand({}));
  const rootId = Roots?.[0]?.Id ?? "";
  for (const type of ["SERVICE_CONTROL_POLICY", "RESOURCE_CONTROL_POLICY"] as const) {
    await organizations.send(new EnablePolicyTypeCommand({ RootId: rootId, PolicyType: type }));
  }
  for (const ServicePrincipal of ["account.amazonaws.com", "iam.amazonaws.com"]) {
    await organizations.send(new EnableAWSServiceAccessCommand({ ServicePrincipal }));
  }
  const member = await createAccount(sandbox, clients, "Member");
  return { sandbox, clients, rootId, member };
}

/** Creates a member account and waits, on the sandbox's clock, until it is there. */
export async function createAccount(
  sandbox: Sandbox,
  { organizations }: Clients,
  name: string,
): Promise<string> {
  const Email = `${name.toLowerCase()}@example.com`;
  const { CreateAccountStatus } = await organizations.send(
    new CreateAccountCommand({ AccountName: name, Email }),
  );
  sandbox.clock.advance(60_000);
  const described = await organizations.send(
    new DescribeCreateAccountStatusCommand({ CreateAccountRequestId: CreateAccountStatus?.Id }),
  );
  return described.CreateAccountStatus?.AccountId ?? "";
}

/** Attaches a policy with one statement to a target. */
export async function attach(
  { organizations }: Clients,
  target: string,
  type: PolicyType,
  name: string,
  statement: object,
): Promise<string> {
  const { Policy } = await organizations.send(
    new CreatePolicyCommand({
      Name: name,
      Type: type,
      Description: name,
      Content: JSON.stringify({ Version: "2012-10-17", Statement: [statement] }),
    }),
  );
  const PolicyId = Policy?.PolicySummary?.Id ?? "";
  await organizations.send(new AttachPolicyCommand({ PolicyId, TargetId: target }));
  return PolicyId;
}

/** Assumes a role of an account. */
export async function assume(
  { sts }: Clients,
  account: string,
  role: string = "OrganizationAccountAccessRole",
  more: { readonly DurationSeconds?: number; readonly Policy?: string } = {},
): Promise<Keys> {
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account}:role/${role}`,
      RoleSessionName: "test",
      ...more,
    }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
  };
}
