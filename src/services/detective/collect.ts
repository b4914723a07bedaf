import type { CallOptions } from "../../aws/aws.ts";
import type { AccountId, RegionName } from "../../core/identifiers.ts";
import { detectiveFacts } from "../../data/detective-facts.ts";
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
  if (administrator === null || graph === null) return found;
  const how: CallOptions = {
    ...place,
    ...(administrator === organization.managementAccountId ? {} : { account: administrator }),
  };
  const autoEnable = await context.attempt(`${region}/organizationConfiguration`, async () => {
    const input = { GraphArn: graph };
    const read = await aws.call("detective", "DescribeOrganizationConfiguration", input, how);
    return read.AutoEnable === true;
  });
  const members = await context.attempt(`${region}/members`, () =>
    readMembers(context, graph, how),
  );
  const wantsPackages = block === undefined || block.datasourcePackages !== undefined;
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
    ...(packages === undefined ? {} : { packages }),
  };
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
