import type { CallOptions } from "../../aws/aws.ts";
import { cloudtrailFacts } from "../../data/cloudtrail-facts.ts";
import type { CollectContext } from "../security-service.ts";
import { collectBucket } from "./collect-bucket.ts";
import { collectForCoverage } from "./collect-for-coverage.ts";
import {
  readInsights,
  readKey,
  readLogGroup,
  readLogsRole,
  readTrailTags,
  selectorsState,
  settingsState,
  statusState,
} from "./read.ts";
import type { CloudTrailBlock } from "./schema.ts";
import type { CloudTrailState, TrailState } from "./state.ts";

type Context = CollectContext<CloudTrailBlock>;

/**
 * Reads the management account's trails, which the organization's are among, and what the block's
 * trails write to: a dozen calls, however many accounts and Regions there are.
 */
export async function collectCloudTrail(context: Context): Promise<CloudTrailState> {
  const { block, organization } = context;
  const region = block?.region ?? context.homeRegion;
  const home = how(context, { region });
  const named = new Set(block?.trails.flatMap(({ name, adopt }) => [name, adopt ?? name]));
  const trails = await collectTrails(
    context,
    home,
    (name) => block === undefined || named.has(name),
  );
  const state: CloudTrailState = {
    account: organization.managementAccountId,
    ...(trails === undefined ? {} : { trails }),
  };
  if (block === undefined) return { ...state, ...(await collectForCoverage(context, state, home)) };
  const [archive, logs] = await Promise.all([
    collectArchive(context, block, region),
    collectLogs(context, block, home),
  ]);
  return { ...state, ...archive, ...logs };
}

/** How calls are made: in the caller's own account unless another is given. */
function how(context: Context, place: CallOptions): CallOptions {
  return { ...place, ...(context.signal === undefined ? {} : { signal: context.signal }) };
}

async function collectTrails(
  context: Context,
  home: CallOptions,
  isWanted: (name: string) => boolean,
): Promise<readonly TrailState[] | undefined> {
  const { aws } = context;
  const described = await context.attempt("trails", async () => {
    const { trailList = [] } = await aws.call("cloudtrail", "DescribeTrails", {}, home);
    return trailList;
  });
  const listed = await context.attempt("trailNames", async () => {
    const found: { readonly arn: string; readonly name: string; readonly home: string }[] = [];
    for await (const page of aws.pages("cloudtrail", "ListTrails", {}, home)) {
      for (const { TrailARN = "", Name = "", HomeRegion = "" } of page.Trails ?? []) {
        found.push({ arn: TrailARN, name: Name, home: HomeRegion });
      }
    }
    return found;
  });
  if (described === undefined || listed === undefined) return undefined;
  const tags = await collectTags(
    context,
    described.flatMap(({ TrailARN, Name = "", HomeRegion }) =>
      isWanted(Name) && HomeRegion === home.region ? (TrailARN ?? []) : [],
    ),
    home,
  );
  return context.each(
    listed.sort((a, b) => (a.arn < b.arn ? -1 : 1)),
    async ({ arn, name, home: homeRegion }): Promise<TrailState> => {
      const seen = described.find(({ TrailARN }) => TrailARN === arn);
      const bare = { name, arn, homeRegion };
      if (!isWanted(name)) {
        return seen === undefined ? bare : { ...bare, settings: settingsState(seen) };
      }
      const place = { ...home, region: homeRegion };
      const settings =
        seen === undefined
          ? await context.attempt(`trails/${name}`, async () => {
              const { Trail = {} } = await aws.call("cloudtrail", "GetTrail", { Name: arn }, place);
              return Trail;
            })
          : seen;
      const [status, selectors, insights, own] = await Promise.all([
        context.attempt(`trails/${name}/status`, () =>
          aws.call("cloudtrail", "GetTrailStatus", { Name: arn }, place),
        ),
        context.attempt(`trails/${name}/selectors`, async () =>
          selectorsState(
            await aws.call("cloudtrail", "GetEventSelectors", { TrailName: arn }, place),
          ),
        ),
        settings?.HasInsightSelectors === false
          ? []
          : context.attempt(`trails/${name}/insights`, () => readInsights(context.aws, arn, place)),
        tags?.get(arn) ??
          (tags !== undefined && homeRegion === home.region
            ? undefined
            : (await collectTags(context, [arn], place))?.get(arn)),
      ]);
      return {
        ...bare,
        ...(settings === undefined ? {} : { settings: settingsState(settings) }),
        ...(settings?.SnsTopicARN === undefined ? {} : { snsTopic: settings.SnsTopicARN }),
        ...(status?.IsLogging === undefined ? {} : statusState(status)),
        ...(selectors === undefined ? {} : { selectors }),
        ...(insights === undefined ? {} : { insights }),
        ...(own === undefined ? {} : { tags: own }),
      };
    },
  );
}

async function collectTags(
  context: Context,
  arns: readonly string[],
  place: CallOptions,
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>> | undefined> {
  if (arns.length === 0) return new Map();
  return context.attempt("trailTags", async () => {
    const all = new Map<string, Readonly<Record<string, string>>>();
    for (let start = 0; start < arns.length; start += cloudtrailFacts.listTagsBatch) {
      const batch = arns.slice(start, start + cloudtrailFacts.listTagsBatch);
      for (const [arn, tags] of await readTrailTags(context.aws, batch, place)) all.set(arn, tags);
    }
    return all;
  });
}

/** The bucket and the key, in the account that holds them; nothing of one still to be made. */
async function collectArchive(
  context: Context,
  block: CloudTrailBlock,
  region: string,
): Promise<Pick<CloudTrailState, "bucket" | "key">> {
  const { logArchive } = block;
  const account = context.accountNamed(logArchive.account)?.id;
  if (!logArchive.manage || account === undefined) return {};
  const isOwn = account === context.organization.managementAccountId;
  const place = how(context, { region, ...(isOwn ? {} : { account }) });
  const { alias } = logArchive.key ?? {};
  const [bucket, key] = await Promise.all([
    collectBucket(context, logArchive, place),
    alias === undefined
      ? undefined
      : context.attempt("key", () => readKey(context.aws, `alias/${alias}`, place)),
  ]);
  return {
    ...(bucket === undefined ? {} : { bucket }),
    ...(key === undefined ? {} : { key }),
  };
}

async function collectLogs(
  context: Context,
  block: CloudTrailBlock,
  home: CallOptions,
): Promise<Pick<CloudTrailState, "logGroups" | "roles">> {
  const wanted = block.trails.flatMap(({ cloudWatchLogs }) => cloudWatchLogs ?? []);
  const groups = [...new Set(wanted.map(({ logGroup }) => logGroup))];
  const roles = [...new Set(wanted.map(({ role }) => role))];
  if (groups.length === 0) return {};
  const entries = async <T>(
    names: readonly string[],
    kind: string,
    read: (name: string) => Promise<T>,
  ): Promise<Record<string, T>> => {
    const found = await context.each(names, async (name) => {
      const value = await context.attempt(`${kind}/${name}`, () => read(name));
      return value === undefined ? [] : [[name, value] as const];
    });
    return Object.fromEntries(found.flat());
  };
  const { region: _, ...global } = home;
  return {
    logGroups: await entries(groups, "logGroups", (name) => readLogGroup(context.aws, name, home)),
    roles: await entries(roles, "roles", (name) => readLogsRole(context.aws, name, global)),
  };
}
