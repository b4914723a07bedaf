import type { CallOptions } from "../../aws/aws.ts";
import type { AccountId, RegionName } from "../../core/identifiers.ts";
import { inspectorFacts } from "../../data/inspector2-facts.ts";
import { inBatches } from "../kit/batches.ts";
import { insideOf } from "../kit/coverage.ts";
import type { CollectContext } from "../security-service.ts";
import { effectiveInspectorPolicies } from "./policies.ts";
import type { InspectorBlock, ScanName } from "./schema.ts";
import type { InspectorState, RegionRead, StatusGroup } from "./state.ts";
import { scansOn } from "./statuses.ts";

type Context = CollectContext<InspectorBlock>;

/**
 * Reads Inspector Region by Region: the administrator, its configuration, and the status of all
 * accounts in batches of 100. An account that is not associated with the administrator is one that
 * it has no access to, so that the members need not be listed.
 */
export async function collectInspector(context: Context): Promise<InspectorState> {
  const { organization } = context;
  const management = organization.managementAccountId;
  const regions = context.regions.filter((region) => context.isRegionEnabled(management, region));
  const read = await context.each(regions, async (region) => {
    const found = await readRegion(context, region);
    return found === undefined ? [] : [[region, found] as const];
  });
  return {
    policies: effectiveInspectorPolicies(organization),
    regions: Object.fromEntries(read.flat()),
  };
}

async function readRegion(context: Context, region: RegionName): Promise<RegionRead | undefined> {
  const { aws, accounts, block, signal } = context;
  const place = { region, ...(signal === undefined ? {} : { signal }) };
  const administrator = await context.attempt(`${region}/administrator`, async () => {
    const { delegatedAdminAccounts = [] } = await aws.call(
      "inspector2",
      "ListDelegatedAdminAccounts",
      {},
      place,
    );
    return delegatedAdminAccounts[0]?.accountId ?? null;
  });
  if (administrator === undefined) return undefined;
  const wanted =
    block === undefined ? undefined : context.accountNamed(block.delegatedAdministrator)?.id;
  const usable = accounts
    .map(({ id }) => id)
    .filter((id) => context.isRegionEnabled(id, region))
    .sort();
  const isStaying = administrator !== null && (block === undefined || administrator === wanted);
  if (!isStaying) {
    // Another administrator's members are of no use to the wanted one, which knows itself alone.
    const asked = wanted === undefined || !usable.includes(wanted) ? [] : [wanted];
    const own =
      asked.length === 0 ? [] : await readStatuses(context, region, asked, asked[0] ?? "");
    const former =
      administrator === null ? [] : await readStatuses(context, region, usable, administrator);
    return {
      administrator,
      ...(await readOwn(context, region, new Set())),
      ...(own === undefined ? {} : { statuses: grouped(own) }),
      ...(administrator === null || former === undefined
        ? {}
        : { unassociated: unassociatedOf(former) }),
    };
  }
  const how = { ...place, account: administrator };
  const organization = await context.attempt(`${region}/organizationConfiguration`, async () => {
    const read = await aws.call("inspector2", "DescribeOrganizationConfiguration", {}, how);
    const on = inspectorFacts.scanTypes
      .map(({ name }) => name)
      .filter((name) => read.autoEnable?.[name] === true);
    return { autoEnable: on, limitReached: read.maxAccountLimitReached === true };
  });
  const found =
    context.tier === "headline"
      ? undefined
      : await readStatuses(context, region, usable, administrator);
  const alone = new Set(found === undefined ? [] : unassociatedOf(found));
  const known = new Set(usable.filter((id) => !alone.has(id)));
  return {
    administrator,
    ...organization,
    ...(found === undefined
      ? {}
      : { statuses: grouped(found), unassociated: unassociatedOf(found) }),
    ...(await readOwn(context, region, known)),
    ...(await readSettings(context, region, how)),
  };
}

