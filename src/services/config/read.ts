import type { Aws, CallOptions } from "../../aws/aws.ts";
import { AwsError } from "../../aws/aws-error.ts";
import type { AccountId, RegionName } from "../../core/identifiers.ts";
import { canonicalJson, isJsonObject, type JsonObject } from "../../core/json.ts";
import { configFacts } from "../../data/config.ts";
import { packFacet, ruleFacet } from "./organization-facets.ts";
import { channelFacet, recorderFacet } from "./recorder-facet.ts";
import type { BucketState, PlaceState } from "./state.ts";

/** Whether AWS answered with one of these exceptions. */
export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof AwsError && codes.includes(error.details.awsCode ?? "");
}

/** What a read gives, or `null` for exceptions that say that there is nothing. */
export async function orNull<T>(
  codes: readonly string[],
  read: () => Promise<T>,
): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (isCode(error, ...codes)) return null;
    throw error;
  }
}

/** The recorder of a place; `null` when there is none. Throws `AwsError`. */
export async function readRecorder(aws: Aws, how: CallOptions): Promise<JsonObject | null> {
  const answer = await aws.call("config", "DescribeConfigurationRecorders", {}, how);
  const own = answer.ConfigurationRecorders?.find((it) => it.servicePrincipal === undefined);
  return own === undefined ? null : recorderFacet(own);
}

/** Whether the recorder of a place records. Throws `AwsError`. */
export async function readRecording(aws: Aws, how: CallOptions): Promise<boolean> {
  const answer = await aws.call("config", "DescribeConfigurationRecorderStatus", {}, how);
  return (
    answer.ConfigurationRecordersStatus?.some(
      ({ recording, servicePrincipal }) => recording === true && servicePrincipal === undefined,
    ) === true
  );
}

/** The channel of a place; `null` when there is none. Throws `AwsError`. */
export async function readChannel(aws: Aws, how: CallOptions): Promise<JsonObject | null> {
  const answer = await aws.call("config", "DescribeDeliveryChannels", {}, how);
  const [channel] = answer.DeliveryChannels ?? [];
  return channel === undefined ? null : channelFacet(channel);
}

/** A place, by three calls; by one where there is no recorder and nothing else matters. */
export async function readPlace(
  aws: Aws,
  account: AccountId,
  region: RegionName,
  how: CallOptions,
  depth: "whole" | "recorder",
): Promise<PlaceState> {
  const where = { ...how, account, region };
  const recorder = await readRecorder(aws, where);
  if (depth === "recorder") {
    const recording = recorder !== null && (await readRecording(aws, where));
    return { account, region, recorder, recording, channel: null };
  }
  return {
    account,
    region,
    recorder,
    recording: recorder !== null && (await readRecording(aws, where)),
    channel: await readChannel(aws, where),
  };
}

/** The days for which a place keeps what it recorded; `null`: AWS's default. */
export async function readRetention(aws: Aws, how: CallOptions): Promise<number | null> {
  const answer = await aws.call("config", "DescribeRetentionConfigurations", {}, how);
  return answer.RetentionConfigurations?.[0]?.RetentionPeriodInDays ?? null;
}

/** Whether an account has the role that is linked to Config. */
export async function readLinkedRole(aws: Aws, how: CallOptions): Promise<boolean> {
  const input = { RoleName: configFacts.serviceLinkedRole.name };
  return (await orNull(missingRole, () => aws.call("iam", "GetRole", input, how))) !== null;
}

const missingRole = ["NoSuchEntityException", "NoSuchEntity"];

/** The role of the aggregator, and whether it has the policy by which it lists accounts. */
export async function readAggregatorRole(
  aws: Aws,
  RoleName: string,
  how: CallOptions,
): Promise<{ readonly arn: string; readonly attached: boolean } | null> {
  const found = await orNull(missingRole, () => aws.call("iam", "GetRole", { RoleName }, how));
  if (found === null) return null;
  const PolicyName = configFacts.aggregatorPolicy.name;
  const policy = await orNull(missingRole, () =>
    aws.call("iam", "GetRolePolicy", { RoleName, PolicyName }, how),
  );
  const wanted = JSON.parse(configFacts.aggregatorPolicy.document) as unknown;
  const text = decodeURIComponent(policy?.PolicyDocument ?? "null");
  return {
    arn: found.Role?.Arn ?? "",
    attached: canonicalJson(JSON.parse(text)) === canonicalJson(wanted),
  };
}

