import type { CallOptions } from "../../aws/aws.ts";
import type { AccountId, RegionName } from "../../core/identifiers.ts";
import { firewallManagerFacts } from "../../data/firewall-manager.ts";
import { isHeadline } from "../kit/tier.ts";
import type { CollectContext } from "../security-service.ts";
import { readAdministrators, readPolicies, readPolicy, readScope } from "./reads.ts";
import type { FirewallManagerBlock } from "./schema.ts";
import { worksIn } from "./scope.ts";
import type { AdministratorState, FirewallManagerState } from "./state.ts";

type Context = CollectContext<FirewallManagerBlock>;

/**
 * Reads Firewall Manager: the administrators in one call, then the default administrator's policies
 * in each Region, and the contents of those that the file names. Each administrator knows only its
 * own policies: without a block the others are asked too, in the Regions of their scopes.
 *
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/fms-administrators.html
 */
export async function collectFirewallManager(context: Context): Promise<FirewallManagerState> {
  const { aws, block, signal } = context;
  const listed = await context.attempt("administrators", () => readAdministrators(aws, signal));
  if (listed === undefined) return { regions: {} };
  const named = new Set(
    (block?.administrators ?? []).map(({ account }) => context.accountNamed(account)?.id),
  );
  const administrators = await context.each(listed, async (one): Promise<AdministratorState> => {
    if (one.isDefault || (block !== undefined && !named.has(one.account))) return one;
    const scope = await context.attempt(`administrators/${one.account}`, () =>
      readScope(aws, one.account, signal),
    );
    return scope === undefined ? one : { ...one, scope };
  });
  const owner = listed.find(({ isDefault }) => isDefault)?.account;
  if (owner === undefined || isHeadline(context)) return { administrators, regions: {} };
  const all = [...new Set([firewallManagerFacts.adminRegion, ...context.regions])];
  const [regions, others] = await Promise.all([
    readRegions(context, owner, all, ""),
    block === undefined ? readOthers(context, administrators, all) : undefined,
  ]);
  return { administrators, regions, ...(others === undefined ? {} : { others }) };
}

/** Policies of administrators other than the default one; `undefined` when there is none. */
async function readOthers(
  context: Context,
  administrators: readonly AdministratorState[],
  regions: readonly RegionName[],
): Promise<FirewallManagerState["others"]> {
  const others = administrators.filter(({ isDefault }) => !isDefault);
  if (others.length === 0) return undefined;
  const read = await context.each(others, async ({ account, scope }) => {
    // Without its scope nobody knows where it may be asked; the gap of that says so.
    const wanted = regions.filter((region) => scope !== undefined && worksIn(scope, region));
    return [
      account,
      await readRegions(context, account, wanted, `administrators/${account}/`),
    ] as const;
  });
  return Object.fromEntries(read);
}

/** An administrator's policies by Region; `base` is where their gaps are. */
async function readRegions(
  context: Context,
  account: AccountId,
  regions: readonly RegionName[],
  base: string,
): Promise<FirewallManagerState["regions"]> {
  const { aws, block, signal } = context;
  const enabled = regions.filter((region) => context.isRegionEnabled(account, region));
  const read = await context.each(enabled, async (region) => {
    const how: CallOptions = { account, region, ...(signal === undefined ? {} : { signal }) };
    const subject = `${base}${region}/policies`;
    const list = await context.attempt(subject, () => readPolicies(aws, how));
    if (list === undefined) return [];
    const wanted = block?.policies?.map(({ name }) => name);
    const policies = await context.each(list, async (policy) => {
      if (wanted !== undefined && !wanted.includes(policy.name)) return policy;
      const found = await context.attempt(`${subject}/${policy.name}`, () =>
        readPolicy(aws, how, policy.id),
      );
      return found === undefined ? policy : { ...policy, content: found.content };
    });
    return [[region, { policies }] as const];
  });
  return Object.fromEntries(read.flat());
}
