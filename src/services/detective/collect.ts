import type { CallOptions } from "../../aws/aws.ts";
import type { AccountId, RegionName } from "../../core/identifiers.ts";
import { detectiveFacts } from "../../data/detective-facts.ts";
import { insideOf } from "../kit/coverage.ts";
import type { CollectContext } from "../security-service.ts";
import type { DetectiveBlock } from "./schema.ts";
import type { DetectiveState, RegionRead } from "./state.ts";

type Context = CollectContext<DetectiveBlock>;

/**
 * Reads Detective Region by Region: the administrator with the organization's graph, its
 * configuration, its members in pages of 200, and its source packages where the block names some.
 */
export async function collectDetective(context: Context): Promise<DetectiveState> {
  const management = context.organization.managementAccountId;
  const regions = context.regions.filter((region) => context.isRegionEnabled(management, region));
  const read = await context.each(regions, async (region) => {
    const found = await readRegion(context, region);
    return found === undefined ? [] : [[region, found] as const];
  });
  return { regions: Object.fromEntries(read.flat()) };
}

async function readRegion(context: Context, region: RegionName): Promise<RegionRead | undefined> {
  const { aws, block, organization, signal } = context;
  const place = { region, ...(signal === undefined ? {} : { signal }) };
  const found = await context.attempt(`${region}/administrator`, async () => {
    const { Administrators = [] } = await aws.call(
      "detective",
      "ListOrganizationAdminAccounts",
      {},
      place,
    );
    const [first] = Administrators;
    return { administrator: first?.AccountId ?? null, graph: first?.GraphArn ?? null };
  });
  if (found === undefined) return undefined;
  const { administrator, graph } = found;
  if (administrator === null || graph === null) {
    return { ...found, ...(await readOwnGraphs(context, region, [])) };
  }
  const how: CallOptions = {
    ...place,
    ...(administrator === organization.managementAccountId ? {} : { account: administrator }),
  };
  const autoEnable = await context.attempt(`${region}/organizationConfiguration`, async () => {
    const input = { GraphArn: graph };
    const read = await aws.call("detective", "DescribeOrganizationConfiguration", input, how);
    return read.AutoEnable === true;
  });
  const members =
    context.tier === "headline"
      ? undefined
      : await context.attempt(`${region}/members`, () => readMembers(context, graph, how));
  const own =
    members === undefined
      ? {}
      : await readOwnGraphs(context, region, [
          administrator,
          ...Object.values(members.members ?? {}).flat(),
        ]);
  const wantsPackages = block?.datasourcePackages !== undefined;
  const packages = wantsPackages
    ? await context.attempt(`${region}/datasourcePackages`, async () => {
        const input = { GraphArn: graph };
        const read = await aws.call("detective", "ListDatasourcePackages", input, how);
        return Object.entries(read.DatasourcePackages ?? {})
          .filter(([, one]) => one?.DatasourcePackageIngestState === "STARTED")
          .map(([name]) => name)
          .sort();
      })
    : undefined;
  return {
    ...found,
    ...(autoEnable === undefined ? {} : { autoEnable }),
    ...members,
    ...own,
    ...(packages === undefined ? {} : { packages }),
  };
}

/** Accounts that have a behavior graph of their own, when the tier asks for them. */
async function readOwnGraphs(
  context: Context,
  region: RegionName,
  known: readonly string[],
): Promise<Pick<RegionRead, "ownGraphs">> {
  const { aws, organization, signal } = context;
  const management = organization.managementAccountId;
  const own = await insideOf(
    context,
    `${region}/graphs`,
    region,
    new Set(known),
    async ({ id: account }) => {
      const how = {
        region,
        ...(account === management ? {} : { account }),
        ...(signal === undefined ? {} : { signal }),
      };
      const { GraphList = [] } = await aws.call("detective", "ListGraphs", {}, how);
      return GraphList.length > 0;
    },
  );
  return Object.keys(own).length === 0 ? {} : { ownGraphs: own };
}

async function readMembers(
  { aws }: Context,
  GraphArn: string,
  how: CallOptions,
): Promise<Pick<RegionRead, "members" | "invited">> {
  const members: Record<string, AccountId[]> = {};
  const invited: AccountId[] = [];
  const input = { GraphArn, MaxResults: detectiveFacts.pageSize };
  for await (const { MemberDetails = [] } of aws.pages("detective", "ListMembers", input, how)) {
    for (const { AccountId: id, Status = "", InvitationType } of MemberDetails) {
      if (id === undefined) continue;
      members[Status] ??= [];
      members[Status].push(id);
      if (InvitationType === "INVITATION") invited.push(id);
    }
  }
  for (const ids of Object.values(members)) ids.sort();
  return { members, invited: invited.sort() };
}
