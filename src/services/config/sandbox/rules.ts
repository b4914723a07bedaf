import type {
  ComplianceType,
  ConfigRule,
  DescribeAggregateComplianceByConfigRulesCommandInput,
  DescribeAggregateComplianceByConfigRulesCommandOutput,
  DescribeComplianceByConfigRuleCommandInput,
  DescribeComplianceByConfigRuleCommandOutput,
  DescribeConfigRulesCommandInput,
  DescribeConfigRulesCommandOutput,
} from "@aws-sdk/client-config-service";
import { configQuotas } from "../../../data/config-quotas.ts";
import type { AnyHandler } from "../../../sandbox/service.ts";
import { aggregatedPlaces, aggregatorOf } from "./aggregators.ts";
import { configError } from "./errors.ts";
import { ruleFinding } from "./evaluations.ts";
import { memberRules } from "./member-rules.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";

/** Rules of a page of DescribeConfigRules, which takes no size. */
const rulesPerPage = 25;

const describeRules: Served<DescribeConfigRulesCommandInput, DescribeConfigRulesCommandOutput> = (
  { world, caller, region },
  input,
) => {
  const all = memberRules(world, caller.account, region);
  const names = input.ConfigRuleNames ?? [];
  const missing = names.find((name) => !all.some((rule) => rule.name === name));
  if (missing !== undefined) throw noSuchRule(missing);
  const wanted = names.length === 0 ? all : all.filter(({ name }) => names.includes(name));
  const { items, ...rest } = page("rules", wanted, { NextToken: input.NextToken }, rulesPerPage);
  return {
    ConfigRules: items.map(
      (rule): ConfigRule => ({
        ConfigRuleName: rule.name,
        ConfigRuleArn: `arn:aws:config:${region}:${caller.account}:config-rule/config-rule-${rule.name.slice(-8)}`,
        ConfigRuleId: `config-rule-${rule.name.slice(-8)}`,
        Source:
          rule.identifier === undefined
            ? { Owner: "CUSTOM_POLICY" }
            : { Owner: "AWS", SourceIdentifier: rule.identifier },
        InputParameters: JSON.stringify(rule.parameters),
        ConfigRuleState: "ACTIVE",
        CreatedBy: rule.createdBy,
      }),
    ),
    ...rest,
  };
};

const describeCompliance: Served<
  DescribeComplianceByConfigRuleCommandInput,
  DescribeComplianceByConfigRuleCommandOutput
> = ({ world, caller, region }, input) => {
  const names = input.ConfigRuleNames ?? [];
  const types = input.ComplianceTypes ?? [];
  const found = memberRules(world, caller.account, region)
    .filter(({ name }) => names.length === 0 || names.includes(name))
    .map((rule) => ({
      ConfigRuleName: rule.name,
      Compliance: { ComplianceType: ruleFinding(world, caller.account, region, rule) },
    }))
    .filter(({ Compliance }) => types.length === 0 || types.includes(Compliance.ComplianceType));
  const { items, ...rest } = page("compliance", found, { NextToken: input.NextToken }, 100);
  return { ComplianceByConfigRules: items, ...rest };
};

const aggregateCompliance: Served<
  DescribeAggregateComplianceByConfigRulesCommandInput,
  DescribeAggregateComplianceByConfigRulesCommandOutput
> = (context, input) => {
  const { world } = context;
  const aggregator = aggregatorOf(context, input.ConfigurationAggregatorName);
  const { ConfigRuleName, ComplianceType, AccountId, AwsRegion } = input.Filters ?? {};
  const places = aggregatedPlaces(context, aggregator);
  const regions = places.regions.filter((it) => AwsRegion === undefined || it === AwsRegion);
  const found = places.accounts
    .filter((it) => AccountId === undefined || it === AccountId)
    .flatMap((account) =>
      regions.flatMap((region) =>
        memberRules(world, account, region)
          .filter(({ name }) => ConfigRuleName === undefined || name === ConfigRuleName)
          .map((rule) => ({
            ConfigRuleName: rule.name,
            Compliance: complianceOf(ruleFinding(world, account, region, rule)),
            AccountId: account,
            AwsRegion: region,
          })),
      ),
    )
    .filter(
      ({ Compliance }) =>
        ComplianceType === undefined || Compliance.ComplianceType === ComplianceType,
    );
  const list = `aggregate-compliance ${JSON.stringify(input.Filters ?? {})}`;
  const { items, ...rest } = page(list, found, input, configQuotas.compliancePageSize);
  return { AggregateComplianceByConfigRules: items, ...rest };
};

function complianceOf(type: ComplianceType): {
  readonly ComplianceType: ComplianceType;
  readonly ComplianceContributorCount?: { CappedCount: number; CapExceeded: boolean };
} {
  return type === "NON_COMPLIANT"
    ? {
        ComplianceType: type,
        ComplianceContributorCount: { CappedCount: 1, CapExceeded: false },
      }
    : { ComplianceType: type };
}

function noSuchRule(name: string): Error {
  return configError(
    "NoSuchConfigRuleException",
    `The ConfigRule '${name}' provided in the request is invalid. Please check the configRule name`,
  );
}

/** Operations on rules in accounts, and on what aggregators gather of them. */
export const ruleHandlers: Readonly<Record<string, AnyHandler>> = {
  DescribeConfigRules: describeRules,
  DescribeComplianceByConfigRule: describeCompliance,
  DescribeAggregateComplianceByConfigRules: aggregateCompliance,
};
