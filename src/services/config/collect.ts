import type { CallOptions } from "../../aws/aws.ts";
import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { OrganizationAccountState } from "../../core/snapshot.ts";
import { configFacts } from "../../data/config.ts";
import { readStackSet } from "../kit/stack-sets/read-stack-set.ts";
import type { StackSetState } from "../kit/stack-sets/stack-set-state.ts";
import { isHeadline } from "../kit/tier.ts";
import type { CollectContext } from "../security-service.ts";
import { administratorOf, collectAdministration } from "./collect-administration.ts";
import { collectPackTemplates } from "./collect-pack-templates.ts";
import { readBucket, readLinkedRole, readPlace, readRetention } from "./read.ts";
import type { ConfigBlock } from "./schema.ts";
import type { ConfigState, PlaceState } from "./state.ts";
import { ownNames } from "./templates.ts";

type Context = CollectContext<ConfigBlock>;

/**
 * Reads AWS Config. With stack sets, members are told by the stacks (one call for a hundred); only
 * what stacks do not tell is asked in the accounts themselves: the management account, accounts
 * that have no stack yet (one look, in the home Region), and places whose stack failed.
 */
export async function collectConfig(context: Context): Promise<ConfigState> {
  const { aws, block, homeRegion, organization } = context;
  const how: CallOptions = context.signal === undefined ? {} : { signal: context.signal };
  if (isHeadline(context)) {
    // Who records only accounts know, and what stacks do takes a call for each hundred.
    return {
      administrator: administratorOf(context) ?? "",
      stackSets: {},
      places: {},
      linkedRoles: {},
      retention: {},
      organization: {},
    };
  }
  const accounts = membersOf(context);
  const management = organization.managementAccountId;
  // Without a block only accounts themselves say who records; that is asked of the inside tier.
  const isInside = block === undefined && context.tier === "inside";
  const byStackSet = block === undefined ? !isInside : block.deployment === "stack-set";
  const [administration, stackSets, access] = await Promise.all([
    collectAdministration(context),
    byStackSet ? collectStackSets(context, { ...how, region: homeRegion }) : {},
    byStackSet
      ? context.attempt("stackSetAccess", async () => {
          const where = { ...how, region: homeRegion };
          const input = { CallAs: "SELF" as const };
          const answer = await aws.call(
            "cloudformation",
            "DescribeOrganizationsAccess",
            input,
            where,
          );
          return answer.Status ?? "DISABLED";
        })
      : undefined,
  ]);
  const direct = accounts.filter(({ id }) => !byStackSet || id === management);
  const linked = await context.each(direct, async ({ id }) => {
    const has = await context.attempt(`linkedRoles/${id}`, () =>
      readLinkedRole(aws, { ...how, account: id }),
    );
    return has === undefined ? [] : [[id, has] as const];
  });
  const depth = block === undefined ? "recorder" : "whole";
  const whole = await lookAt(context, how, placesIn(context, direct), depth);
  const members = accounts.filter(({ id }) => id !== management);
  const recorders = (stackSets as Record<string, StackSetState | null>)[ownNames.recorderStackSet];
  const looks =
    byStackSet && recorders !== undefined && block !== undefined && block.remove !== true
      ? await lookForOthers(context, how, members, recorders)
      : [];
  const retention =
    block?.retentionDays === undefined || block.remove === true
      ? []
      : await context.each(placesIn(context, accounts), async ({ account, region }) => {
          const subject = `retention/${account}/${region}`;
          const days = await context.attempt(subject, () =>
            readRetention(aws, { ...how, account, region }),
          );
          return days === undefined ? [] : [[`${account}/${region}`, days] as const];
        });
  const bucket = await collectBucket(context, how);
  const templates = await collectPackTemplates(context, {
    ...how,
    account: management,
    region: homeRegion,
  });
  return {
    ...administration,
    ...(access === undefined ? {} : { stackSetAccess: access }),
    stackSets,
    ...(block === undefined ? { asked: direct.map(({ id }) => id).sort() } : {}),
    places: Object.fromEntries(
      [...whole, ...looks].map((place) => [`${place.account}/${place.region}`, place]),
    ),
    linkedRoles: Object.fromEntries(linked.flat()),
    retention: Object.fromEntries(retention.flat()),
    ...(bucket === undefined ? {} : { bucket }),
    ...(Object.keys(templates).length === 0 ? {} : { awsTemplates: templates }),
  };
}

