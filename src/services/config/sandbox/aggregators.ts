import type {
  AggregatedSourceStatus,
  ConfigurationAggregator,
  DeleteConfigurationAggregatorCommandInput,
  DeleteConfigurationAggregatorCommandOutput,
  DescribeConfigurationAggregatorSourcesStatusCommandInput,
  DescribeConfigurationAggregatorSourcesStatusCommandOutput,
  DescribeConfigurationAggregatorsCommandInput,
  DescribeConfigurationAggregatorsCommandOutput,
  PutConfigurationAggregatorCommandInput,
  PutConfigurationAggregatorCommandOutput,
} from "@aws-sdk/client-config-service";
import { configQuotas } from "../../../data/config-quotas.ts";
import { regions } from "../../../data/regions.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { iamState } from "../../iam/sandbox/state.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { configError, invalidParameter } from "./errors.ts";
import {
  administeredOrganization,
  configPrincipal,
  isInForce,
  reachedAccounts,
  useOrganization,
} from "./organization-access.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { organizationConfig, recorderOf } from "./state.ts";

const put: Served<
  PutConfigurationAggregatorCommandInput,
  PutConfigurationAggregatorCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const name = input.ConfigurationAggregatorName ?? "";
  const { AccountAggregationSources: accounts, OrganizationAggregationSource: source } = input;
  if ((accounts === undefined) === (source === undefined)) {
    throw invalidParameter("Either accounts or an organization must be given, not both.");
  }
  const { AwsRegions, AllAwsRegions } = source ?? accounts?.[0] ?? {};
  if ((AllAwsRegions === true) === (AwsRegions !== undefined && AwsRegions.length > 0)) {
    throw invalidParameter("Either AllAwsRegions or AwsRegions must be given, not both.");
  }
  if (source !== undefined) {
    const organization = administeredOrganization(context, configPrincipal);
    const role = iamState(world, caller.account).roles.get(source.RoleArn?.split("/").at(-1) ?? "");
    if (role?.arn !== source.RoleArn) {
      throw configError("InvalidRoleException", `The role ${source.RoleArn} cannot be assumed.`);
    }
    useOrganization(context, organization, configPrincipal);
  }
  const { aggregators } = organizationConfig(world, caller.account, region);
  const existing = aggregators.get(name);
  if (existing === undefined && aggregators.size >= configQuotas.aggregators) {
    throw configError("LimitExceededException", "The limit of aggregators is reached.");
  }
  const now = new Date(world.clock.now());
  const aggregator: ConfigurationAggregator = {
    ConfigurationAggregatorName: name,
    ConfigurationAggregatorArn:
      existing?.ConfigurationAggregatorArn ??
      `arn:aws:config:${region}:${caller.account}:config-aggregator/config-aggregator-${world.newId(8)}`,
    ...(accounts === undefined ? {} : { AccountAggregationSources: accounts }),
    ...(source === undefined ? {} : { OrganizationAggregationSource: source }),
    CreationTime: existing?.CreationTime ?? now,
    LastUpdatedTime: now,
  };
  aggregators.set(name, aggregator);
  return { ConfigurationAggregator: aggregator };
};

const describe: Served<
  DescribeConfigurationAggregatorsCommandInput,
  DescribeConfigurationAggregatorsCommandOutput
> = (context, input) => {
  const { world, caller, region } = context;
  const { aggregators } = organizationConfig(world, caller.account, region);
  const names = input.ConfigurationAggregatorNames ?? [];
  const found =
    names.length === 0
      ? [...aggregators.values()]
      : names.map((name) => aggregatorOf(context, name));
  const { items, ...rest } = page("aggregators", found, input, configQuotas.pageSize);
  return { ConfigurationAggregators: items, ...rest };
};

const sourcesStatus: Served<
  DescribeConfigurationAggregatorSourcesStatusCommandInput,
  DescribeConfigurationAggregatorSourcesStatusCommandOutput
