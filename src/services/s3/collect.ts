import type { AccountId } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import { s3Settings } from "../../data/s3-settings.ts";
import { accountsInScope } from "../kit/collect-scope.ts";
import { isConfigAdministered, provenByConfig } from "../kit/config-evidence.ts";
import { effectivePolicies, settingAt } from "../kit/effective-policies.ts";
import { isHeadline } from "../kit/tier.ts";
import type { CollectContext } from "../security-service.ts";
import { readLens, readPublicAccessBlock } from "./reads.ts";
import type { S3Block } from "./schema.ts";
import type { S3State } from "./state.ts";

type Context = CollectContext<S3Block>;

/**
 * Reads the public access block, by the organization's policies without a call or in each account
 * with one, but for what Config proves, and the Storage Lens of the account that administers it with two.
 */
export async function collectS3(context: Context): Promise<S3State> {
  const { block, organization } = context;
  const [{ byAccount, provenBlocks }, lens] = await Promise.all([
    blocksOf(context),
    lensOf(context),
  ]);
  const isByPolicy = block === undefined || block.publicAccessBlock?.via === "policy";
  const effective = isByPolicy ? effectivePolicies(organization, "S3_POLICY") : [];
  return {
    ...(isByPolicy
      ? {
          byPolicy: Object.fromEntries(
            [...effective].map(([account, policy]) => [
              account,
              settingAt(policy, ["s3_attributes", "public_access_block_configuration"]) === "all",
            ]),
          ),
        }
      : {}),
    byAccount,
    ...(provenBlocks.length === 0 ? {} : { provenBlocks }),
    ...lens,
  };
}

async function blocksOf(
  context: Context,
): Promise<Required<Pick<S3State, "byAccount" | "provenBlocks">>> {
  const { aws, block, homeRegion, signal } = context;
  const isWanted =
    block === undefined ? context.tier === "inside" : block.publicAccessBlock?.via === "account";
  if (!isWanted) return { byAccount: {}, provenBlocks: [] };
  const proven = await provenAccounts(context);
  const how = { region: homeRegion, ...(signal === undefined ? {} : { signal }) };
  const read = await context.each(accountsInScope(context, block), async ({ id: account }) => {
    if (proven.has(account)) return [];
    const found = await context.attempt(`accounts/${account}/publicAccessBlock`, () =>
      readPublicAccessBlock(aws, account, { ...how, account }),
    );
    return found === undefined ? [] : [[account, found] as const];
  });
  return { byAccount: Object.fromEntries(read.flat()), provenBlocks: [...proven].sort() };
}

/** Accounts that an organization rule of Config finds to block public access. */
async function provenAccounts(context: Context): Promise<ReadonlySet<AccountId>> {
  const { block, homeRegion, organization } = context;
  // Where all is read or taken away, what holds now counts.
  if (block === undefined || block.remove === true || !isConfigAdministered(organization)) {
    return new Set();
  }
  const { identifier } = s3Settings.publicAccessRule;
  const places = await provenByConfig({ ...context, regions: [homeRegion] }, identifier);
  return new Set([...places].map((place) => place.split("/")[0] ?? ""));
}

async function lensOf(context: Context): Promise<Pick<S3State, "lens" | "otherLenses">> {
  const { aws, block, organization, homeRegion, signal } = context;
  const lens = block?.storageLens;
  if (block === undefined) return isHeadline(context) ? { otherLenses: [] } : anyLens(context);
  if (lens === undefined) return { otherLenses: [] };
  const named = block.delegatedAdministrator;
  const owner: AccountId | undefined =
    named === undefined ? organization.managementAccountId : context.accountNamed(named)?.id;
  // An account that the plan is still to make has nothing that could be read.
  if (owner === undefined) return { lens: null, otherLenses: [] };
  const how = {
    account: owner,
    region: lens.region ?? homeRegion,
    ...(signal === undefined ? {} : { signal }),
  };
  const found = await context.attempt(`storageLens/${lens.name}`, () =>
    readLens(aws, owner, lens.name, how),
  );
  const others = await context.attempt("storageLens", async () => {
    const list: { id: string; arn: string }[] = [];
    const input = { AccountId: owner };
    for await (const page of aws.pages("s3-control", "ListStorageLensConfigurations", input, how)) {
      for (const { Id = "", StorageLensArn: arn = "" } of page.StorageLensConfigurationList ?? []) {
        if (Id !== lens.name && Id !== s3Settings.defaultLens) list.push({ id: Id, arn });
      }
    }
    return list;
  });
  return { ...(found === undefined ? {} : { lens: found }), otherLenses: others ?? [] };
}

/**
 * The Storage Lens of the organization, if there is one: the management account and the registered
 * administrator are asked for theirs in the home Region.
 */
async function anyLens(context: Context): Promise<Pick<S3State, "lens" | "otherLenses">> {
  const { aws, organization, homeRegion, signal } = context;
  const registered = (organization.delegatedAdministrators ?? [])
    .filter(({ services }) => services?.includes(s3Settings.principal))
    .map(({ account }) => account);
  const owners = [...new Set([organization.managementAccountId, ...registered])];
  const found = await context.each(owners, async (account) => {
    const how = { account, region: homeRegion, ...(signal === undefined ? {} : { signal }) };
    return context.attempt("storageLens", async () => {
      const lenses: JsonObject[] = [];
      const input = { AccountId: account };
      const pages = aws.pages("s3-control", "ListStorageLensConfigurations", input, how);
      for await (const page of pages) {
        for (const { Id = "" } of page.StorageLensConfigurationList ?? []) {
          if (Id === s3Settings.defaultLens) continue;
          const lens = await readLens(aws, account, Id, how);
          if (lens !== null && lens.AwsOrg !== undefined) lenses.push(lens);
        }
      }
      return lenses;
    });
  });
  const lenses = found.flatMap((list) => list ?? []);
  const lens = lenses.find(({ IsEnabled }) => IsEnabled === true) ?? lenses[0];
  if (lens !== undefined) return { lens, otherLenses: [] };
  // A denied list is not an empty one.
  return found.includes(undefined) ? { otherLenses: [] } : { lens: null, otherLenses: [] };
}
