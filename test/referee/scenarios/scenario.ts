import type { AccountClient } from "@aws-sdk/client-account";
import type { CloudTrailClient } from "@aws-sdk/client-cloudtrail";
import type { IAMClient } from "@aws-sdk/client-iam";
import type { KMSClient } from "@aws-sdk/client-kms";
import type { OrganizationsClient } from "@aws-sdk/client-organizations";
import type { S3Client } from "@aws-sdk/client-s3";
import type { STSClient } from "@aws-sdk/client-sts";

/** Credentials of some caller. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What every SDK client is made with. */
export interface ClientConfig {
  readonly region: string;
  readonly credentials: Keys;
  readonly maxAttempts: number;
  readonly endpoint?: string;
  readonly requestHandler?: NonNullable<
    NonNullable<ConstructorParameters<typeof STSClient>[0]>["requestHandler"]
  >;
}

/** SDK clients of one caller, pointed at one implementation of AWS. */
export interface Clients {
  readonly organizations: OrganizationsClient;
  readonly sts: STSClient;
  readonly iam: IAMClient;
  readonly account: AccountClient;
  readonly cloudtrail: CloudTrailClient;
  readonly kms: KMSClient;
  readonly s3: S3Client;
  /** What they were made with, for clients of services that few scenarios need. */
  readonly config: ClientConfig;
  /** The same clients for another caller. */
  as(keys: Keys): Clients;
  /** Waits until the implementation may have finished what it does in the background. */
  settle(milliseconds: number): Promise<void>;
}

/**
 * The same calls for every implementation of AWS. What it returns must be equal for all of them:
 * no ids, no times, nothing that AWS leaves open.
 */
export interface Scenario {
  readonly name: string;
  readonly run: (aws: Clients) => Promise<unknown>;
}

/** What a client of the same caller is made with, in this or another Region. */
export function configOf({ config }: Clients, region: string = config.region): ClientConfig {
  return { ...config, region };
}

/** The name of the exception that a call ends with; `"none"` when it succeeds. */
export async function errorName(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => "none",
    (error: unknown) => (error instanceof Error ? error.name : String(error)),
  );
}

/** A member that the scenario cannot go on without. */
export function need<T>(value: T | undefined): T {
  if (value === undefined) throw new Error("the answer lacks a member that the scenario needs");
  return value;
}

/** All pages of a list call, with the number of pages. */
export async function pages<Item>(
  call: (token: string | undefined) => Promise<{ NextToken?: string | undefined; items: Item[] }>,
): Promise<{ items: Item[]; pages: number }> {
  const items: Item[] = [];
  let token: string | undefined;
  for (let count = 1; count <= 100; count++) {
    const page = await call(token);
    items.push(...page.items);
    token = page.NextToken;
    if (token === undefined) return { items, pages: count };
  }
  throw new Error("paging does not end");
}
