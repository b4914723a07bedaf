import {
  AcceptHandshakeCommand,
  AttachPolicyCommand,
  CreateAccountCommand,
  CreateOrganizationalUnitCommand,
  CreateOrganizationCommand,
  CreatePolicyCommand,
  DescribeCreateAccountStatusCommand,
  InviteAccountToOrganizationCommand,
  ListRootsCommand,
  MoveAccountCommand,
  OrganizationsClient,
  type PolicyType,
  TagResourceCommand,
} from "@aws-sdk/client-organizations";
import { openAccount } from "../../sandbox/accounts.ts";
import type { SandboxCore } from "../../sandbox/create-sandbox.ts";

/** An organization to begin with, built by the calls that anybody would make. */
export interface Example {
  readonly title: string;
  /** How long before the present its history begins, in days. */
  readonly historyDays: number;
  /** Builds it; moves the clock by less than `historyDays`. */
  readonly build: (site: Site) => Promise<void>;
}

/** Where an example is built. */
export interface Site {
  readonly sandbox: SandboxCore;
  /** The management account's administrator. */
  readonly client: OrganizationsClient;
  /** Makes a key of an administrator of an account. */
  readonly administrator: (account: string) => {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
}

const dayMs = 24 * 3600_000;

/** Lets days go by. */
export function pass({ sandbox }: Site, days: number): void {
  sandbox.world.clock.advance(days * dayMs);
}

/** Creates the organization, with all features, and gives the id of its root. */
export async function createOrganization({ client }: Site): Promise<string> {
  await client.send(new CreateOrganizationCommand({ FeatureSet: "ALL" }));
  const { Roots } = await client.send(new ListRootsCommand({}));
  return known(Roots?.[0]?.Id);
}

/** Creates an organizational unit and gives its id. */
export async function createUnit({ client }: Site, parent: string, name: string): Promise<string> {
  const made = await client.send(
    new CreateOrganizationalUnitCommand({ ParentId: parent, Name: name }),
  );
  return known(made.OrganizationalUnit?.Id);
}

/** Creates an account, waits for it and gives its id. */
export async function createAccount(site: Site, name: string, email: string): Promise<string> {
  const { client, sandbox } = site;
  const asked = await client.send(new CreateAccountCommand({ AccountName: name, Email: email }));
  const request = new DescribeCreateAccountStatusCommand({
    CreateAccountRequestId: known(asked.CreateAccountStatus?.Id),
  });
  for (;;) {
    const { CreateAccountStatus: status } = await client.send(request);
    if (status?.State === "SUCCEEDED") return known(status.AccountId);
    if (status?.State === "FAILED") {
      throw new Error(`${name} was not created: ${status.FailureReason}`);
    }
    sandbox.world.clock.advance(10_000);
  }
}

/** Opens an account by hand, outside of the organization, and has it join by invitation. */
export async function inviteAccount(site: Site, name: string, email: string): Promise<string> {
  const { id } = openAccount(site.sandbox.world, { name, email });
  pass(site, 20);
  const { Handshake } = await site.client.send(
    new InviteAccountToOrganizationCommand({ Target: { Id: id, Type: "ACCOUNT" } }),
  );
  const invited = new OrganizationsClient({
    region: "us-east-1",
    credentials: site.administrator(id),
    requestHandler: site.sandbox.requestHandler(),
  });
  await invited.send(new AcceptHandshakeCommand({ HandshakeId: known(Handshake?.Id) }));
  return id;
}

/** Moves an account. */
export async function moveAccount(
  { client }: Site,
  account: string,
  from: string,
  to: string,
): Promise<void> {
  await client.send(
    new MoveAccountCommand({ AccountId: account, SourceParentId: from, DestinationParentId: to }),
  );
}

/** Creates a policy, attaches it to targets and gives its id. */
export async function createPolicy(
  { client }: Site,
  policy: { readonly name: string; readonly type: PolicyType; readonly description: string },
  content: object,
  targets: readonly string[],
): Promise<string> {
  const made = await client.send(
    new CreatePolicyCommand({
      Name: policy.name,
      Type: policy.type,
      Description: policy.description,
      Content: JSON.stringify(content),
    }),
  );
  const id = known(made.Policy?.PolicySummary?.Id);
  for (const target of targets) {
    await client.send(new AttachPolicyCommand({ PolicyId: id, TargetId: target }));
  }
  return id;
}

/** Tags an account, organizational unit, root or policy. */
export async function tag(
  { client }: Site,
  id: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  const list = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  await client.send(new TagResourceCommand({ ResourceId: id, Tags: list }));
}

function known(id: string | undefined): string {
  if (id === undefined) throw new Error("the sandbox answered without an id");
  return id;
}
