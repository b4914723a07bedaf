import type { CallOptions } from "../../aws/aws.ts";
import type { AccountId, RegionName } from "../../core/identifiers.ts";
import { macieFacts } from "../../data/macie.ts";
import { insideOf } from "../kit/coverage.ts";
import { isHeadline } from "../kit/tier.ts";
import type { CollectContext } from "../security-service.ts";
import {
  readAdministrator,
  readConfiguration,
  readDiscovery,
  readDiscoveryAccounts,
  readExport,
  readMembers,
  readPublication,
  readSession,
} from "./reads.ts";
import type { MacieBlock } from "./schema.ts";
import type { MacieRegionState, MacieState } from "./state.ts";

type Context = CollectContext<MacieBlock>;

/**
 * Reads Macie: the administrator of every Region first, then from the administrator how the
 * organization is set up and who the members are, which comes in pages of 25.
 */
export async function collectMacie(context: Context): Promise<MacieState> {
  const { organization, block } = context;
  const { managementAccountId } = organization;
  // Administrators are designated by the management account, in Regions that it has enabled.
  const regions = context.regions.filter((region) =>
    context.isRegionEnabled(managementAccountId, region),
  );
  const listed = await context.each(regions, async (region) => {
    const found = await context.attempt(`${region}/administrator`, () =>
      readAdministrator(context.aws, at(context, undefined, region)),
    );
    return found === undefined ? undefined : ([region, found] as const);
  });
  const administrators = listed.filter((one) => one !== undefined);
  const administrator =
    block?.delegatedAdministrator === undefined
      ? administrators.map(([, one]) => one).find((one) => one !== null)
      : context.accountNamed(block.delegatedAdministrator)?.id;
  const read = await context.each(administrators, async ([region, found]) => {
    const state = await collectRegion(context, region, found, administrator ?? undefined);
    return [region, state] as const;
  });
  const { delegatedAdministrators } = organization;
  const registered = delegatedAdministrators?.find(({ services }) =>
    services?.includes(macieFacts.principal),
  )?.account;
  return {
    ...(administrator == null ? {} : { administrator }),
    ...(delegatedAdministrators === undefined ? {} : { registered: registered ?? null }),
    regions: Object.fromEntries(read),
  };
}

async function collectRegion(
  context: Context,
  region: RegionName,
  found: AccountId | null,
  administrator: AccountId | undefined,
): Promise<MacieRegionState> {
  const { aws, block, organization } = context;
  const isRemoved = block?.remove === true;
  const isOurs = found !== null && found === administrator;
  const how = at(context, administrator, region);
  const ask = async <T>(
    subject: string,
    wanted: boolean,
    read: () => Promise<T>,
  ): Promise<T | undefined> => (wanted ? context.attempt(`${region}/${subject}`, read) : undefined);
  const isUsable =
    administrator !== undefined && context.isRegionEnabled(administrator, region) && !isRemoved;
  const [session, configuration, members] = await Promise.all([
    ask("session", isUsable, () => readSession(aws, how)),
    ask("configuration", isOurs, () => readConfiguration(aws, how)),
    ask("members", isOurs && !isRemoved && context.tier !== "headline", () =>
      readMembers(aws, how),
    ),
  ]);
  const isWanted = (member: keyof MacieBlock): boolean =>
    session != null && !isHeadline(context) && (block === undefined || block[member] !== undefined);
  const excluded = block?.automatedDiscovery?.excludeAccounts?.length ?? 0;
  const [discovery, discoveryAccounts, exports, publication] = await Promise.all([
    ask("automatedDiscovery", isWanted("automatedDiscovery"), () => readDiscovery(aws, how)),
    ask("automatedDiscovery/accounts", isOurs && session != null && excluded > 0, () =>
      readDiscoveryAccounts(aws, how),
    ),
    ask(
      "classificationExport",
      isWanted("classificationExport") &&
        (block === undefined || block.classificationExport?.[region] !== undefined),
      () => readExport(aws, how),
    ),
    ask("publication", block !== undefined && isWanted("publishToSecurityHub"), () =>
      readPublication(aws, how),
    ),
  ]);
  const isMember = members?.[organization.managementAccountId] !== undefined;
  const management = await ask("management", !isMember && !isRemoved && !isHeadline(context), () =>
    readSession(aws, at(context, undefined, region)),
  );
  const known = Object.entries(members ?? {}).flatMap(([id, status]) =>
    status === "Removed" || status === "Resigned" ? [] : [id],
  );
  if (isOurs) known.push(found);
  known.push(organization.managementAccountId);
  const sessions = await insideOf(
    context,
    `${region}/sessions`,
    region,
    new Set(known),
    async ({ id }) => (await readSession(aws, at(context, id, region))) !== null,
  );
  return {
    administrator: found,
    ...(Object.keys(sessions).length === 0 ? {} : { sessions }),
    ...(session === undefined ? {} : { frequency: session?.frequency ?? null }),
    ...(configuration === undefined ? {} : configuration),
    ...(members === undefined ? {} : { members }),
    ...(isMember ? { managementEnabled: true } : {}),
    ...(management === undefined ? {} : { managementEnabled: management !== null }),
    ...(discovery === undefined ? {} : { discovery }),
    ...(discoveryAccounts === undefined ? {} : { discoveryAccounts }),
    ...(exports === undefined ? {} : { export: exports }),
    ...(publication === undefined ? {} : { publication }),
  };
}

function at(context: Context, account: AccountId | undefined, region: RegionName): CallOptions {
  return {
    region,
    ...(account === undefined ? {} : { account }),
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  };
}
