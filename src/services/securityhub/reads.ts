import type { Aws, CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { AccountId, RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import type {
  AggregatorState,
  ConfigurationPolicyState,
  OrganizationConfigurationState,
} from "./state.ts";

/** The feature of `EnableOrganizationAdminAccount` and its like. */
export type Feature = "SecurityHub" | "SecurityHubV2";

/** The administrator in a Region; `null`: none. Called in the management account. */
export async function readAdministrator(
  aws: Aws,
  how: CallOptions,
  feature: Feature,
): Promise<AccountId | null> {
  const input = feature === "SecurityHub" ? {} : { Feature: feature };
  for await (const page of aws.pages("securityhub", "ListOrganizationAdminAccounts", input, how)) {
    for (const { AccountId, Status } of page.AdminAccounts ?? []) {
      if (AccountId !== undefined && Status !== "DISABLE_IN_PROGRESS") return AccountId;
    }
  }
  return null;
}

/** How the organization is set up in a Region. */
export async function readConfiguration(
  aws: Aws,
  how: CallOptions,
): Promise<OrganizationConfigurationState> {
  const found = await aws.call("securityhub", "DescribeOrganizationConfiguration", {}, how);
  return {
    autoEnable: found.AutoEnable ?? false,
    autoEnableStandards: found.AutoEnableStandards ?? "DEFAULT",
    configurationType: found.OrganizationConfiguration?.ConfigurationType ?? "LOCAL",
    status: found.OrganizationConfiguration?.Status ?? "ENABLED",
    limitReached: found.MemberAccountLimitReached ?? false,
  };
}

/** Members of the administrator in a Region, by account: their states. */
export async function readMembers(
  aws: Aws,
  how: CallOptions,
): Promise<Readonly<Record<AccountId, string>>> {
  const members: Record<AccountId, string> = {};
  const input = { OnlyAssociated: false, MaxResults: 50 };
  for await (const page of aws.pages("securityhub", "ListMembers", input, how)) {
    for (const { AccountId, MemberStatus } of page.Members ?? []) {
      if (AccountId !== undefined) members[AccountId] = MemberStatus ?? "";
    }
  }
  return members;
}

/** Whether the account has a hub in the Region. */
export async function readHub(aws: Aws, how: CallOptions): Promise<boolean> {
  return (
    (await unlessAbsent(
      () => aws.call("securityhub", "DescribeHub", {}, how),
      ["InvalidAccessException", "ResourceNotFoundException"],
    )) !== undefined
  );
}

/** Whether the account has Security Hub V2 in the Region. */
export async function readHubV2(aws: Aws, how: CallOptions): Promise<boolean> {
  return (
    (await unlessAbsent(
      () => aws.call("securityhub", "DescribeSecurityHubV2", {}, how),
      ["ResourceNotFoundException"],
    )) !== undefined
  );
}

/** The account's finding aggregator; `null`: none. */
export async function readAggregator(aws: Aws, how: CallOptions): Promise<AggregatorState | null> {
  const list = await unlessAbsent(
    () => aws.call("securityhub", "ListFindingAggregators", {}, how),
    ["InvalidAccessException"],
  );
  const arn = list?.FindingAggregators?.[0]?.FindingAggregatorArn;
  if (arn === undefined) return null;
  const home = homeOf(arn);
  const found = await aws.call(
    "securityhub",
    "GetFindingAggregator",
    { FindingAggregatorArn: arn },
    how,
  );
  return {
    arn,
    home: found.FindingAggregationRegion ?? home,
    linking: found.RegionLinkingMode ?? "",
    regions: [...(found.Regions ?? [])].sort(),
  };
}

/** The account's aggregator of V2; `null`: none. */
export async function readAggregatorV2(
  aws: Aws,
  how: CallOptions,
): Promise<AggregatorState | null> {
  const list = await aws.call("securityhub", "ListAggregatorsV2", {}, how);
  const arn = list.AggregatorsV2?.[0]?.AggregatorV2Arn;
  if (arn === undefined) return null;
  const found = await aws.call("securityhub", "GetAggregatorV2", { AggregatorV2Arn: arn }, how);
  return {
    arn,
    home: found.AggregationRegion ?? homeOf(arn),
    linking: found.RegionLinkingMode ?? "",
    regions: [...(found.LinkedRegions ?? [])].sort(),
  };
}

/** Configuration policies, without their contents. */
export async function readPolicies(
  aws: Aws,
  how: CallOptions,
): Promise<readonly Omit<ConfigurationPolicyState, "content">[]> {
  const found: Omit<ConfigurationPolicyState, "content">[] = [];
  for await (const page of aws.pages("securityhub", "ListConfigurationPolicies", {}, how)) {
    for (const { Id = "", Name = "", Description } of page.ConfigurationPolicySummaries ?? []) {
      found.push({ id: Id, name: Name, description: Description ?? "" });
    }
  }
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The content of a configuration policy, as plain JSON. */
export async function readPolicyContent(
  aws: Aws,
  how: CallOptions,
  id: string,
): Promise<JsonObject> {
  const { ConfigurationPolicy } = await aws.call(
    "securityhub",
    "GetConfigurationPolicy",
    { Identifier: id },
    how,
  );
  return JSON.parse(JSON.stringify(ConfigurationPolicy?.SecurityHub ?? {})) as JsonObject;
}

/** Associations that were applied to targets directly: the configuration by target. */
export async function readAssociations(
  aws: Aws,
  how: CallOptions,
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  const input = { Filters: { AssociationType: "APPLIED" as const } };
  for await (const page of aws.pages(
    "securityhub",
    "ListConfigurationPolicyAssociations",
    input,
    how,
  )) {
    for (const one of page.ConfigurationPolicyAssociationSummaries ?? []) {
      if (one.TargetId !== undefined) found[one.TargetId] = one.ConfigurationPolicyId ?? "";
    }
  }
  return found;
}

/** What a read gives; `undefined` when AWS says by one of these exceptions that nothing is there. */
export async function unlessAbsent<T>(
  read: () => Promise<T>,
  exceptions: readonly string[],
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    const code = error instanceof AwsError ? error.details.awsCode : undefined;
    if (code !== undefined && exceptions.includes(code)) return undefined;
    throw error;
  }
}

function homeOf(arn: string): RegionName {
  return arn.split(":")[3] ?? "";
}
