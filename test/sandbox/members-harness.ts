import { openAccount } from "../../src/sandbox/accounts.ts";
import { createAdministrator } from "../../src/services/iam/sandbox/create-administrator.ts";
import {
  assume,
  clientsOf,
  createAccount,
  type Keys,
  type Organized,
  organized,
} from "./sandbox-harness.ts";

/** An organization with an account for security tooling and two others. */
export interface Staffed extends Organized {
  readonly audit: string;
  readonly others: readonly [string, string];
  /** Keys of administrators, by account. */
  readonly keys: ReadonlyMap<string, Keys>;
}

/** Options of an SDK client in an account and Region. */
export interface Config {
  readonly region: string;
  readonly maxAttempts: number;
  readonly credentials: Keys;
  readonly requestHandler: ReturnType<Organized["sandbox"]["requestHandler"]>;
}

let first: Promise<Staffed> | undefined;

/** Opens one: a copy of one that is made once. */
export async function staffed(): Promise<Staffed> {
  first ??= build();
  const made = await first;
  const sandbox = made.sandbox.copy();
  return { ...made, sandbox, clients: clientsOf(sandbox) };
}

async function build(): Promise<Staffed> {
  const made = await organized();
  const audit = await createAccount(made.sandbox, made.clients, "Audit");
  const other = await createAccount(made.sandbox, made.clients, "Other");
  const keys = new Map<string, Keys>();
  for (const account of [audit, other, made.member]) {
    keys.set(account, await assume(made.clients, account));
  }
  return { ...made, audit, others: [made.member, other], keys };
}

/** An account that is in no organization, with the keys to it. */
export function outsider({ sandbox }: Staffed): { readonly id: string; readonly keys: Keys } {
  const { id } = openAccount(sandbox.world, { name: "Outside", email: "outside@example.com" });
  return { id, keys: createAdministrator(sandbox.world, id) };
}

/** Makes an account of the organization with a new member, and gives its keys. */
export async function joins(made: Staffed, name: string): Promise<{ id: string; keys: Keys }> {
  const id = await createAccount(made.sandbox, made.clients, name);
  return { id, keys: await assume(made.clients, id) };
}

/** Config of clients of an account, the management account when none is named. */
export function configOf(made: Staffed, account?: string, region = "eu-west-1"): Config {
  const credentials =
    account === undefined ? made.sandbox.credentials : (made.keys.get(account) ?? never(account));
  return { region, maxAttempts: 1, credentials, requestHandler: made.sandbox.requestHandler() };
}

function never(account: string): never {
  throw new Error(`no keys of ${account}`);
}
