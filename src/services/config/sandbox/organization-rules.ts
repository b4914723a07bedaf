import type {
  DeleteOrganizationConfigRuleCommandInput,
  DeleteOrganizationConfigRuleCommandOutput,
  DescribeOrganizationConfigRuleStatusesCommandInput,
  DescribeOrganizationConfigRuleStatusesCommandOutput,
  DescribeOrganizationConfigRulesCommandInput,
  DescribeOrganizationConfigRulesCommandOutput,
  GetOrganizationConfigRuleDetailedStatusCommandInput,
  GetOrganizationConfigRuleDetailedStatusCommandOutput,
  GetOrganizationCustomRulePolicyCommandInput,
  GetOrganizationCustomRulePolicyCommandOutput,
  PutOrganizationConfigRuleCommandInput,
  PutOrganizationConfigRuleCommandOutput,
} from "@aws-sdk/client-config-service";
import { configQuotas } from "../../../data/config-quotas.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { configError, invalidParameter, validationFailed } from "./errors.ts";
import { scheduleRuns } from "./evaluations.ts";
import {
  administeredOrganization,
  setupPrincipal,
  useOrganization,
} from "./organization-access.ts";
import { page } from "./page.ts";
import type { Served } from "./served.ts";
import { type OrganizationRuleRecord, organizationConfig } from "./state.ts";
import { isGone, isUnderWay, memberStatuses, overallStatus } from "./statuses.ts";

const put: Served<PutOrganizationConfigRuleCommandInput, PutOrganizationConfigRuleCommandOutput> = (
  context,
  input,
) => {
  const { world, caller, region } = context;
  const organization = administeredOrganization(context, setupPrincipal);
  const name = input.OrganizationConfigRuleName ?? "";
  const {
    OrganizationManagedRuleMetadata: managed,
    OrganizationCustomRuleMetadata: custom,
    OrganizationCustomPolicyRuleMetadata: policy,
  } = input;
  const given = [managed, custom, policy].filter((it) => it !== undefined).length;
  if (given !== 1) {
    throw invalidParameter(
      "Exactly one of OrganizationManagedRuleMetadata, OrganizationCustomRuleMetadata and OrganizationCustomPolicyRuleMetadata must be given.",
    );
  }
  if (managed !== undefined && !/^[A-Z0-9_]+$/.test(managed.RuleIdentifier ?? "")) {
    throw invalidParameter(
      `The sourceIdentifier ${managed.RuleIdentifier} is invalid. Please refer to the documentation for a list of valid sourceIdentifiers that can be used when AWS is the Owner.`,
    );
  }
  if ((input.ExcludedAccounts?.length ?? 0) > configQuotas.excludedAccounts) {
    throw validationFailed("ExcludedAccounts has too many members.");
  }
  const { rules } = organizationConfig(world, caller.account, region);
  const existing = liveRules(context).find((rule) => rule.name === name);
  if (existing !== undefined && isUnderWay(world, existing)) throw inUse(name);
  if (existing === undefined && liveRules(context).length >= configQuotas.organizationRules) {
    throw configError(
      "MaxNumberOfOrganizationConfigRulesExceededException",
      "You have reached the limit of the number of organization Config rules you can create.",
    );
  }
  useOrganization(context, organization, setupPrincipal);
  const now = world.clock.now();
  const { PolicyText: policyText, ...described } = policy ?? {};
  const rule: OrganizationRuleRecord["rule"] = {
    ...(managed === undefined ? {} : { OrganizationManagedRuleMetadata: managed }),
    ...(custom === undefined ? {} : { OrganizationCustomRuleMetadata: custom }),
    ...(policy === undefined ? {} : { OrganizationCustomPolicyRuleMetadata: described }),
    ...(input.ExcludedAccounts === undefined ? {} : { ExcludedAccounts: input.ExcludedAccounts }),
  };
  scheduleRuns(world, { owner: caller.account, region, kind: "rules", name });
  if (existing !== undefined) {
    existing.rule = rule;
    existing.updatedAt = now;
    if (policyText === undefined) delete existing.policyText;
    else existing.policyText = policyText;
    return { OrganizationConfigRuleArn: existing.arn };
  }
  const suffix = world.newId(8);
  const record: OrganizationRuleRecord = {
    name,
    arn: `arn:aws:config:${region}:${caller.account}:organization-config-rule/${name}-${suffix}`,
    memberName: `OrgConfigRule-${name}-${suffix}`,
    rule,
    ...(policyText === undefined ? {} : { policyText }),
    createdAt: now,
    updatedAt: now,
  };
  rules.set(name, record);
  return { OrganizationConfigRuleArn: record.arn };
};

const describe: Served<
  DescribeOrganizationConfigRulesCommandInput,
  DescribeOrganizationConfigRulesCommandOutput
> = (context, input) => {
  administeredOrganization(context, setupPrincipal);
  const found = named(context, input.OrganizationConfigRuleNames);
  const { items, ...rest } = page("organization-rules", found, input, configQuotas.pageSize);
  return {
    OrganizationConfigRules: items.map(({ name, arn, rule, updatedAt }) => ({
      OrganizationConfigRuleName: name,
      OrganizationConfigRuleArn: arn,
      ...rule,
      LastUpdateTime: new Date(updatedAt),
    })),
    ...rest,
  };
};

