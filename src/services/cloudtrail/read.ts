import type { Aws, CallOptions } from "../../aws/aws.ts";
import type { Output } from "../../aws/operations.ts";
import type { JsonObject } from "../../core/json.ts";
import type { Tags } from "../../core/snapshot.ts";
import { canonicalPolicy, logsRolePolicyName } from "./documents.ts";
import { orNull } from "./or-null.ts";
import type {
  CloudTrailState,
  KeyState,
  SelectorsState,
  TrailFacet,
  TrailStatus,
} from "./state.ts";

type Trail = NonNullable<Output<"cloudtrail", "GetTrail">["Trail"]>;

/** A trail's settings in the form in which they are compared. */
export function settingsState(trail: Trail): TrailFacet {
  return {
    S3BucketName: trail.S3BucketName ?? "",
    S3KeyPrefix: trail.S3KeyPrefix ?? "",
    IncludeGlobalServiceEvents: trail.IncludeGlobalServiceEvents === true,
    IsMultiRegionTrail: trail.IsMultiRegionTrail === true,
    EnableLogFileValidation: trail.LogFileValidationEnabled === true,
    KmsKeyId: trail.KmsKeyId ?? "",
    IsOrganizationTrail: trail.IsOrganizationTrail === true,
    CloudWatchLogsLogGroupArn: trail.CloudWatchLogsLogGroupArn ?? "",
    CloudWatchLogsRoleArn: trail.CloudWatchLogsRoleArn ?? "",
  };
}

/** A trail's status, as far as it is kept. */
export function statusState(
  status: Pick<
    Output<"cloudtrail", "GetTrailStatus">,
    | "IsLogging"
    | "LatestDeliveryError"
    | "LatestDeliveryTime"
    | "LatestCloudWatchLogsDeliveryError"
    | "StartLoggingTime"
    | "StopLoggingTime"
  >,
): TrailStatus {
  const times = {
    latestDelivery: status.LatestDeliveryTime?.toISOString(),
    startedLogging: status.StartLoggingTime?.toISOString(),
    stoppedLogging: status.StopLoggingTime?.toISOString(),
    latestDeliveryError: status.LatestDeliveryError,
    cloudWatchLogsError: status.LatestCloudWatchLogsDeliveryError,
  };
  return {
    logging: status.IsLogging === true,
    ...Object.fromEntries(
      Object.entries(times).filter(([, one]) => one !== undefined && one !== ""),
    ),
  };
}

/** Event selectors in the form in which they are compared: as the API gives them. */
export function selectorsState(
  answer: Pick<
    Output<"cloudtrail", "GetEventSelectors">,
    "EventSelectors" | "AdvancedEventSelectors"
  >,
): SelectorsState {
  const { EventSelectors: basic, AdvancedEventSelectors: advanced } = answer;
  return advanced !== undefined && advanced.length > 0
    ? { AdvancedEventSelectors: plain(advanced) }
    : { EventSelectors: plain(basic ?? []) };
}

/** Types of Insights that a trail has on, sorted. */
export async function readInsights(
  aws: Aws,
  arn: string,
  how: CallOptions,
): Promise<readonly string[]> {
  const found = await orNull(["InsightNotEnabledException"], () =>
    aws.call("cloudtrail", "GetInsightSelectors", { TrailName: arn }, how),
  );
  return (found?.InsightSelectors ?? []).flatMap(({ InsightType }) => InsightType ?? []).sort();
}

/** Tags of trails, by ARN. */
export async function readTrailTags(
  aws: Aws,
  arns: readonly string[],
  how: CallOptions,
): Promise<readonly (readonly [string, Tags])[]> {
  const input = { ResourceIdList: [...arns] };
  const { ResourceTagList = [] } = await aws.call("cloudtrail", "ListTags", input, how);
  return ResourceTagList.map(({ ResourceId = "", TagsList = [] }) => [
    ResourceId,
    Object.fromEntries(TagsList.map(({ Key = "", Value = "" }) => [Key, Value])),
  ]);
}

/** A key by alias or ARN; `null` when there is none. */
export async function readKey(aws: Aws, id: string, how: CallOptions): Promise<KeyState | null> {
  const found = await orNull(["NotFoundException"], () =>
    aws.call("kms", "DescribeKey", { KeyId: id }, how),
  );
  const { Arn: arn, KeyState: state = "" } = found?.KeyMetadata ?? {};
  if (arn === undefined) return null;
  const [policy, rotation] = await Promise.all([
    aws.call("kms", "GetKeyPolicy", { KeyId: arn }, how),
    aws.call("kms", "GetKeyRotationStatus", { KeyId: arn }, how),
  ]);
  return {
    arn,
    state,
    ...(policy.Policy === undefined ? {} : { policy: canonicalPolicy(policy.Policy) }),
    ...(rotation.KeyRotationEnabled === undefined ? {} : { rotation: rotation.KeyRotationEnabled }),
  };
}

/** How long a log group keeps events, 0 for ever; `null` when there is no such group. */
export async function readLogGroup(
  aws: Aws,
  name: string,
  how: CallOptions,
): Promise<{ readonly retentionDays: number } | null> {
  const input = { logGroupNamePrefix: name };
  for await (const page of aws.pages("logs", "DescribeLogGroups", input, how)) {
    const group = page.logGroups?.find(({ logGroupName }) => logGroupName === name);
    if (group !== undefined) return { retentionDays: group.retentionInDays ?? 0 };
  }
  return null;
}

/** The role by which CloudTrail writes to CloudWatch Logs; `null` when there is none. */
export async function readLogsRole(
  aws: Aws,
  name: string,
  how: CallOptions,
): Promise<NonNullable<CloudTrailState["roles"]>[string]> {
  const missing = ["NoSuchEntityException", "NoSuchEntity"];
  const role = await orNull(missing, () => aws.call("iam", "GetRole", { RoleName: name }, how));
  if (role === null) return null;
  const input = { RoleName: name, PolicyName: logsRolePolicyName };
  const policy = await orNull(missing, () => aws.call("iam", "GetRolePolicy", input, how));
  const text = (document: string | undefined): string =>
    document === undefined ? "" : canonicalPolicy(decodeURIComponent(document));
  return {
    trust: text(role.Role?.AssumeRolePolicyDocument),
    policy: text(policy?.PolicyDocument),
  };
}

function plain(values: readonly object[]): readonly JsonObject[] {
  return JSON.parse(JSON.stringify(values)) as JsonObject[];
}
