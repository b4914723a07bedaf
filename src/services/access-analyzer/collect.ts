import type { AccountId, RegionName } from "../../core/identifiers.ts";
import { insideOf } from "../kit/coverage.ts";
import { isHeadline } from "../kit/tier.ts";
import type { CollectContext } from "../security-service.ts";
import type { AccessAnalyzerBlock } from "./schema.ts";
import type { AccessAnalyzerState, AnalyzerState, ArchiveRuleState } from "./state.ts";

/**
 * Reads the organization's analyzers from the account that has them: the block's administrator,
 * else the registered one, else the management account. One call a Region, and one for the archive
 * rules of each analyzer.
 */
export async function collectAccessAnalyzer(
  context: CollectContext<AccessAnalyzerBlock>,
): Promise<AccessAnalyzerState> {
  const { organization, block } = context;
  const named =
    block?.delegatedAdministrator === undefined
      ? undefined
      : context.accountNamed(block.delegatedAdministrator)?.id;
  const registered = organization.delegatedAdministrators?.find(({ services }) =>
    services?.includes("access-analyzer.amazonaws.com"),
  )?.account;
  const account = named ?? registered ?? organization.managementAccountId;
  // An account that the plan is still to make has nothing that could be read.
  if (block?.delegatedAdministrator !== undefined && named === undefined) {
    return { account: "", regions: {} };
  }
  const regions = context.regions.filter((region) => context.isRegionEnabled(account, region));
  const read = await context.each(regions, async (region) => {
    const analyzers = await readAnalyzers(context, account, region);
    if (analyzers === undefined) return [];
    const isCovered = analyzers.some(({ type }) => type === "ORGANIZATION");
    const own = isCovered
      ? {}
      : await insideOf(context, `${region}/own`, region, new Set(), ({ id }) =>
          hasOwnAnalyzer(context, id, region),
        );
    return [[region, { analyzers, ...(Object.keys(own).length === 0 ? {} : { own }) }] as const];
  });
  return { account, regions: Object.fromEntries(read.flat()) };
}

/** Whether an account analyzes its own external access. Throws `AwsError`. */
async function hasOwnAnalyzer(
  { aws, signal }: CollectContext<AccessAnalyzerBlock>,
  account: AccountId,
  region: RegionName,
): Promise<boolean> {
  const how = { account, region, ...(signal === undefined ? {} : { signal }) };
  const input = { type: "ACCOUNT" as const };
  for await (const { analyzers = [] } of aws.pages(
    "access-analyzer",
    "ListAnalyzers",
    input,
    how,
  )) {
    if (analyzers.some(({ status }) => status === "ACTIVE")) return true;
  }
  return false;
}

async function readAnalyzers(
  context: CollectContext<AccessAnalyzerBlock>,
  account: AccountId,
  region: RegionName,
): Promise<readonly AnalyzerState[] | undefined> {
  const how = {
    account,
    region,
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  };
  const list = await context.attempt(`${region}/analyzers`, async () => {
    const found: Omit<AnalyzerState, "archiveRules">[] = [];
    for await (const page of context.aws.pages("access-analyzer", "ListAnalyzers", {}, how)) {
      for (const one of page.analyzers ?? []) {
        if (!one.type?.startsWith("ORGANIZATION") || one.name === undefined) continue;
        const age = one.configuration?.unusedAccess?.unusedAccessAge;
        found.push({
          name: one.name,
          arn: one.arn ?? "",
          type: one.type,
          status: one.status ?? "",
          ...(one.statusReason?.code === undefined ? {} : { statusReason: one.statusReason.code }),
          ...(age === undefined ? {} : { unusedAccessAge: age }),
        });
      }
    }
    return found;
  });
  if (list === undefined) return undefined;
  if (isHeadline(context)) return list;
  return context.each(list, async (analyzer) => {
    const rules = await context.attempt(
      `${region}/analyzers/${analyzer.name}/archiveRules`,
      async () => {
        const found: ArchiveRuleState[] = [];
        const input = { analyzerName: analyzer.name };
        for await (const page of context.aws.pages(
          "access-analyzer",
          "ListArchiveRules",
          input,
          how,
        )) {
          for (const { ruleName, filter } of page.archiveRules ?? []) {
            found.push({
              name: ruleName ?? "",
              filter: (filter ?? {}) as ArchiveRuleState["filter"],
            });
          }
        }
        return found.sort((a, b) => (a.name < b.name ? -1 : 1));
      },
    );
    return { ...analyzer, ...(rules === undefined ? {} : { archiveRules: rules }) };
  });
}
