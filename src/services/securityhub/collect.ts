import type { CallOptions } from "../../aws/aws.ts";
import type { AccountId, RegionName } from "../../core/identifiers.ts";
import { isJsonObject, type Json } from "../../core/json.ts";
import type { OrganizationState } from "../../core/snapshot.ts";
import { securityHubFacts } from "../../data/securityhub.ts";
import { insideOf } from "../kit/coverage.ts";
import { isHeadline } from "../kit/tier.ts";
import type { CollectContext } from "../security-service.ts";
import {
  readAdministrator,
  readAggregator,
  readAggregatorV2,
  readAssociations,
  readConfiguration,
  readHub,
  readHubV2,
  readMembers,
  readPolicies,
  readPolicyContent,
} from "./reads.ts";
import type { SecurityHubBlock } from "./schema.ts";
import type { RegionHubState, SecurityHubState } from "./state.ts";

type Context = CollectContext<SecurityHubBlock>;

/**
 * Reads Security Hub: the administrator of every Region first, then from the administrator what it
 * configures. Members are only read where each Region is on its own: central configuration is told
 * by its policies and associations, which are a call or two for any number of accounts.
 */
export async function collectSecurityHub(context: Context): Promise<SecurityHubState> {
  const { organization, block } = context;
  const home = block?.homeRegion ?? context.homeRegion;
  // Administrators are designated by the management account, in Regions that it has enabled.
  const regions = [...new Set([home, ...context.regions])].filter((region) =>
    context.isRegionEnabled(organization.managementAccountId, region),
  );
  const listed = await context.each(regions, async (region) => {
    const administrator = await context.attempt(`${region}/administrator`, () =>
      readAdministrator(context.aws, at(context, undefined, region), "SecurityHub"),
    );
    return administrator === undefined ? undefined : ([region, administrator] as const);
  });
  const administrators = new Map(listed.filter((one) => one !== undefined));
  const named =
    block?.delegatedAdministrator === undefined
      ? undefined
      : context.accountNamed(block.delegatedAdministrator)?.id;
  const administrator =
    named ??
    (block?.delegatedAdministrator === undefined
      ? [...administrators.values()].find((one) => one !== null)
      : undefined);
  const registered = organization.delegatedAdministrators?.find(({ services }) =>
    services?.includes(securityHubFacts.principal),
  )?.account;
  const central =
    administrator == null ? {} : await collectCentral(context, administrator, home, administrators);
  const read = await context.each([...administrators], async ([region, found]) => {
    const state = await collectRegion(context, region, found, administrator, central);
    return [region, state] as const;
  });
  const v2 = await collectV2(context, administrator, home);
  const replaced = await collectReplaced(context, administrators.get(home), named, home);
  return {
    ...(administrator == null ? {} : { administrator }),
    ...(organization.delegatedAdministrators === undefined
      ? {}
      : { registered: registered ?? null }),
    regions: Object.fromEntries(
      read.map(([region, state]) => [
        region,
        region === home && central.configuration !== undefined
          ? { ...state, configuration: central.configuration }
          : state,
      ]),
    ),
    ...without(central, "configuration"),
    ...v2,
    ...(replaced === undefined ? {} : { replaced }),
    ...competing(organization),
  };
}

type Central = Pick<SecurityHubState, "hub" | "aggregator" | "policies" | "associations"> &
  Pick<RegionHubState, "configuration">;

async function collectCentral(
  context: Context,
  administrator: string,
  home: RegionName,
  administrators: ReadonlyMap<RegionName, string | null>,
): Promise<Central> {
  const { aws } = context;
  const how = at(context, administrator, home);
  const [hub, aggregator, configuration] = await Promise.all([
    context.attempt(`${home}/hub`, () => readHub(aws, how)),
    context.attempt(`${home}/aggregator`, () => readAggregator(aws, how)),
    administrators.get(home) === administrator
      ? context.attempt(`${home}/configuration`, () => readConfiguration(aws, how))
      : undefined,
  ]);
  const found: Central = {
    ...(hub === undefined ? {} : { hub }),
    ...(aggregator === undefined ? {} : { aggregator }),
    ...(configuration === undefined ? {} : { configuration }),
  };
  const isCentral =
    configuration?.configurationType === "CENTRAL" && configuration.status === "ENABLED";
  if (!isCentral) return found;
  const [list, associations] = await Promise.all([
    context.attempt(`${home}/policies`, () => readPolicies(aws, how)),
    context.attempt(`${home}/associations`, () => readAssociations(aws, how)),
  ]);
  const wanted = context.block?.policies?.map(({ name }) => name);
  const policies =
    list &&
    (await context.each(list, async (policy) => {
      // The content of a policy that the file does not have is nobody's concern.
      if (wanted !== undefined && !wanted.includes(policy.name)) return policy;
      const content = await context.attempt(`${home}/policies/${policy.name}`, () =>
        readPolicyContent(aws, how, policy.id),
      );
      return content === undefined ? policy : { ...policy, content };
    }));
  return {
    ...found,
    ...(policies === undefined ? {} : { policies }),
    ...(associations === undefined ? {} : { associations }),
  };
}

