import type { AccountId, RegionName } from "../../core/identifiers.ts";
import { configFacts } from "../../data/config.ts";
import { isHeadline } from "../kit/tier.ts";
import type { CollectContext } from "../security-service.ts";
import { collectStatuses } from "./collect-statuses.ts";
import {
  readAggregator,
  readAggregatorRole,
  readAnyAggregator,
  readPacks,
  readRules,
} from "./read.ts";
import type { ConfigBlock } from "./schema.ts";
import type { ConfigState, OrganizationConfigState } from "./state.ts";

type Context = CollectContext<ConfigBlock>;
type Administration = Pick<
  ConfigState,
  "administrator" | "otherAdministrators" | "aggregator" | "aggregatorRole" | "organization"
>;

/**
 * Reads what the administrator has: rules and packs of every Region (each administrator sees its
 * own only), and the aggregator.
 */
export async function collectAdministration(context: Context): Promise<Administration> {
  const { aws, block, homeRegion, signal } = context;
  const account = administratorOf(context);
  // An account that the plan is still to make has nothing that could be read.
  if (account === undefined) return { administrator: "", organization: {} };
  const how = { account, ...(signal === undefined ? {} : { signal }) };
  const isRegistered = mayHaveRules(context, account);
  const regions = context.regions.filter((region) => context.isRegionEnabled(account, region));
  const organization = await context.each(
    regions,
    async (region): Promise<readonly [RegionName, OrganizationConfigState]> => [
      region,
      isRegistered ? await collectRegion(context, account, region) : { rules: {}, packs: {} },
    ],
  );
  const wanted = block?.aggregator;
  const where = { ...how, region: wanted?.region ?? homeRegion };
  const aggregator =
    wanted !== undefined
      ? await context.attempt("aggregator", () => readAggregator(aws, wanted.name, where))
      : block === undefined && !isHeadline(context)
        ? await context.attempt("aggregator", () => readAnyAggregator(aws, where))
        : undefined;
  const role =
    wanted === undefined
      ? undefined
      : await context.attempt("aggregatorRole", () => readAggregatorRole(aws, wanted.role, how));
  const others = (context.organization.delegatedAdministrators ?? [])
    .filter(({ services }) => services?.includes(configFacts.principals.multiAccountSetup))
    .map((one) => one.account)
    .filter((id) => id !== account);
  return {
    administrator: account,
    ...(others.length === 0 ? {} : { otherAdministrators: others }),
    organization: Object.fromEntries(organization),
    ...(aggregator === undefined ? {} : { aggregator }),
    ...(role === undefined ? {} : { aggregatorRole: role }),
  };
}

/** The block's administrator, else the registered one, else the management account. */
export function administratorOf({
  organization,
  block,
  accountNamed,
}: Context): AccountId | undefined {
  const name = block?.delegatedAdministrator;
  if (name !== undefined) return accountNamed(name)?.id;
  const registered = organization.delegatedAdministrators?.find(({ services }) =>
    services?.includes(configFacts.principals.multiAccountSetup),
  );
  return registered?.account ?? organization.managementAccountId;
}

/** An account that is not registered yet is refused, and has put no rules. */
function mayHaveRules({ organization }: Context, account: AccountId): boolean {
  if (account === organization.managementAccountId) return true;
  const list = organization.delegatedAdministrators;
  if (list === undefined) return true;
  return list.some(
    (one) =>
      one.account === account &&
      (one.services === undefined ||
        one.services.includes(configFacts.principals.multiAccountSetup)),
  );
}

async function collectRegion(
  context: Context,
  account: AccountId,
  region: RegionName,
): Promise<OrganizationConfigState> {
  const { aws, block, signal } = context;
  const how = { account, region, ...(signal === undefined ? {} : { signal }) };
  const named = new Set(block?.rules.map(({ name }) => name));
  const [rules, packs] = await Promise.all([
    context.attempt(`${region}/rules`, () => readRules(aws, how, (name) => named.has(name))),
    context.attempt(`${region}/conformancePacks`, () => readPacks(aws, how)),
  ]);
  const statuses = await collectStatuses(context, how, {
    rules: Object.keys(rules ?? {}).length > 0,
    packs: Object.keys(packs ?? {}).length > 0,
  });
  return {
    ...(rules === undefined ? {} : { rules }),
    ...(packs === undefined ? {} : { packs }),
    ...statuses,
  };
}
