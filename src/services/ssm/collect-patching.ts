import { ouPathKey } from "../../core/desired.ts";
import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { OrganizationAccountState } from "../../core/snapshot.ts";
import { systemsManagerFacts } from "../../data/systems-manager.ts";
import type { CollectContext } from "../security-service.ts";
import { readContent } from "./facets.ts";
import type { SystemsManagerBlock } from "./schema.ts";
import type { PatchBaselineState, PatchState, SystemsManagerState } from "./state.ts";

type Context = CollectContext<SystemsManagerBlock>;

const MaxResults = systemsManagerFacts.pageSizes.patchBaselines;

/** Reads patch baselines in the accounts and Regions that the file has some for. */
export async function collectPatching(
  context: Context,
  accounts: readonly OrganizationAccountState[],
  regions: readonly RegionName[],
): Promise<SystemsManagerState["patching"]> {
  const blocks = Object.values(context.block?.patchBaselines ?? {});
  const paths = pathsOf(context);
  const read = await context.each(accounts, async (account) => {
    const wanted = blocks.filter(
      ({ accounts: names = [], organizationalUnits = [] }) =>
        names.some((name) => context.accountNamed(name)?.id === account.id) ||
        paths(account).some((path) => organizationalUnits.includes(path)),
    );
    const where = regions.filter(
      (region) =>
        context.isRegionEnabled(account.id, region) &&
        wanted.some((one) => one.regions === undefined || one.regions.includes(region)),
    );
    const cells = await context.each(where, async (region) => [
      region,
      await readCell(context, account.id, region),
    ]);
    return [account.id, Object.fromEntries(cells) as Record<RegionName, PatchState>] as const;
  });
  return Object.fromEntries(read.filter(([, cells]) => Object.keys(cells).length > 0));
}

async function readCell(
  context: Context,
  account: AccountId,
  region: RegionName,
): Promise<PatchState> {
  const { aws, block, signal } = context;
  const how = { account, region, ...(signal === undefined ? {} : { signal }) };
  const at = `${account}/${region}`;
  const groups = context.attempt(`${at}/patchGroups`, async () => {
    const found = [];
    for await (const page of aws.pages("ssm", "DescribePatchGroups", { MaxResults }, how)) {
      for (const { PatchGroup = "", BaselineIdentity: one } of page.Mappings ?? []) {
        const { BaselineId: baselineId = "", OperatingSystem: operatingSystem = "" } = one ?? {};
        found.push({ group: PatchGroup, baselineId, operatingSystem });
      }
    }
    return found;
  });
  const own = await listBaselines(context, "Self", account, region);
  const baselines = await context.each(own ?? [], async (one): Promise<PatchBaselineState> => {
    if (block?.patchBaselines?.[one.name]?.operatingSystem !== one.operatingSystem) return one;
    const content = await context.attempt(`${at}/patchBaselines/${one.name}`, async () =>
      readContent(await aws.call("ssm", "GetPatchBaseline", { BaselineId: one.id }, how)),
    );
    return content === undefined ? one : { ...one, content };
  });
  const isLeaving = baselines.some(
    ({ name, isDefault }) =>
      isDefault && (block?.remove === true || block?.patchBaselines?.[name]?.remove === true),
  );
  const awsOwn = isLeaving ? await listBaselines(context, "AWS", account, region) : undefined;
  const known = await groups;
  return {
    ...(own === undefined ? {} : { baselines }),
    ...(known === undefined ? {} : { groups: known }),
    ...(awsOwn === undefined ? {} : { awsBaselines: byDefaultName(awsOwn) }),
  };
}

/** Patch baselines that an account made, or that AWS did; `undefined` when they cannot be read. */
export async function listBaselines(
  context: Context,
  owner: "Self" | "AWS",
  account: AccountId,
  region: RegionName,
): Promise<PatchBaselineState[] | undefined> {
  const { aws, signal } = context;
  const how = { account, region, ...(signal === undefined ? {} : { signal }) };
  const subject = owner === "AWS" ? "awsPatchBaselines" : "patchBaselines";
  return context.attempt(`${account}/${region}/${subject}`, async () => {
    const found: PatchBaselineState[] = [];
    const input = { Filters: [{ Key: "OWNER", Values: [owner] }], MaxResults };
    for await (const page of aws.pages("ssm", "DescribePatchBaselines", input, how)) {
      for (const one of page.BaselineIdentities ?? []) {
        found.push({
          id: one.BaselineId ?? "",
          name: one.BaselineName ?? "",
          operatingSystem: one.OperatingSystem ?? "",
          isDefault: one.DefaultBaseline ?? false,
        });
      }
    }
    return found;
  });
}

/** AWS's own patch baselines that are the default at first, by operating system. */
export function byDefaultName(
  list: readonly PatchBaselineState[],
): Readonly<Record<string, string>> {
  const { awsBaselines } = systemsManagerFacts;
  return Object.fromEntries(
    list
      .filter(({ name, operatingSystem }) => awsBaselines[operatingSystem] === name)
      .map(({ operatingSystem, id }) => [operatingSystem, id]),
  );
}

/** Paths of the units above an account, and `Root`, as the organization is now. */
function pathsOf({ organization }: Context): (account: OrganizationAccountState) => string[] {
  const units = new Map(organization.organizationalUnits.map((unit) => [unit.id, unit]));
  return ({ parentId }) => {
    const names: string[] = [];
    for (let unit = units.get(parentId); unit !== undefined; unit = units.get(unit.parentId)) {
      names.unshift(unit.name);
    }
    return ["Root", ...names.map((_, depth) => ouPathKey(names.slice(0, depth + 1)))];
  };
}
