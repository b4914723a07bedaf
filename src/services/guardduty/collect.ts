import type { CallOptions } from "../../aws/aws.ts";
import type { AccountId, RegionName } from "../../core/identifiers.ts";
import { canonicalJson } from "../../core/json.ts";
import { guardDutyFacts } from "../../data/guardduty-facts.ts";
import { inBatches } from "../kit/batches.ts";
import { insideOf } from "../kit/coverage.ts";
import { isHeadline } from "../kit/tier.ts";
import type { CollectContext } from "../security-service.ts";
import { collectDestinations, collectLists } from "./collect-extras.ts";
import { readStatistics } from "./collect-statistics.ts";
import { type AutoEnable, managedFeatures, readFlags, readSettings } from "./features.ts";
import type { GuardDutyBlock } from "./schema.ts";
import type { DetectorState, GuardDutyState, MemberGroup, RegionRead } from "./state.ts";

type Context = CollectContext<GuardDutyBlock>;

/**
 * Reads GuardDuty Region by Region: the administrator, its detector and configuration, its members
 * in pages of 50, and the features of those that are enabled in batches of 50, where the block asks
 * for features. The management account is asked for its detector only while it is no member.
 */
export async function collectGuardDuty(context: Context): Promise<GuardDutyState> {
  const { organization } = context;
  const management = organization.managementAccountId;
  const regions = context.regions.filter((region) => context.isRegionEnabled(management, region));
  const types = organization.root.policyTypes;
  const read = await context.each(regions, async (region) => {
    const found = await readRegion(context, region);
    return found === undefined ? [] : [[region, found] as const];
  });
  return {
    policyType: types.some(
      ({ type, status }) => type === "GUARDDUTY_POLICY" && status === "ENABLED",
    ),
    regions: Object.fromEntries(read.flat()),
  };
}

async function readRegion(context: Context, region: RegionName): Promise<RegionRead | undefined> {
  const { aws, block, organization } = context;
  const management = organization.managementAccountId;
  const how = placeIn(context, region);
  const administrator = await context.attempt(`${region}/administrator`, async () => {
    const { AdminAccounts = [] } = await aws.call(
      "guardduty",
      "ListOrganizationAdminAccounts",
      {},
      how(management),
    );
    return AdminAccounts[0]?.AdminAccountId ?? null;
  });
  if (administrator === undefined) return undefined;
  if (isHeadline(context)) return readHeadline(context, region, administrator);
  const wanted =
    block === undefined ? undefined : context.accountNamed(block.delegatedAdministrator)?.id;
  const asked = new Set([administrator, wanted].filter((id) => typeof id === "string"));
  const detectors: Record<AccountId, DetectorState | null> = {};
  for (const account of asked) {
    if (!context.isRegionEnabled(account, region)) continue;
    const detector = await readDetector(context, region, account);
    if (detector !== undefined) detectors[account] = detector;
  }
  const own = administrator === null ? null : detectors[administrator];
  if (administrator === null || own === null || own === undefined) {
    const detector = await readDetectorId(context, region, management);
    if (detector !== undefined) detectors[management] = detector;
    return {
      administrator,
      detectors: {
        ...detectors,
        ...(await readOthers(context, region, new Set([...asked, management]))),
      },
    };
  }
  const place = how(administrator);
  const isStaying = block === undefined || administrator === wanted;
  const configuration = await readOrganization(context, region, own.id, place);
  const members = await readMembers(context, region, own.id, place, isStaying);
  const isMember = members?.some(
    ({ relationship, accounts }) => relationship === "Enabled" && accounts.includes(management),
  );
  if ((isMember !== true || !isStaying) && administrator !== management) {
    const detector = await readDetectorId(context, region, management);
    if (detector !== undefined) detectors[management] = detector;
  }
  const alone = await readOthers(
    context,
    region,
    new Set([
      ...Object.keys(detectors),
      ...(members ?? []).flatMap((it) =>
        ["Enabled", "Disabled"].includes(it.relationship) ? it.accounts : [],
      ),
    ]),
  );
  const destinations = await collectDestinations(context, region, own.id, place);
  // What lists say is nobody's question but the file's.
  const lists =
    block === undefined ? undefined : await collectLists(context, region, own.id, place);
  return {
    administrator,
    detectors: { ...detectors, ...alone },
    ...(configuration === undefined ? {} : { organization: configuration }),
    ...(members === undefined ? {} : { members }),
    ...(destinations === undefined ? {} : { destinations }),
    ...(lists === undefined ? {} : { lists }),
  };
}

function placeIn(context: Context, region: RegionName): (account: AccountId) => CallOptions {
  const { organization, signal } = context;
  return (account) => ({
    // The management account's own calls need no role.
    ...(account === organization.managementAccountId ? {} : { account }),
    region,
    ...(signal === undefined ? {} : { signal }),
  });
}

/** Detectors of accounts that the administrator knows nothing of, when the tier asks for them. */
function readOthers(
  context: Context,
  region: RegionName,
  known: ReadonlySet<AccountId>,
): Promise<Readonly<Record<AccountId, DetectorState | null>>> {
  const { aws } = context;
  return insideOf(context, `${region}/detectors`, region, known, async ({ id: account }) => {
    const how = placeIn(context, region)(account);
    const { DetectorIds = [] } = await aws.call("guardduty", "ListDetectors", {}, how);
    const [DetectorId] = DetectorIds;
    if (DetectorId === undefined) return null;
    const { Status } = await aws.call("guardduty", "GetDetector", { DetectorId }, how);
    return { id: DetectorId, enabled: Status === "ENABLED" };
  });
}

