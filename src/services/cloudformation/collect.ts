import type { StackSetSummary } from "@aws-sdk/client-cloudformation";
import type { Aws } from "../../aws/aws.ts";
import type { AccountId, RegionName } from "../../core/identifiers.ts";
import { cloudformationFacts } from "../../data/cloudformation.ts";
import { type CallAs, readStackSet, type StackSetPlace } from "../kit/stack-sets/read-stack-set.ts";
import type { StackSetState } from "../kit/stack-sets/stack-set-state.ts";
import { isHeadline } from "../kit/tier.ts";
import type { CollectContext } from "../security-service.ts";
import type { CloudformationBlock } from "./schema.ts";
import type { CloudformationState, ListedStackSet } from "./state.ts";

/**
 * Reads StackSets' access to the organization and the stack sets that the block names, from the
 * account that works on them: one call for each hundred stack sets and for each hundred stacks.
 * Without a block, all that the organization has: a stack set is a Region's, so that each is asked,
 * except for the headline. The management account's list has those of delegated administrators too.
 * Stack sets that members manage in accounts of their own are not the organization's, and not read.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackSets.html
 */
export async function collectCloudformation(
  context: CollectContext<CloudformationBlock>,
): Promise<CloudformationState> {
  const { aws, block, homeRegion, signal } = context;
  const readAt = new Date(aws.clock.now()).toISOString();
  const region = block?.region ?? homeRegion;
  const asked = await asker(context);
  const { callAs } = asked;
  const place = signal === undefined ? {} : { signal };
  const from = { ...place, ...(asked.account === undefined ? {} : { account: asked.account }) };
  const access = await context.attempt("organizationsAccess", async () => {
    // A block is about what the management account has switched on.
    const input = { CallAs: block === undefined ? callAs : ("SELF" as const) };
    const how = { ...(block === undefined ? from : place), region };
    const answer = await aws.call("cloudformation", "DescribeOrganizationsAccess", input, how);
    return answer.Status ?? "DISABLED";
  });
  const state = { readAt, ...(access === undefined ? {} : { access }) };
  const at: Site = { callAs, how: { ...from, region } };
  const list = await context.attempt("stackSets", () => readList(aws, at));
  const elsewhere = await readElsewhere(context, at, region);
  if (list === undefined) {
    return {
      ...state,
      stackSets: {},
      others: elsewhere.found,
      unread: [region, ...elsewhere.unread],
    };
  }
  const names = block?.stackSets.map(({ name }) => name) ?? [];
  const stackSets = await context.each(
    names,
    async (name): Promise<readonly [string, StackSetState | null][]> => {
      if (!list.some((one) => one.name === name)) return [[name, null]];
      const read = await context.attempt(`stackSets/${name}`, () =>
        readStackSet(aws, { name, ...at }),
      );
      return read === undefined ? [] : [[name, read]];
    },
  );
  const others = list.filter(({ name }) => !names.includes(name));
  return {
    ...state,
    stackSets: Object.fromEntries(stackSets.flat()),
    others: [...(await withBroken(context, others, at, "stackSets")), ...elsewhere.found],
    ...(elsewhere.unread.length === 0 ? {} : { unread: elsewhere.unread }),
  };
}

type Site = Omit<StackSetPlace, "name">;

/** Who asks, and as whom: the management account, else a delegated administrator. */
async function asker({
  aws,
  block,
  organization,
  accountNamed,
  signal,
}: CollectContext<CloudformationBlock>): Promise<{ callAs: CallAs; account?: AccountId }> {
  const registered = (organization.delegatedAdministrators ?? []).flatMap(
    ({ account, services }) => (services?.includes(cloudformationFacts.principal) ? [account] : []),
  );
  if (block !== undefined) {
    const named =
      block.callAs === "delegatedAdministrator" && block.delegatedAdministrator !== undefined
        ? accountNamed(block.delegatedAdministrator)?.id
        : undefined;
    // An account that is not registered yet cannot see what the management account sees as well.
    return named !== undefined && registered.includes(named)
      ? { callAs: "DELEGATED_ADMIN", account: named }
      : { callAs: "SELF" };
  }
  const { account } = await aws.caller(signal);
  const { managementAccountId } = organization;
  if (account === managementAccountId) return { callAs: "SELF" };
  // To a member, SELF is its own stack sets, not the organization's.
  const administrator = registered.find((one) => one === account) ?? registered[0];
  return administrator === undefined
    ? { callAs: "SELF", account: managementAccountId }
    : { callAs: "DELEGATED_ADMIN", account: administrator };
}