/** The organization aggregator of a name; `null` when there is none. */
export async function readAggregator(
  aws: Aws,
  name: string,
  how: CallOptions,
): Promise<JsonObject | null> {
  const found = await orNull(["NoSuchConfigurationAggregatorException"], () =>
    aws.call(
      "config",
      "DescribeConfigurationAggregators",
      { ConfigurationAggregatorNames: [name] },
      how,
    ),
  );
  const aggregator = found?.ConfigurationAggregators?.[0];
  if (aggregator === undefined) return null;
  const source = aggregator.OrganizationAggregationSource;
  return {
    organization: source !== undefined,
    role: source?.RoleArn ?? "",
    allRegions: source?.AllAwsRegions === true,
  };
}

/** The caller's aggregator of the organization, the widest if there are several; `null`: none. */
export async function readAnyAggregator(aws: Aws, how: CallOptions): Promise<JsonObject | null> {
  const found: JsonObject[] = [];
  for await (const page of aws.pages("config", "DescribeConfigurationAggregators", {}, how)) {
    for (const { OrganizationAggregationSource: source } of page.ConfigurationAggregators ?? []) {
      if (source === undefined) continue;
      const allRegions = source.AllAwsRegions === true;
      found.push({ organization: true, role: source.RoleArn ?? "", allRegions });
    }
  }
  return found.find(({ allRegions }) => allRegions === true) ?? found[0] ?? null;
}

/** Organization rules of the caller in a Region; texts of custom policies for the named ones. */
export async function readRules(
  aws: Aws,
  how: CallOptions,
  withText: (name: string) => boolean,
): Promise<Readonly<Record<string, JsonObject>>> {
  const found: Record<string, JsonObject> = {};
  const pages = aws.pages(
    "config",
    "DescribeOrganizationConfigRules",
    {},
    { ...how, shared: true },
  );
  for await (const page of pages) {
    for (const rule of page.OrganizationConfigRules ?? []) {
      const name = rule.OrganizationConfigRuleName ?? "";
      const isCustom = rule.OrganizationCustomPolicyRuleMetadata !== undefined;
      const text = isCustom && withText(name) ? await readPolicy(aws, name, how) : undefined;
      found[name] = ruleFacet(rule, text);
    }
  }
  return found;
}

/** The text of an organization rule's custom policy. */
export async function readPolicy(
  aws: Aws,
  OrganizationConfigRuleName: string,
  how: CallOptions,
): Promise<string> {
  const input = { OrganizationConfigRuleName };
  const answer = await aws.call("config", "GetOrganizationCustomRulePolicy", input, how);
  return answer.PolicyText ?? "";
}

/** Organization conformance packs of the caller in a Region. */
export async function readPacks(
  aws: Aws,
  how: CallOptions,
): Promise<Readonly<Record<string, JsonObject>>> {
  const found: Record<string, JsonObject> = {};
  const pages = aws.pages("config", "DescribeOrganizationConformancePacks", {}, how);
  for await (const page of pages) {
    for (const pack of page.OrganizationConformancePacks ?? []) {
      found[pack.OrganizationConformancePackName ?? ""] = packFacet(pack);
    }
  }
  return found;
}

/** The bucket that recorders deliver to; `null`: there is none of that name. */
export async function readBucket(
  aws: Aws,
  Bucket: string,
  how: CallOptions,
): Promise<BucketState | "taken" | null> {
  try {
    const head = await orNull(["NotFound", "NoSuchBucket"], () =>
      aws.call("s3", "HeadBucket", { Bucket }, how),
    );
    if (head === null) return null;
    const region = head.BucketRegion ?? how.region ?? aws.region;
    const where = { ...how, region };
    const policy = await orNull(["NoSuchBucketPolicy"], () =>
      aws.call("s3", "GetBucketPolicy", { Bucket }, where),
    );
    const block = await orNull(["NoSuchPublicAccessBlockConfiguration"], () =>
      aws.call("s3", "GetPublicAccessBlock", { Bucket }, where),
    );
    return {
      region,
      publicAccessBlock: (block?.PublicAccessBlockConfiguration as JsonObject | undefined) ?? null,
      statements: statementsOf(policy?.Policy),
    };
  } catch (error) {
    if (error instanceof AwsError && error.details.awsCode === "Forbidden") return "taken";
    throw error;
  }
}

function statementsOf(text: string | undefined): readonly JsonObject[] {
  if (text === undefined) return [];
  const document = JSON.parse(text) as JsonObject;
  return [document.Statement ?? []].flat().filter(isJsonObject);
}
