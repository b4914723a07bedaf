import type { CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { OrganizationAccountState } from "../../core/snapshot.ts";
import { systemsManagerFacts } from "../../data/systems-manager.ts";
import { accountsInScope } from "../kit/collect-scope.ts";
import { provenByConfig } from "../kit/config-evidence.ts";
import { selectRegions } from "../kit/scope.ts";
import type { CollectContext } from "../security-service.ts";
import { collectPatchPolicies } from "./collect-patch-policies.ts";
import { collectPatching } from "./collect-patching.ts";
import { settingValue, sourceFacet } from "./facets.ts";
import type { SystemsManagerBlock } from "./schema.ts";
import type { SettingsState, SystemsManagerState } from "./state.ts";

type Context = CollectContext<SystemsManagerBlock>;

const facts = systemsManagerFacts;

/**
 * Reads what the block speaks of, and nothing else: settings and patch baselines are of every account
 * and Region, one call each. Public sharing is not read where an organization rule proves it.
 * Without block accounts are asked for their settings in the tier `inside` alone.
 */
export async function collectSystemsManager(context: Context): Promise<SystemsManagerState> {
  const { block } = context;
  const isAsked = block !== undefined || context.tier === "inside";
  const accounts = isAsked ? accountsInScope(context, block) : [];
  const regions = selectRegions({ governedRegions: context.regions }, block ?? {}, context.regions);
  const [proven, syncs, patching, patchPolicies] = await Promise.all([
    provenBlocks(context, regions),
    readSyncs(context),
    collectPatching(context, accounts, regions),
    collectPatchPolicies(context),
  ]);
  const settings = await context.each(accounts, async ({ id }) => {
    const cells = await context.each(regions, async (region) => {
      if (!context.isRegionEnabled(id, region)) return [];
      const isProven = proven.has(`${id}/${region}`);
      return [[region, await readSettings(context, id, region, isProven)] as const];
    });
    return [id, Object.fromEntries(cells.flat())] as const;
  });
  const cells = Object.fromEntries(settings);
  return {
    settings: cells,
    provenBlocks: [...proven].sort(),
    roles: await readRoles(context, accounts, cells),
    patching,
    ...(patchPolicies === undefined ? {} : { patchPolicies }),
    ...(syncs === undefined ? {} : { syncs }),
  };
}

/** Where Config proves the block; only asked for when somebody administers Config. */
async function provenBlocks(
  context: Context,
  regions: readonly RegionName[],
): Promise<ReadonlySet<string>> {
  const { block, organization, tier } = context;
  const hasConfig = organization.delegatedAdministrators?.some(({ services }) =>
    services?.includes(facts.evidence.principal),
  );
  const isAsked =
    block === undefined
      ? tier !== "headline"
      : block.blockPublicSharing === true && block.remove !== true;
  if (hasConfig !== true || !isAsked) return new Set();
  return provenByConfig({ ...context, regions }, facts.evidence.rule);
}

async function readSettings(
  context: Context,
  account: AccountId,
  region: RegionName,
  isProven: boolean,
): Promise<SettingsState> {
  const { block } = context;
  const read = (id: string, isAsked: boolean): Promise<string | undefined> | undefined =>
    isAsked
      ? context.attempt(`${account}/${region}${id}`, async () => {
          const how = placeOf(context, account, region);
          const answer = await context.aws.call("ssm", "GetServiceSetting", { SettingId: id }, how);
          return settingValue(answer.ServiceSetting?.SettingValue);
        })
      : undefined;
  const [sharing, hosts] = await Promise.all([
    read(
      facts.publicSharingSetting,
      (block === undefined || block.blockPublicSharing === true) && !isProven,
    ),
    read(
      facts.hostManagementSetting,
      block === undefined || block.defaultHostManagement !== undefined,
    ),
  ]);
  return {
    ...(sharing === undefined ? {} : { publicSharing: sharing }),
    ...(hosts === undefined ? {} : { hostManagement: hosts }),
  };
}

/** The role of default host management, in accounts in which a Region lacks the setting. */
async function readRoles(
  context: Context,
  accounts: readonly OrganizationAccountState[],
  cells: SystemsManagerState["settings"],
): Promise<SystemsManagerState["roles"]> {
  const wanted = context.block?.defaultHostManagement;
  if (wanted?.createRole !== true || context.block?.remove === true) return {};
  const lacking = accounts.filter(({ id }) =>
    Object.values(cells[id] ?? {}).some(
      ({ hostManagement }) => hostManagement !== undefined && hostManagement !== wanted.role,
    ),
  );
  const RoleName = wanted.role.split("/").at(-1) ?? "";
  const read = await context.each(lacking, async ({ id }) => {
    const role = await context.attempt(`${id}/role`, () =>
      readRole(context, RoleName, placeOf(context, id)),
    );
    if (role === undefined) return [];
    const { exists, isBare } = role;
    return [[id, { exists, isBare }] as const];
  });
  return Object.fromEntries(read.flat());
}

/** Whether the role is there, and what is attached to it. */
export async function readRole(
  { aws }: Pick<Context, "aws">,
  RoleName: string,
  how: CallOptions,
): Promise<{ readonly exists: boolean; readonly hasPolicy: boolean; readonly isBare: boolean }> {
  try {
    const pages = aws.pages(
      "iam",
      "ListAttachedRolePolicies",
      { RoleName },
      {
        ...how,
        paging: { inputToken: "Marker", outputToken: "Marker" },
      },
    );
    let hasPolicy = false;
    let isBare = true;
    for await (const page of pages) {
      if ((page.AttachedPolicies ?? []).length > 0) isBare = false;
      hasPolicy ||= (page.AttachedPolicies ?? []).some(
        ({ PolicyName }) => PolicyName === facts.hostManagementRole.policy,
      );
    }
    return { exists: true, hasPolicy, isBare };
  } catch (error) {
    const code = error instanceof AwsError ? error.details.awsCode : undefined;
    if (code === "NoSuchEntity" || code === "NoSuchEntityException") {
      return { exists: false, hasPolicy: false, isBare: true };
    }
    throw error;
  }
}

async function readSyncs(context: Context): Promise<SystemsManagerState["syncs"]> {
  const { block, organization, homeRegion } = context;
  if (block === undefined ? context.tier === "headline" : block.explorer === undefined) {
    return undefined;
  }
  const name = block?.delegatedAdministrator;
  const registered = organization.delegatedAdministrators?.find(({ services }) =>
    services?.includes(facts.principal),
  );
  const account =
    name !== undefined
      ? context.accountNamed(name)?.id
      : ((block === undefined ? registered?.account : undefined) ??
        organization.managementAccountId);
  // An account that the plan is still to make has nothing that could be read.
  if (account === undefined) return { account: "", list: [] };
  const list = await context.attempt("resourceDataSyncs", async () => {
    const found = [];
    const how = placeOf(context, account, homeRegion);
    const input = { SyncType: "SyncFromSource", MaxResults: facts.pageSizes.resourceDataSyncs };
    for await (const page of context.aws.pages("ssm", "ListResourceDataSync", input, how)) {
      for (const { SyncName = "", SyncSource } of page.ResourceDataSyncItems ?? []) {
        found.push({ name: SyncName, source: sourceFacet(SyncSource as never) });
      }
    }
    return found;
  });
  return list === undefined ? undefined : { account, list };
}

function placeOf(context: Context, account: AccountId, region?: RegionName): CallOptions {
  return {
    account,
    ...(region === undefined ? {} : { region }),
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  };
}
