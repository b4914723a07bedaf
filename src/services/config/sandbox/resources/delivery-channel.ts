import type { DeliveryChannel } from "@aws-sdk/client-config-service";
import type { JsonObject } from "../../../../core/json.ts";
import { ServiceError } from "../../../../sandbox/service.ts";
import {
  handlerError,
  type ResourcePlace,
  type ResourceProvider,
  textOf,
} from "../../../cloudformation/sandbox/resources/provider.ts";
import { checkBucket, tooManyChannels } from "../delivery-channels.ts";
import { configState, placeKey, startRecorder } from "../state.ts";
import { lowered } from "./configuration-recorder.ts";

/** `AWS::Config::DeliveryChannel`. */
export const configDeliveryChannel: ResourceProvider = {
  type: "AWS::Config::DeliveryChannel",
  create: (place, properties) => {
    const { world, account, region } = place;
    const state = configState(world);
    const key = placeKey(account, region);
    const name = textOf(properties.Name) ?? "default";
    if (state.channels.has(key)) {
      throw handlerError(tooManyChannels(name).message, "GeneralServiceException");
    }
    state.channels.set(key, channelOf(place, properties, name));
    const recorder = state.recorders.get(key);
    if (recorder?.startsByItself === true && !recorder.recording) {
      startRecorder(recorder, world.clock.now());
    }
    return { physicalId: name, attributes: {} };
  },
  update: (place, physicalId, properties) => {
    const { world, account, region } = place;
    const { channels } = configState(world);
    const key = placeKey(account, region);
    const name = textOf(properties.Name) ?? "default";
    if (channels.get(key)?.name !== physicalId || name !== physicalId) return undefined;
    channels.set(key, channelOf(place, properties, name));
    return { physicalId, attributes: {} };
  },
  delete: ({ world, account, region }, physicalId) => {
    const { channels } = configState(world);
    const key = placeKey(account, region);
    if (channels.get(key)?.name === physicalId) channels.delete(key);
  },
  read: ({ world, account, region }, physicalId, expected) => {
    const channel = configState(world).channels.get(placeKey(account, region));
    if (channel?.name !== physicalId) return undefined;
    const wanted = shape(expected, physicalId);
    return JSON.stringify(wanted) === JSON.stringify(channel)
      ? expected
      : { ...expected, S3BucketName: channel.s3BucketName ?? null, changed: true };
  },
};

function channelOf(place: ResourcePlace, properties: JsonObject, name: string): DeliveryChannel {
  const channel = shape(properties, name);
  try {
    checkBucket(place.world, place.account, channel);
  } catch (error) {
    if (error instanceof ServiceError) throw handlerError(error.message, "InvalidRequest");
    throw error;
  }
  return channel;
}

function shape(properties: JsonObject, name: string): DeliveryChannel {
  const bucket = textOf(properties.S3BucketName);
  const prefix = textOf(properties.S3KeyPrefix);
  const key = textOf(properties.S3KmsKeyArn);
  const topic = textOf(properties.SnsTopicARN);
  const snapshots = lowered(properties.ConfigSnapshotDeliveryProperties);
  return {
    name,
    ...(bucket === undefined ? {} : { s3BucketName: bucket }),
    ...(prefix === undefined ? {} : { s3KeyPrefix: prefix }),
    ...(key === undefined ? {} : { s3KmsKeyArn: key }),
    ...(topic === undefined ? {} : { snsTopicARN: topic }),
    ...(snapshots === undefined
      ? {}
      : {
          configSnapshotDeliveryProperties: snapshots as NonNullable<
            DeliveryChannel["configSnapshotDeliveryProperties"]
          >,
        }),
  };
}