> = (context, input) => {
  const aggregator = aggregatorOf(context, input.ConfigurationAggregatorName);
  const wanted = input.UpdateStatus ?? [];
  const found = sourcesOf(context, aggregator).filter(
    ({ LastUpdateStatus: status = "OUTDATED" }) => wanted.length === 0 || wanted.includes(status),
  );
  const { items, ...rest } = page("aggregator-sources", found, input, configQuotas.pageSize);
  return { AggregatedSourceStatusList: items, ...rest };
};

const remove: Served<
  DeleteConfigurationAggregatorCommandInput,
  DeleteConfigurationAggregatorCommandOutput
> = (context, input) => {
  const { ConfigurationAggregatorName: name } = aggregatorOf(
    context,
    input.ConfigurationAggregatorName,
  );
  const { world, caller, region } = context;
  organizationConfig(world, caller.account, region).aggregators.delete(name ?? "");
  return {};
};

/** An aggregator of the caller by name. Throws `NoSuchConfigurationAggregatorException`. */
export function aggregatorOf(
  { world, caller, region }: HandlerContext,
  name: string | undefined,
): ConfigurationAggregator {
  const found = organizationConfig(world, caller.account, region).aggregators.get(name ?? "");
  if (found !== undefined) return found;
  throw configError(
    "NoSuchConfigurationAggregatorException",
    "The configuration aggregator does not exist. Check the configuration aggregator name and try again.",
  );
}

/** The accounts and Regions that an aggregator gathers from; none when its access is gone. */
export function aggregatedPlaces(
  { world, caller }: HandlerContext,
  aggregator: ConfigurationAggregator,
): { readonly accounts: readonly string[]; readonly regions: readonly string[] } {
  const { OrganizationAggregationSource: source, AccountAggregationSources: sources } = aggregator;
  const { AllAwsRegions, AwsRegions } = source ?? sources?.[0] ?? {};
  const wanted = AllAwsRegions === true ? regions.list.map(({ name }) => name) : (AwsRegions ?? []);
  if (source === undefined) return { accounts: sources?.[0]?.AccountIds ?? [], regions: wanted };
  if (!isInForce(world, caller.account, configPrincipal)) return { accounts: [], regions: wanted };
  return { accounts: reachedAccounts(world, caller.account, []), regions: wanted };
}

function sourcesOf(
  context: HandlerContext,
  aggregator: ConfigurationAggregator,
): AggregatedSourceStatus[] {
  const { world, caller } = context;
  const places = aggregatedPlaces(context, aggregator);
  const organization = organizationWith(world, caller.account);
  const time = new Date(world.clock.now());
  const isOrganization = aggregator.OrganizationAggregationSource !== undefined;
  const inForce = !isOrganization || isInForce(world, caller.account, configPrincipal);
  const own: AggregatedSourceStatus[] = isOrganization
    ? [
        {
          SourceId: organization?.id ?? "Organization",
          SourceType: "ORGANIZATION",
          AwsRegion: context.region,
          LastUpdateStatus: inForce ? "SUCCEEDED" : "FAILED",
          LastUpdateTime: time,
        },
      ]
    : [];
  return [
    ...own,
    ...places.accounts.flatMap((account) =>
      places.regions.map(
        (region): AggregatedSourceStatus => ({
          SourceId: account,
          SourceType: "ACCOUNT",
          AwsRegion: region,
          LastUpdateStatus:
            recorderOf(world, account, region) === undefined ? "OUTDATED" : "SUCCEEDED",
          LastUpdateTime: time,
        }),
      ),
    ),
  ];
}

/** Operations on configuration aggregators. */
export const aggregatorHandlers: Readonly<Record<string, AnyHandler>> = {
  PutConfigurationAggregator: put,
  DescribeConfigurationAggregators: describe,
  DescribeConfigurationAggregatorSourcesStatus: sourcesStatus,
  DeleteConfigurationAggregator: remove,
};
