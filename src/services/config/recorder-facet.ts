import type { ConfigurationRecorder, DeliveryChannel } from "@aws-sdk/client-config-service";
import type { RegionName } from "../../core/identifiers.ts";
import type { JsonObject } from "../../core/json.ts";
import { configFacts } from "../../data/config.ts";
import type { DeliveryBlock, RecorderBlock } from "./schema.ts";

/** A recorder in the form in which it is compared. */
export function recorderFacet(recorder: ConfigurationRecorder): JsonObject {
  const { recordingGroup: group, recordingMode: mode } = recorder;
  const strategy =
    group?.recordingStrategy?.useOnly ??
    (group?.allSupported === false
      ? "INCLUSION_BY_RESOURCE_TYPES"
      : "ALL_SUPPORTED_RESOURCE_TYPES");
  const types =
    strategy === "EXCLUSION_BY_RESOURCE_TYPES"
      ? group?.exclusionByResourceTypes?.resourceTypes
      : group?.resourceTypes;
  return {
    name: recorder.name ?? "",
    role: recorder.roleARN ?? "",
    strategy,
    globalResources: group?.includeGlobalResourceTypes === true,
    types: [...(types ?? [])].sort(),
    frequency: mode?.recordingFrequency ?? "CONTINUOUS",
    daily: (mode?.recordingModeOverrides ?? [])
      .flatMap(({ resourceTypes }) => resourceTypes ?? [])
      .sort(),
  };
}

/** A channel in the form in which it is compared. */
export function channelFacet(channel: DeliveryChannel): JsonObject {
  return {
    name: channel.name ?? "",
    bucket: channel.s3BucketName ?? "",
    prefix: channel.s3KeyPrefix ?? "",
    key: channel.s3KmsKeyArn ?? "",
    topic: channel.snsTopicARN ?? "",
    snapshots: channel.configSnapshotDeliveryProperties?.deliveryFrequency ?? "",
  };
}

/** The recorder that a block wants in a Region, as the API takes it. */
export function recorderInput(
  block: RecorderBlock,
  isGlobal: boolean,
  roleArn: string,
): ConfigurationRecorder {
  const { excludeResourceTypes: excluded, resourceTypes: only, daily } = block;
  const global = configFacts.globalResourceTypes;
  // A group that leaves types out records IAM's unless they are left out as well.
  const left =
    excluded === undefined || isGlobal ? excluded : [...new Set([...excluded, ...global])];
  return {
    name: block.name,
    roleARN: roleArn,
    recordingGroup:
      only !== undefined
        ? {
            allSupported: false,
            includeGlobalResourceTypes: false,
            resourceTypes: (isGlobal
              ? only
              : only.filter((type) => !global.includes(type))) as never[],
            recordingStrategy: { useOnly: "INCLUSION_BY_RESOURCE_TYPES" },
          }
        : left !== undefined
          ? {
              allSupported: false,
              includeGlobalResourceTypes: false,
              exclusionByResourceTypes: { resourceTypes: [...left] as never[] },
              recordingStrategy: { useOnly: "EXCLUSION_BY_RESOURCE_TYPES" },
            }
          : {
              allSupported: true,
              includeGlobalResourceTypes: isGlobal,
              recordingStrategy: { useOnly: "ALL_SUPPORTED_RESOURCE_TYPES" },
            },
    recordingMode: {
      recordingFrequency: block.frequency === "daily" ? "DAILY" : "CONTINUOUS",
      ...(daily === undefined
        ? {}
        : {
            recordingModeOverrides: [
              { resourceTypes: [...daily] as never[], recordingFrequency: "DAILY" },
            ],
          }),
    },
  };
}

/** The channel that a block wants, as the API takes it. */
export function channelInput(name: string, block: DeliveryBlock): DeliveryChannel {
  const { prefix, kmsKeyArn, snsTopicArn, snapshots } = block;
  return {
    name,
    s3BucketName: block.bucket,
    ...(prefix === undefined ? {} : { s3KeyPrefix: prefix }),
    ...(kmsKeyArn === undefined ? {} : { s3KmsKeyArn: kmsKeyArn }),
    ...(snsTopicArn === undefined ? {} : { snsTopicARN: snsTopicArn }),
    ...(snapshots === undefined
      ? {}
      : { configSnapshotDeliveryProperties: { deliveryFrequency: snapshots as "One_Hour" } }),
  };
}

/** Whether a Region is the one that records IAM's resources. */
export function isGlobalRegion(
  block: RecorderBlock,
  region: RegionName,
  homeRegion: RegionName,
): boolean {
  return region === (block.globalResourcesRegion ?? homeRegion);
}
