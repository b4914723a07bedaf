import type { CallOptions } from "../../aws/aws.ts";
import { firewallManagerFacts } from "../../data/firewall-manager.ts";
import { isHeadline } from "../kit/tier.ts";
import type { CollectContext } from "../security-service.ts";
import { readAdministrators, readPolicies, readPolicy, readScope } from "./reads.ts";
import type { FirewallManagerBlock } from "./schema.ts";
import type { FirewallManagerState } from "./state.ts";

type Context = CollectContext<FirewallManagerBlock>;

/**
 * Reads Firewall Manager: the administrators in one call, then the default administrator's policies
 * in each Region, and the contents of those that the file names.
 */
export async function collectFirewallManager(context: Context): Promise<FirewallManagerState> {
  const { aws, block, signal } = context;
  const listed = await context.attempt("administrators", () => readAdministrators(aws, signal));
  if (listed === undefined) return { regions: {} };
  const named = new Set(
    (block?.administrators ?? []).map(({ account }) => context.accountNamed(account)?.id),
  );
  const administrators = await context.each(listed, async (one) => {
    if (one.isDefault || (block !== undefined && !named.has(one.account))) return one;
    const scope = await context.attempt(`administrators/${one.account}`, () =>
      readScope(aws, one.account, signal),
    );
    return scope === undefined ? one : { ...one, scope };
  });
  const owner = listed.find(({ isDefault }) => isDefault)?.account;
  if (owner === undefined || isHeadline(context)) return { administrators, regions: {} };
  const regions = [...new Set([firewallManagerFacts.adminRegion, ...context.regions])].filter(
    (region) => context.isRegionEnabled(owner, region),
  );
  const read = await context.each(regions, async (region) => {
    const how: CallOptions = {
      account: owner,
      region,
      ...(signal === undefined ? {} : { signal }),
    };
    const list = await context.attempt(`${region}/policies`, () => readPolicies(aws, how));
    if (list === undefined) return [];
    const wanted = block?.policies?.map(({ name }) => name);
    const policies = await context.each(list, async (policy) => {
      if (wanted !== undefined && !wanted.includes(policy.name)) return policy;
      const found = await context.attempt(`${region}/policies/${policy.name}`, () =>
        readPolicy(aws, how, policy.id),
      );
      return found === undefined ? policy : { ...policy, content: found.content };
    });
    return [[region, { policies }] as const];
  });
  return { administrators, regions: Object.fromEntries(read.flat()) };
}
