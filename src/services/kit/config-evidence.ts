import type { Aws, CallOptions } from "../../aws/aws.ts";
import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { OrganizationState } from "../../core/snapshot.ts";
import { configFacts } from "../../data/config.ts";
import { configQuotas } from "../../data/config-quotas.ts";

/** What the look for evidence is given; a service's collect context has all of it. */
export interface EvidenceContext {
  readonly aws: Aws;
  readonly signal?: AbortSignal;
  readonly organization: OrganizationState;
  readonly homeRegion: RegionName;
  /** Regions of interest. */
  readonly regions: readonly RegionName[];
  isRegionEnabled(account: AccountId, region: RegionName): boolean;
  attempt<T>(subject: string, read: () => Promise<T>): Promise<T | undefined>;
  each<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]>;
}

/**
 * The accounts and Regions, as `account/region`, that an organization rule finds compliant, by the
 * organization's aggregator in the account that administers Config. Two calls a Region, however
 * many accounts there are (one page holds a thousand), in place of one call for each of them.
 *
 * What is not in the set is not known: the rule or the aggregator may be missing, a read may have
 * failed, or Config may not have evaluated yet. Evidence is as old as the rule's last run.
 *
 * @param identifier of the managed rule, such as `EC2_EBS_ENCRYPTION_BY_DEFAULT`
 * @see https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeAggregateComplianceByConfigRules.html
 */
export async function provenByConfig(
  context: EvidenceContext,
  identifier: string,
): Promise<ReadonlySet<string>> {
  const account = administratorOf(context.organization);
  if (account === undefined) return new Set();
  const how = { account, ...(context.signal === undefined ? {} : { signal: context.signal }) };
  const aggregator = await context.attempt("configEvidence/aggregator", () =>
    organizationAggregator(context.aws, { ...how, region: context.homeRegion }),
  );
  if (aggregator === undefined || aggregator === null) return new Set();
  const regions = context.regions.filter((region) => context.isRegionEnabled(account, region));
  const proven = await context.each(regions, async (region) => {
    const found = await context.attempt(`configEvidence/${identifier}/${region}`, async () => {
      const names = await ruleNames(context.aws, { ...how, region }, identifier);
      const places: string[] = [];
      for (const name of names) {
        const where = { ...how, region: context.homeRegion };
        places.push(...(await compliantPlaces(context.aws, where, aggregator, name, region)));
      }
      return places;
    });
    return found ?? [];
  });
  return new Set(proven.flat());
}

/** Whether somebody administers Config in the organization, so that evidence may be there. */
export function isConfigAdministered({ delegatedAdministrators }: OrganizationState): boolean {
  const { config } = configFacts.principals;
  return delegatedAdministrators?.some(({ services }) => services?.includes(config)) === true;
}

/** The account that administers both organization rules and aggregators. */
function administratorOf({
  delegatedAdministrators,
  managementAccountId,
}: OrganizationState): AccountId | undefined {
  const { config, multiAccountSetup } = configFacts.principals;
  if (delegatedAdministrators === undefined) return undefined;
  const delegated = delegatedAdministrators.find(
    ({ services }) => services?.includes(config) && services.includes(multiAccountSetup),
  );
  return delegated?.account ?? managementAccountId;
}

/** Name of an aggregator of the whole organization and all Regions; `null`: there is none. */
async function organizationAggregator(aws: Aws, how: CallOptions): Promise<string | null> {
  const whole = { ...how, shared: true };
  const pages = aws.pages("config", "DescribeConfigurationAggregators", {}, whole);
  for await (const page of pages) {
    const found = page.ConfigurationAggregators?.find(
      ({ OrganizationAggregationSource: source }) => source?.AllAwsRegions === true,
    );
    if (found?.ConfigurationAggregatorName !== undefined) return found.ConfigurationAggregatorName;
  }
  return null;
}

/** Names that organization rules of an identifier have in the accounts of a Region. */
async function ruleNames(
  aws: Aws,
  how: CallOptions,
  identifier: string,
): Promise<readonly string[]> {
  const names: string[] = [];
  const pages = aws.pages(
    "config",
    "DescribeOrganizationConfigRules",
    {},
    { ...how, shared: true },
  );
  for await (const page of pages) {
    for (const rule of page.OrganizationConfigRules ?? []) {
      const metadata = rule.OrganizationManagedRuleMetadata;
      // With parameters of its own a rule may ask for less than the identifier promises.
      if (metadata?.RuleIdentifier !== identifier || metadata.InputParameters !== undefined)
        continue;
      const tail = rule.OrganizationConfigRuleArn?.split("/").at(-1);
      if (tail !== undefined) names.push(`OrgConfigRule-${tail}`);
    }
  }
  return names;
}

async function compliantPlaces(
  aws: Aws,
  how: CallOptions,
  aggregator: string,
  rule: string,
  region: RegionName,
): Promise<readonly string[]> {
  const places: string[] = [];
  const input = {
    ConfigurationAggregatorName: aggregator,
    Filters: { ConfigRuleName: rule, AwsRegion: region, ComplianceType: "COMPLIANT" as const },
    Limit: configQuotas.compliancePageSize,
  };
  const pages = aws.pages("config", "DescribeAggregateComplianceByConfigRules", input, how);
  for await (const page of pages) {
    for (const one of page.AggregateComplianceByConfigRules ?? []) {
      // The filter is AWS's; what it lets through is looked at all the same.
      if (one.Compliance?.ComplianceType !== "COMPLIANT" || one.AwsRegion !== region) continue;
      if (one.AccountId !== undefined) places.push(`${one.AccountId}/${region}`);
    }
  }
  return places;
}

/** IAM actions that the look needs. */
export const configEvidencePermissions: readonly string[] = [
  "config:DescribeAggregateComplianceByConfigRules",
  "config:DescribeConfigurationAggregators",
  "config:DescribeOrganizationConfigRules",
];