/** Scan types that are on, by account; `undefined` of those that the administrator cannot reach. */
type Found = readonly (readonly [AccountId, readonly ScanName[] | undefined])[];

async function readStatuses(
  context: Context,
  region: RegionName,
  ids: readonly AccountId[],
  administrator: AccountId,
): Promise<Found | undefined> {
  const { aws, signal } = context;
  const how = {
    account: administrator,
    region,
    ...(signal === undefined ? {} : { signal }),
  };
  const batches = await context.each(inBatches(ids, inspectorFacts.batchSize), (accountIds) =>
    context.attempt(`${region}/statuses/${accountIds[0]}`, async (): Promise<Found> => {
      const input = { accountIds: [...accountIds] };
      const read = await aws.call("inspector2", "BatchGetAccountStatus", input, {
        ...how,
        idempotent: true,
      });
      return [
        ...(read.accounts ?? []).map((one) => [one.accountId ?? "", scansOn(one)] as const),
        ...(read.failedAccounts ?? [])
          .filter(({ errorCode }) => errorCode === "ACCESS_DENIED")
          .map(({ accountId }) => [accountId ?? "", undefined] as const),
      ];
    }),
  );
  // Half an answer would be taken for the whole.
  return batches.includes(undefined) ? undefined : batches.flatMap((batch) => batch ?? []);
}

function grouped(found: Found): readonly StatusGroup[] {
  const groups = new Map<string, { on: readonly ScanName[]; accounts: AccountId[] }>();
  for (const [account, on] of found) {
    if (on === undefined) continue;
    const group = groups.get(on.join()) ?? { on, accounts: [] };
    group.accounts.push(account);
    groups.set(on.join(), group);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { on, accounts }]) => ({ on, accounts: accounts.sort() }));
}

function unassociatedOf(found: Found): readonly AccountId[] {
  return found
    .filter(([, on]) => on === undefined)
    .map(([account]) => account)
    .sort();
}

/** What accounts scan that no administrator knows of, when the tier asks for it. */
async function readOwn(
  context: Context,
  region: RegionName,
  known: ReadonlySet<AccountId>,
): Promise<Pick<RegionRead, "own">> {
  const { aws, signal } = context;
  const own = await insideOf(context, `${region}/own`, region, known, async ({ id: account }) => {
    const how = { account, region, ...(signal === undefined ? {} : { signal }) };
    const input = { accountIds: [account] };
    const read = await aws.call("inspector2", "BatchGetAccountStatus", input, {
      ...how,
      idempotent: true,
    });
    const [status] = read.accounts ?? [];
    return status === undefined ? [] : scansOn(status);
  });
  return Object.keys(own).length === 0 ? {} : { own };
}

/** How the administrator scans, as far as the block asks for it. */
async function readSettings(
  context: Context,
  region: RegionName,
  how: CallOptions,
): Promise<Pick<RegionRead, "configuration" | "paths">> {
  const { aws, block } = context;
  const wantsConfiguration =
    block?.ec2ScanMode !== undefined || block?.ecrRescanDuration !== undefined;
  const configuration = wantsConfiguration
    ? await context.attempt(`${region}/configuration`, async () => {
        const read = await aws.call("inspector2", "GetConfiguration", {}, how);
        return {
          ec2ScanMode: read.ec2Configuration?.scanModeState?.scanMode ?? "",
          ecrRescanDuration: read.ecrConfiguration?.rescanDurationState?.rescanDuration ?? "",
        };
      })
    : undefined;
  const wantsPaths = block?.deepInspectionPaths !== undefined;
  const paths = wantsPaths
    ? await context.attempt(`${region}/deepInspection`, async () => {
        const read = await aws.call("inspector2", "GetEc2DeepInspectionConfiguration", {}, how);
        return [...(read.orgPackagePaths ?? [])].sort();
      })
    : undefined;
  return {
    ...(configuration === undefined ? {} : { configuration }),
    ...(paths === undefined ? {} : { paths }),
  };
}
