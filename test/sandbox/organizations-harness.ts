import { Organizations } from "@aws-sdk/client-organizations";
import { openAccount } from "../../src/sandbox/accounts.ts";
import { createSandbox } from "../../src/sandbox/create-sandbox.ts";
import { createWorld } from "../../src/sandbox/create-world.ts";
import { issueAccessKey } from "../../src/sandbox/credentials.ts";
import type { World } from "../../src/sandbox/world.ts";
import { organizationsSandbox } from "../../src/services/organizations/sandbox/index.ts";
import type { OrganizationsOptions } from "../../src/services/organizations/sandbox/options.ts";
import { configureOrganizations } from "../../src/services/organizations/sandbox/state.ts";

/** The account that the harness makes the management account. */
export const managementAccount = "111111111111";

/** An error as the SDK throws it. */
export interface SdkError extends Error {
  readonly Reason?: string;
}

/** A world with Organizations in it, and clients of its accounts. */
export interface Harness {
  readonly world: World;
  /** The management account's client. */
  readonly org: Organizations;
  /** A client of any account's root user; the account is opened when it does not exist. */
  client(account: string): Organizations;
  /** Moves the clock. */
  pass(milliseconds: number): void;
}

/** Opens a world without an organization. */
export function openHarness(options: Partial<OrganizationsOptions> = {}): Harness {
  const world = createWorld({ seed: 7 });
  configureOrganizations(world, options);
  const sandbox = createSandbox({ world, services: [organizationsSandbox] });
  const client = (account: string): Organizations => {
    try {
      openAccount(world, { id: account, name: `name-${account}`, email: `${account}@example.com` });
    } catch {
      // It exists already.
    }
    const arn = `arn:aws:iam::${account}:root`;
    const key = issueAccessKey(world, { account, arn, principalArn: arn, userId: account });
    return new Organizations({
      region: "us-east-1",
      credentials: { accessKeyId: key.accessKeyId, secretAccessKey: key.secretAccessKey },
      requestHandler: sandbox.requestHandler(),
      maxAttempts: 1,
    });
  };
  const org = client(managementAccount);
  return { world, org, client, pass: (milliseconds) => world.clock.advance(milliseconds) };
}

/** A world with an organization of all features; `rootId` is its root. */
export async function openOrganization(
  options: Partial<OrganizationsOptions> = {},
): Promise<Harness & { readonly rootId: string }> {
  const harness = openHarness(options);
  await harness.org.createOrganization({});
  const { Roots = [] } = await harness.org.listRoots({});
  return { ...harness, rootId: Roots[0]?.Id ?? "" };
}

/** Makes a call as the management account without the wire in between: for calls by the thousand. */
export function callDirectly(world: World, operation: string, input: object): void {
  const arn = `arn:aws:iam::${managementAccount}:root`;
  const caller = {
    account: managementAccount,
    arn,
    principalArn: arn,
    userId: managementAccount,
    accessKeyId: "AKIA",
    sessionPolicies: [],
  };
  const context = { world, caller, region: "us-east-1", requestId: "r" };
  organizationsSandbox.handlers[operation]?.(context, input);
}

/** Creates an account and waits for it; its id. */
export async function createdAccount(
  { org, pass }: Harness,
  name: string,
  parent?: { from: string; to: string },
): Promise<string> {
  const { CreateAccountStatus: begun } = await org.createAccount({
    AccountName: name,
    Email: `${name.toLowerCase()}@example.com`,
  });
  pass(60_000);
  const { CreateAccountStatus: ended } = await org.describeCreateAccountStatus({
    CreateAccountRequestId: begun?.Id,
  });
  const id = ended?.AccountId;
  if (id === undefined) throw new Error(`account ${name} was not made: ${ended?.FailureReason}`);
  if (parent !== undefined) {
    await org.moveAccount({
      AccountId: id,
      SourceParentId: parent.from,
      DestinationParentId: parent.to,
    });
  }
  return id;
}

/** Creates an organizational unit; its id. */
export async function createdUnit(
  { org }: Harness,
  ParentId: string,
  Name: string,
): Promise<string> {
  const { OrganizationalUnit } = await org.createOrganizationalUnit({ ParentId, Name });
  return OrganizationalUnit?.Id ?? "";
}

/** A service control policy that denies one action. */
export const denyLeave: string = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "organizations:LeaveOrganization", Resource: "*" }],
});

/** Creates a policy; its id. */
export async function createdPolicy(
  { org }: Harness,
  Name: string,
  Content: string = denyLeave,
  Type:
    | "SERVICE_CONTROL_POLICY"
    | "RESOURCE_CONTROL_POLICY"
    | "TAG_POLICY"
    | "BACKUP_POLICY"
    | "SECURITYHUB_POLICY" = "SERVICE_CONTROL_POLICY",
): Promise<string> {
  const { Policy } = await org.createPolicy({ Name, Content, Type, Description: "" });
  return Policy?.PolicySummary?.Id ?? "";
}

/** The name and reason of the error that a call fails with; `ok` when it does not. */
export async function outcome(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "ok";
  } catch (error) {
    const { name, Reason } = error as SdkError;
    return Reason === undefined ? name : `${name}(${Reason})`;
  }
}
