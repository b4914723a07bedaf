import type { AccountId } from "../../core/identifiers.ts";
import { s3Settings } from "../../data/s3-settings.ts";
import { accountsInScope } from "../kit/collect-scope.ts";
import { effectivePolicies, settingAt } from "../kit/effective-policies.ts";
import type { CollectContext } from "../security-service.ts";
import { readLens, readPublicAccessBlock } from "./reads.ts";
import type { S3Block } from "./schema.ts";
import type { S3State } from "./state.ts";

type Context = CollectContext<S3Block>;

/**
 * Reads the public access block, by the organization's policies without a call or in each account
 * with one, and the Storage Lens of the account that administers it with two.
 */
export async function collectS3(context: Context): Promise<S3State> {
  const { block, organization } = context;
  const [byAccount, lens] = await Promise.all([blocksOf(context), lensOf(context)]);
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
    ...lens,
  };
}

async function blocksOf(context: Context): Promise<S3State["byAccount"]> {
  const { aws, block, homeRegion, signal } = context;
  const isWanted =
    block === undefined ? context.tier === "inside" : block.publicAccessBlock?.via === "account";
  if (!isWanted) return {};
  const how = { region: homeRegion, ...(signal === undefined ? {} : { signal }) };
  const read = await context.each(accountsInScope(context, block), async ({ id: account }) => {
    const found = await context.attempt(`accounts/${account}/publicAccessBlock`, () =>
      readPublicAccessBlock(aws, account, { ...how, account }),
    );
    return found === undefined ? [] : [[account, found] as const];
  });
  return Object.fromEntries(read.flat());
}

async function lensOf(context: Context): Promise<Pick<S3State, "lens" | "otherLenses">> {
  const { aws, block, organization, homeRegion, signal } = context;
  const lens = block?.storageLens;
  if (block === undefined || lens === undefined) return { otherLenses: [] };
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
