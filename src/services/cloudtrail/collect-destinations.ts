import type { CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { AccountId } from "../../core/identifiers.ts";
import type { CollectContext } from "../security-service.ts";
import { bucketReads } from "./collect-bucket.ts";
import { readKey } from "./read.ts";
import type { CloudTrailBlock } from "./schema.ts";
import type { BucketState, CloudTrailState, TrailBucketState, TrailState } from "./state.ts";

type Context = CollectContext<CloudTrailBlock>;
type Setting = keyof typeof bucketReads;

/** What makes a bucket safe for logs. */
const needed: readonly Setting[] = [
  "policy",
  "publicAccessBlock",
  "versioning",
  "objectLock",
  "encryption",
];

/** What an account that holds logs is called as a rule: `LogArchive`, `acme-logs`, `Security`. */
const holderName = /(^|[^a-z])(log|logs|logging|archive|audit|security)([^a-z]|$)|log-?archive/i;

/** So many accounts that are called so are asked; only `inside` asks more. */
const mostHolders = 10;

/**
 * Reads the buckets and keys that trails write to, in the accounts that hold them. No operation tells
 * whose a bucket is, so accounts are asked for theirs: the trail's own first, then delegated
 * administrators and accounts that are called as if they held logs, and, when the tier is `inside`,
 * all. The bucket and the key of the organization's trail are also given as the log archive's, whole.
 */
export async function collectDestinations(
  context: Context,
  trails: readonly TrailState[],
  local: NonNullable<CloudTrailState["local"]>,
  home: CallOptions,
): Promise<Pick<CloudTrailState, "buckets" | "keys" | "bucket" | "key">> {
  const all = [...trails, ...Object.values(local).flat()];
  const main = trails.find(({ settings }) => settings?.IsOrganizationTrail === true)?.settings;
  const owners = new Map<string, AccountId>();
  for (const { arn, settings } of all) {
    const bucket = settings?.S3BucketName ?? "";
    if (bucket !== "" && !owners.has(bucket)) owners.set(bucket, arn.split(":")[4] ?? "");
  }
  const arns = new Set(all.map(({ settings }) => settings?.KmsKeyId ?? "").filter(isKeyArn));
  const [buckets, keys] = await Promise.all([
    context.each([...owners].sort(), async ([name, owner]) => {
      const settings =
        name === main?.S3BucketName ? (Object.keys(bucketReads) as Setting[]) : needed;
      const state = await readBucket(context, name, owner, settings, home);
      return state === undefined ? [] : [[name, state] as const];
    }),
    context.each([...arns].sort(), async (arn) => {
      const [, , , region = "", account = ""] = arn.split(":");
      if (!context.accounts.some(({ id }) => id === account)) return [[arn, "foreign"] as const];
      const place = { ...inAccount(context, account, home), region };
      const state = await context.attempt(`keys/${arn}`, () => readKey(context.aws, arn, place));
      return state === undefined ? [] : [[arn, state] as const];
    }),
  ]);
  const byName = Object.fromEntries(buckets.flat());
  const byArn = Object.fromEntries(keys.flat());
  const bucket = byName[main?.S3BucketName ?? ""];
  const key = byArn[main?.KmsKeyId ?? ""];
  return {
    buckets: byName,
    keys: byArn,
    ...(bucket === undefined || bucket === "elsewhere" ? {} : { bucket: archive(bucket) }),
    ...(key === undefined || key === "foreign" ? {} : { key }),
  };
}

function isKeyArn(text: string): boolean {
  return /^arn:[\w-]+:kms:[\w-]+:\d{12}:key\//.test(text);
}

/** The same in the words that the log archive's bucket is told in. */
function archive(
  bucket: Exclude<TrailBucketState, "elsewhere">,
): NonNullable<CloudTrailState["bucket"]> | null {
  if (bucket === "missing") return null;
  if (bucket === "foreign") return "taken";
  const { account: _, ...settings } = bucket;
  return settings;
}

/** The caller's own account is entered by no role. */
function inAccount(
  { organization }: Context,
  account: AccountId,
  { account: _, ...home }: CallOptions,
): CallOptions {
  return account === organization.managementAccountId ? home : { ...home, account };
}

/** The account that holds a bucket, and the bucket's Region. */
interface Holder {
  readonly account: AccountId;
  readonly region: string;
}

async function readBucket(
  context: Context,
  name: string,
  owner: AccountId,
  settings: readonly Setting[],
  home: CallOptions,
): Promise<TrailBucketState | undefined> {
  const found = await context.attempt(`buckets/${name}`, () =>
    findHolder(context, name, owner, home),
  );
  if (found === undefined || typeof found === "string") return found;
  const { account, region } = found;
  const place = { ...inAccount(context, account, home), region };
  const read = await context.each(settings, async (setting) => {
    const value = await context.attempt(`buckets/${name}/${setting}`, () =>
      bucketReads[setting](context.aws, name, place),
    );
    return value === undefined ? [] : [[setting, value] as const];
  });
  const state: BucketState = { region, ...Object.fromEntries(read.flat()) };
  return { ...state, account };
}

/** Who holds a bucket. Throws the first `AwsError` when somebody who might hold it did not answer. */
async function findHolder(
  context: Context,
  name: string,
  owner: AccountId,
  home: CallOptions,
): Promise<Holder | "missing" | "foreign" | "elsewhere"> {
  const { likely, others } = candidatesFor(context, owner);
  const failures: AwsError[] = [];
  const look = async (accounts: readonly AccountId[]): Promise<Holder | undefined> => {
    for (const account of accounts) {
      const found = await bucketIn(context, name, account, home).catch((error: unknown) => {
        if (!(error instanceof AwsError)) throw error;
        failures.push(error);
      });
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const first = await look(likely);
  if (first !== undefined) return first;
  if (await isMissing(context, name, owner, home)) return "missing";
  const second = context.tier === "inside" ? await look(others) : undefined;
  if (second !== undefined) return second;
  if (failures[0] !== undefined) throw failures[0];
  return context.tier === "inside" ? "foreign" : "elsewhere";
}

async function bucketIn(
  context: Context,
  name: string,
  account: AccountId,
  home: CallOptions,
): Promise<Holder | undefined> {
  const how = inAccount(context, account, home);
  for await (const page of context.aws.pages("s3", "ListBuckets", { Prefix: name }, how)) {
    const own = page.Buckets?.find(({ Name }) => Name === name);
    if (own !== undefined) return { account, region: own.BucketRegion ?? home.region ?? "" };
  }
  return undefined;
}

/** Asked from where the trail is, as a bucket that is there answers everybody by something else. */
async function isMissing(
  context: Context,
  name: string,
  owner: AccountId,
  home: CallOptions,
): Promise<boolean> {
  try {
    await context.aws.call("s3", "HeadBucket", { Bucket: name }, inAccount(context, owner, home));
    return false;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { httpStatus } = error.details;
    if (httpStatus === 404) return true;
    if (httpStatus === 301 || httpStatus === 403) return false;
    throw error;
  }
}

/** Accounts by how likely they hold a trail's bucket. */
function candidatesFor(
  { accounts, organization }: Context,
  owner: AccountId,
): { readonly likely: readonly AccountId[]; readonly others: readonly AccountId[] } {
  const administrators = new Set(organization.delegatedAdministrators?.map((one) => one.account));
  const rank = ({ id, name }: (typeof accounts)[number]): number => {
    if (id === owner) return 0;
    if (administrators.has(id)) return 1;
    return holderName.test(name) ? 2 : 3;
  };
  const ranked = accounts
    .map((account) => ({ id: account.id, rank: rank(account) }))
    .sort((a, b) => a.rank - b.rank);
  const likely = ranked.filter(
    ({ rank: of }, index) => of < 2 || (of === 2 && index < administrators.size + 1 + mostHolders),
  );
  const others = ranked.filter((one) => !likely.includes(one));
  return { likely: likely.map(({ id }) => id), others: others.map(({ id }) => id) };
}