async function readDetectorId(
  context: Context,
  region: RegionName,
  account: AccountId,
): Promise<DetectorState | null | undefined> {
  const how = placeIn(context, region)(account);
  return context.attempt(`${region}/detectors/${account}`, async () => {
    const { DetectorIds = [] } = await context.aws.call("guardduty", "ListDetectors", {}, how);
    const [id] = DetectorIds;
    if (id === undefined) return null;
    // A plan makes it a member, which enables it; without a block it is asked whether it is on.
    if (context.block !== undefined) return { id, enabled: true };
    const input = { DetectorId: id };
    const { Status } = await context.aws.call("guardduty", "GetDetector", input, how);
    return { id, enabled: Status === "ENABLED" };
  });
}

async function readDetector(
  context: Context,
  region: RegionName,
  account: AccountId,
): Promise<DetectorState | null | undefined> {
  const how = placeIn(context, region)(account);
  const ids = await context.attempt(`${region}/detectors/${account}`, async () => {
    const { DetectorIds = [] } = await context.aws.call("guardduty", "ListDetectors", {}, how);
    return DetectorIds;
  });
  if (ids === undefined) return undefined;
  const [id] = ids;
  if (id === undefined) return null;
  return context.attempt(`${region}/detectors/${account}/settings`, async () => {
    const read = await context.aws.call("guardduty", "GetDetector", { DetectorId: id }, how);
    return {
      id,
      enabled: read.Status === "ENABLED",
      frequency: read.FindingPublishingFrequency ?? "",
      features: readFlags(read.Features),
      managed: managedFeatures(read.Features),
    };
  });
}

/** By the administrator alone: how it treats accounts, and how many have GuardDuty on. */
async function readHeadline(
  context: Context,
  region: RegionName,
  administrator: AccountId | null,
): Promise<RegionRead> {
  if (administrator === null) return { administrator, detectors: {} };
  const place = placeIn(context, region)(administrator);
  const ids = await context.attempt(`${region}/detectors/${administrator}`, async () => {
    const { DetectorIds = [] } = await context.aws.call("guardduty", "ListDetectors", {}, place);
    return DetectorIds;
  });
  if (ids === undefined) return { administrator, detectors: {} };
  const [id] = ids;
  if (id === undefined) return { administrator, detectors: { [administrator]: null } };
  const [organization, statistics] = await Promise.all([
    readOrganization(context, region, id, place),
    readStatistics(context, region, place),
  ]);
  return {
    administrator,
    detectors: {},
    ...(organization === undefined ? {} : { organization }),
    ...(statistics === undefined ? {} : { statistics }),
  };
}

async function readOrganization(
  context: Context,
  region: RegionName,
  DetectorId: string,
  how: CallOptions,
): Promise<RegionRead["organization"]> {
  return context.attempt(`${region}/organizationConfiguration`, async () => {
    const read = await context.aws.call(
      "guardduty",
      "DescribeOrganizationConfiguration",
      { DetectorId },
      how,
    );
    return {
      autoEnable: read.AutoEnableOrganizationMembers ?? (read.AutoEnable === true ? "NEW" : "NONE"),
      features: readSettings<AutoEnable>(
        read.Features,
        ({ AutoEnable }) => AutoEnable as AutoEnable,
      ),
      limitReached: read.MemberAccountLimitReached === true,
    };
  });
}

async function readMembers(
  context: Context,
  region: RegionName,
  DetectorId: string,
  how: CallOptions,
  isStaying: boolean,
): Promise<readonly MemberGroup[] | undefined> {
  const { aws, block } = context;
  const found = await context.attempt(`${region}/members`, async () => {
    const members = new Map<AccountId, string>();
    const input = { DetectorId, OnlyAssociated: "false", MaxResults: guardDutyFacts.pageSize };
    for await (const { Members = [] } of aws.pages("guardduty", "ListMembers", input, how)) {
      for (const { AccountId, RelationshipStatus } of Members) {
        if (AccountId !== undefined) members.set(AccountId, RelationshipStatus ?? "");
      }
    }
    return members;
  });
  if (found === undefined) return undefined;
  const wantsFeatures = block === undefined || block.features !== undefined;
  const enabled = [...found].filter(([, status]) => status === "Enabled").map(([id]) => id);
  const batches = isStaying && wantsFeatures ? inBatches(enabled, guardDutyFacts.batchSize) : [];
  const details = await context.each(batches, (AccountIds) =>
    context.attempt(`${region}/memberFeatures/${AccountIds[0]}`, async () => {
      const input = { DetectorId, AccountIds: [...AccountIds] };
      const read = await aws.call("guardduty", "GetMemberDetectors", input, how);
      return read.MemberDataSourceConfigurations ?? [];
    }),
  );
  const features = new Map(
    details.flatMap((batch) => batch ?? []).map((one) => [one.AccountId ?? "", one.Features ?? []]),
  );
  return grouped(
    [...found].map(([account, relationship]) => {
      const own = features.get(account);
      const managed = managedFeatures(own);
      return {
        account,
        relationship,
        ...(own === undefined ? {} : { features: readFlags(own) }),
        ...(managed.length === 0 ? {} : { managed }),
      };
    }),
  );
}

/** Members with the same words in one entry: a thousand accounts are mostly alike. */
function grouped(
  members: readonly (Omit<MemberGroup, "accounts"> & { readonly account: AccountId })[],
): readonly MemberGroup[] {
  const groups = new Map<string, { group: Omit<MemberGroup, "accounts">; accounts: AccountId[] }>();
  for (const { account, ...group } of members) {
    const key = canonicalJson(group);
    const entry = groups.get(key) ?? { group, accounts: [] };
    entry.accounts.push(account);
    groups.set(key, entry);
  }
  return [...groups]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { group, accounts }]) => ({ ...group, accounts: accounts.sort() }));
}