const describeStatuses: Served<
  DescribeOrganizationConfigRuleStatusesCommandInput,
  DescribeOrganizationConfigRuleStatusesCommandOutput
> = (context, input) => {
  administeredOrganization(context, setupPrincipal);
  const found = named(context, input.OrganizationConfigRuleNames);
  const { items, ...rest } = page("rule-statuses", found, input, configQuotas.pageSize);
  return {
    OrganizationConfigRuleStatuses: items.map((rule) => {
      const underWay = isUnderWay(context.world, rule);
      const members = underWay ? [] : membersOf(context, rule);
      const { status, errorCode, errorMessage } = overallStatus(rule, members, underWay);
      return {
        OrganizationConfigRuleName: rule.name,
        OrganizationRuleStatus: status,
        ...(errorCode === undefined ? {} : { ErrorCode: errorCode }),
        ...(errorMessage === undefined ? {} : { ErrorMessage: errorMessage }),
        LastUpdateTime: new Date(rule.updatedAt),
      };
    }),
    ...rest,
  };
};

const detailedStatus: Served<
  GetOrganizationConfigRuleDetailedStatusCommandInput,
  GetOrganizationConfigRuleDetailedStatusCommandOutput
> = (context, input) => {
  administeredOrganization(context, setupPrincipal);
  const rule = find(context, input.OrganizationConfigRuleName);
  const { AccountId, MemberAccountRuleStatus } = input.Filters ?? {};
  const found = membersOf(context, rule)
    .filter(({ account }) => AccountId === undefined || account === AccountId)
    .filter(
      ({ status }) => MemberAccountRuleStatus === undefined || status === MemberAccountRuleStatus,
    );
  const { items, ...rest } = page(`rule-details ${rule.name}`, found, input, configQuotas.pageSize);
  return {
    OrganizationConfigRuleDetailedStatus: items.map(
      ({ account, status, errorCode, errorMessage }) => ({
        AccountId: account,
        ConfigRuleName: rule.memberName,
        MemberAccountRuleStatus: status,
        ...(errorCode === undefined ? {} : { ErrorCode: errorCode }),
        ...(errorMessage === undefined ? {} : { ErrorMessage: errorMessage }),
        LastUpdateTime: new Date(rule.updatedAt),
      }),
    ),
    ...rest,
  };
};

const customPolicy: Served<
  GetOrganizationCustomRulePolicyCommandInput,
  GetOrganizationCustomRulePolicyCommandOutput
> = (context, input) => {
  administeredOrganization(context, setupPrincipal);
  const { policyText } = find(context, input.OrganizationConfigRuleName);
  return policyText === undefined ? {} : { PolicyText: policyText };
};

const remove: Served<
  DeleteOrganizationConfigRuleCommandInput,
  DeleteOrganizationConfigRuleCommandOutput
> = (context, input) => {
  administeredOrganization(context, setupPrincipal);
  const rule = find(context, input.OrganizationConfigRuleName);
  if (isUnderWay(context.world, rule)) throw inUse(rule.name);
  rule.deletedAt = context.world.clock.now();
  return {};
};

function liveRules({ world, caller, region }: HandlerContext): readonly OrganizationRuleRecord[] {
  const { rules } = organizationConfig(world, caller.account, region);
  for (const [name, rule] of rules) if (isGone(world, rule)) rules.delete(name);
  return [...rules.values()];
}

function named(
  context: HandlerContext,
  names: readonly string[] | undefined,
): readonly OrganizationRuleRecord[] {
  if (names === undefined || names.length === 0) return liveRules(context);
  return names.map((name) => find(context, name));
}

function find(context: HandlerContext, name: string | undefined): OrganizationRuleRecord {
  const rule = liveRules(context).find((candidate) => candidate.name === name);
  if (rule !== undefined) return rule;
  throw configError(
    "NoSuchOrganizationConfigRuleException",
    `No Organization Config Rule with name: ${name} found in your Organization.`,
  );
}

function membersOf(
  { world, caller, region }: HandlerContext,
  rule: OrganizationRuleRecord,
): ReturnType<typeof memberStatuses> {
  return memberStatuses(world, caller.account, region, rule, rule.rule.ExcludedAccounts ?? []);
}

function inUse(name: string): Error {
  return configError(
    "ResourceInUseException",
    `Organization Config Rule ${name} is being created, updated or deleted. Try again later.`,
  );
}

/** Operations on organization rules. */
export const organizationRuleHandlers: Readonly<Record<string, AnyHandler>> = {
  PutOrganizationConfigRule: put,
  DescribeOrganizationConfigRules: describe,
  DescribeOrganizationConfigRuleStatuses: describeStatuses,
  GetOrganizationConfigRuleDetailedStatus: detailedStatus,
  GetOrganizationCustomRulePolicy: customPolicy,
  DeleteOrganizationConfigRule: remove,
};