async function collectRegion(
  context: Context,
  region: RegionName,
  found: string | null,
  administrator: string | null | undefined,
  central: Central,
): Promise<RegionHubState> {
  const { aws, organization, block } = context;
  const isOurs = found !== null && found === administrator;
  const how = at(context, administrator ?? undefined, region);
  const isCentral = central.configuration?.configurationType === "CENTRAL";
  const asksLocal = block?.configuration === "local" || (block === undefined && !isCentral);
  const [configuration, members] =
    isOurs && asksLocal
      ? await Promise.all([
          context.attempt(`${region}/configuration`, () => readConfiguration(aws, how)),
          block?.remove === true || context.tier === "headline"
            ? undefined
            : context.attempt(`${region}/members`, () => readMembers(aws, how)),
        ])
      : [undefined, undefined];
  // AWS does not enable the management account: it must do so itself.
  const isMember = members?.[organization.managementAccountId] === "Enabled";
  const managementHub =
    isMember || block?.remove === true || isHeadline(context)
      ? undefined
      : await context.attempt(`${region}/managementHub`, () =>
          readHub(aws, at(context, undefined, region)),
        );
  const known = Object.entries(members ?? {}).flatMap(([id, state]) =>
    state === "Enabled" ? [id] : [],
  );
  if (found !== null) known.push(found);
  known.push(organization.managementAccountId);
  const hubs = await insideOf(context, `${region}/hubs`, region, new Set(known), ({ id }) =>
    readHub(aws, at(context, id, region)),
  );
  return {
    administrator: found,
    ...(Object.keys(hubs).length === 0 ? {} : { hubs }),
    ...(configuration === undefined ? {} : { configuration }),
    ...(members === undefined ? {} : { members }),
    ...(isMember ? { managementHub: true } : {}),
    ...(managementHub === undefined ? {} : { managementHub }),
  };
}

/** What the administrator that is to be replaced has set up for the organization. */
async function collectReplaced(
  context: Context,
  now: AccountId | null | undefined,
  named: AccountId | undefined,
  home: RegionName,
): Promise<SecurityHubState["replaced"]> {
  const { aws, block } = context;
  if (now == null || now === named || block?.delegatedAdministrator === undefined) return undefined;
  const how = at(context, now, home);
  const [configuration, aggregator] = await Promise.all([
    context.attempt(`${home}/replaced/configuration`, () => readConfiguration(aws, how)),
    context.attempt(`${home}/replaced/aggregator`, () => readAggregator(aws, how)),
  ]);
  return {
    administrator: now,
    ...(configuration === undefined ? {} : { configurationType: configuration.configurationType }),
    ...(aggregator == null ? {} : { home: aggregator.home }),
  };
}

async function collectV2(
  context: Context,
  administrator: string | null | undefined,
  home: RegionName,
): Promise<Pick<SecurityHubState, "v2">> {
  const { aws, block, organization } = context;
  if (block !== undefined && block.v2 === undefined) return {};
  const found = await context.attempt(`${home}/v2/administrator`, () =>
    readAdministrator(aws, at(context, undefined, home), "SecurityHubV2"),
  );
  const how = administrator == null ? undefined : at(context, administrator, home);
  const hub =
    how === undefined
      ? undefined
      : await context.attempt(`${home}/v2/hub`, () => readHubV2(aws, how));
  const aggregator =
    how === undefined || hub !== true
      ? undefined
      : await context.attempt(`${home}/v2/aggregator`, () => readAggregatorV2(aws, how));
  const policies = attached(organization, "SECURITYHUB_POLICY");
  const { resourcePolicy } = organization;
  return {
    v2: {
      ...(found === undefined ? {} : { administrator: found }),
      ...(hub === undefined ? {} : { hub }),
      ...(hub === false ? { aggregator: null } : {}),
      ...(aggregator === undefined ? {} : { aggregator }),
      ...(policies === undefined ? {} : { policies }),
      ...(resourcePolicy === undefined
        ? {}
        : { isDelegated: isDelegated(resourcePolicy?.content) }),
    },
  };
}

function competing(organization: OrganizationState): Pick<SecurityHubState, "competingPolicies"> {
  const competingPolicies = attached(organization, "SECURITYHUB_CSPM_POLICY");
  return competingPolicies === undefined ? {} : { competingPolicies };
}

/** Names of attached policies of a type; `undefined`: not read. */
function attached(organization: OrganizationState, type: string): readonly string[] | undefined {
  return organization.policies
    ?.filter((policy) => policy.type === type && policy.targets?.length !== 0)
    .map(({ name }) => name);
}

/** Whether a delegation policy speaks of Security Hub's policies. */
function isDelegated(content: string | undefined): boolean {
  if (content === undefined) return false;
  try {
    const document: Json = JSON.parse(content);
    return isJsonObject(document) && JSON.stringify(document).includes("SECURITYHUB_POLICY");
  } catch {
    return false;
  }
}

function at(context: Context, account: string | undefined, region: RegionName): CallOptions {
  return {
    region,
    ...(account === undefined ? {} : { account }),
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  };
}

function without<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = value;
  return rest;
}