/** Active accounts but those that the block leaves out by name. */
function membersOf({
  accounts,
  block,
  accountNamed,
}: Context): readonly OrganizationAccountState[] {
  const left = new Set((block?.excludeAccounts ?? []).map((name) => accountNamed(name)?.id));
  return accounts.filter(({ id }) => !left.has(id));
}

function regionsOf({ block, regions }: Context): readonly RegionName[] {
  const left = new Set(block?.excludeRegions ?? []);
  return (block?.regions ?? regions).filter(
    (region) => !left.has(region) && configFacts.regions.names.includes(region),
  );
}

function placesIn(
  context: Context,
  accounts: readonly { readonly id: AccountId }[],
): readonly { readonly account: AccountId; readonly region: RegionName }[] {
  return accounts.flatMap(({ id }) =>
    regionsOf(context)
      .filter((region) => context.isRegionEnabled(id, region))
      .map((region) => ({ account: id, region })),
  );
}

async function collectStackSets(
  context: Context,
  how: CallOptions,
): Promise<Readonly<Record<string, StackSetState | null>>> {
  // What made the role says nothing of who records.
  const names =
    context.block === undefined
      ? [ownNames.recorderStackSet]
      : [ownNames.roleStackSet, ownNames.recorderStackSet];
  const read = await context.each(names, async (name) => {
    const found = await context.attempt(`stackSets/${name}`, () =>
      readStackSet(context.aws, { name, callAs: "SELF", how }),
    );
    return found === undefined ? [] : [[name, found] as const];
  });
  return Object.fromEntries(read.flat());
}

function lookAt(
  context: Context,
  how: CallOptions,
  places: readonly { readonly account: AccountId; readonly region: RegionName }[],
  depth: "whole" | "recorder",
): Promise<PlaceState[]> {
  return context
    .each(places, async ({ account, region }) => {
      const place = await context.attempt(`places/${account}/${region}`, () =>
        readPlace(context.aws, account, region, how, depth),
      );
      return place === undefined ? [] : [place];
    })
    .then((found) => found.flat());
}

/**
 * Looks for recorders that others made, where the stacks do not tell. An account that has none of
 * our stacks is asked in the home Region first, and everywhere when it has a recorder there: a
 * stack never takes the place of a recorder that it missed, it fails.
 */
async function lookForOthers(
  context: Context,
  how: CallOptions,
  members: readonly OrganizationAccountState[],
  recorders: StackSetState | null,
): Promise<readonly PlaceState[]> {
  const healthy = new Set<string>();
  const known = new Set<AccountId>();
  for (const [region, { current, working, broken }] of Object.entries(recorders?.instances ?? {})) {
    for (const account of [...current, ...working]) healthy.add(`${account}/${region}`);
    for (const account of [...current, ...working, ...broken.map((it) => it.account)]) {
      known.add(account);
    }
  }
  const [home] = regionsOf(context).includes(context.homeRegion)
    ? [context.homeRegion]
    : regionsOf(context);
  const fresh = members.filter(({ id }) => !known.has(id));
  const firstPlaces = placesIn(context, fresh).filter(({ region }) => region === home);
  const first = await lookAt(context, how, firstPlaces, "recorder");
  const suspicious = new Set(
    first.filter(({ recorder }) => recorder !== null).map(({ account }) => account),
  );
  const rest = placesIn(context, members).filter(
    ({ account, region }) =>
      (known.has(account) && !healthy.has(`${account}/${region}`)) ||
      (suspicious.has(account) && region !== home),
  );
  return [...first, ...(await lookAt(context, how, rest, "recorder"))];
}

function collectBucket(
  context: Context,
  how: CallOptions,
): Promise<ConfigState["bucket"] | undefined> | undefined {
  const { block, homeRegion } = context;
  const name = block?.delivery.account;
  if (block === undefined || name === undefined || block.remove === true) return undefined;
  const account = context.accountNamed(name)?.id;
  if (account === undefined) return undefined;
  return context.attempt("bucket", () =>
    readBucket(context.aws, block.delivery.bucket, { ...how, account, region: homeRegion }),
  );
}