async function readList(aws: Aws, { callAs, how }: Site): Promise<readonly ListedStackSet[]> {
  const found: ListedStackSet[] = [];
  const input = { Status: "ACTIVE" as const, CallAs: callAs };
  for await (const page of aws.pages("cloudformation", "ListStackSets", input, how)) {
    found.push(...(page.Summaries ?? []).map(listed));
  }
  return found;
}

/** The stack sets of other Regions, where no block says which are wanted; and where none is told. */
async function readElsewhere(
  context: CollectContext<CloudformationBlock>,
  { callAs, how }: Site,
  home: RegionName,
): Promise<{ readonly found: readonly ListedStackSet[]; readonly unread: readonly RegionName[] }> {
  if (context.block !== undefined || isHeadline(context)) return { found: [], unread: [] };
  const owner = how.account ?? context.organization.managementAccountId;
  const regions = context.regions.filter(
    (region) => region !== home && context.isRegionEnabled(owner, region),
  );
  const read = await context.each(regions, async (region) => {
    const at: Site = { callAs, how: { ...how, region } };
    const subject = `regions/${region}/stackSets`;
    const list = await context.attempt(subject, () => readList(context.aws, at));
    if (list === undefined) return { found: [], unread: [region] };
    const own = list.map((set): ListedStackSet => ({ ...set, homeRegion: region }));
    return { found: await withBroken(context, own, at, subject), unread: [] };
  });
  return {
    found: read.flatMap(({ found }) => found),
    unread: read.flatMap(({ unread }) => unread),
  };
}

/** Adds the stacks that failed to service-managed stack sets, where no block says what to read. */
async function withBroken(
  context: CollectContext<CloudformationBlock>,
  sets: readonly ListedStackSet[],
  at: Site,
  subject: string,
): Promise<readonly ListedStackSet[]> {
  if (context.block !== undefined || isHeadline(context)) return sets;
  return context.each(sets, async (set) => {
    if (set.model !== "SERVICE_MANAGED") return set;
    const broken = await context.attempt(`${subject}/${set.name}`, () =>
      readBroken(context.aws, { name: set.name, ...at }),
    );
    return broken === undefined ? set : { ...set, broken };
  });
}

function listed({
  StackSetName,
  StackSetId,
  PermissionModel,
  AutoDeployment,
  DriftStatus,
  LastDriftCheckTimestamp,
}: StackSetSummary): ListedStackSet {
  const checkedAt = LastDriftCheckTimestamp?.toISOString();
  return {
    name: StackSetName ?? "",
    id: StackSetId ?? "",
    model: PermissionModel ?? "SELF_MANAGED",
    ...(AutoDeployment?.Enabled === undefined ? {} : { autoDeployment: AutoDeployment.Enabled }),
    drift: {
      status: DriftStatus ?? "NOT_CHECKED",
      ...(checkedAt === undefined ? {} : { checkedAt }),
    },
  };
}

/** States of stacks that did not come to be as their stack set wants them. */
const brokenStates = ["FAILED", "INOPERABLE"] as const;

/** Stacks that failed: a call for each state, however many stacks there are. Throws `AwsError`. */
async function readBroken(
  aws: Aws,
  { name, callAs, how }: StackSetPlace,
): Promise<NonNullable<ListedStackSet["broken"]>> {
  const found: NonNullable<ListedStackSet["broken"]>[number][] = [];
  for (const status of brokenStates) {
    const Filters = [{ Name: "DETAILED_STATUS" as const, Values: status }];
    const input = { StackSetName: name, CallAs: callAs, MaxResults: 100, Filters };
    for await (const page of aws.pages("cloudformation", "ListStackInstances", input, how)) {
      for (const { Account, Region, StatusReason } of page.Summaries ?? []) {
        const reason = StatusReason === undefined ? {} : { reason: StatusReason };
        found.push({ account: Account ?? "", region: Region ?? "", status, ...reason });
      }
    }
  }
  return found;
}
