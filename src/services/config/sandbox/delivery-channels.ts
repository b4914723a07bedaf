import type {
  DeleteDeliveryChannelCommandInput,
  DeleteDeliveryChannelCommandOutput,
  DeliveryChannel,
  DescribeDeliveryChannelStatusCommandInput,
  DescribeDeliveryChannelStatusCommandOutput,
  DescribeDeliveryChannelsCommandInput,
  DescribeDeliveryChannelsCommandOutput,
  PutDeliveryChannelCommandInput,
  PutDeliveryChannelCommandOutput,
} from "@aws-sdk/client-config-service";
import type { AccountId } from "../../../core/identifiers.ts";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import { bucketsSlot } from "../../s3/sandbox/state.ts";
import { configError } from "./errors.ts";
import type { Served } from "./served.ts";
import { configState, placeKey, startRecorder } from "./state.ts";

const put: Served<PutDeliveryChannelCommandInput, PutDeliveryChannelCommandOutput> = (
  context,
  input,
) => {
  const { world, caller } = context;
  const state = configState(world);
  const key = keyOf(context);
  const given = input.DeliveryChannel ?? {};
  const { name = "default" } = given;
  const recorder = state.recorders.get(key);
  if (recorder === undefined) {
    throw configError(
      "NoAvailableConfigurationRecorderException",
      "Configuration recorder is not available to put delivery channel.",
    );
  }
  const existing = state.channels.get(key);
  if (existing !== undefined && existing.name !== name) throw tooManyChannels(name);
  checkBucket(world, caller.account, given);
  state.channels.set(key, { ...given, name });
  if (recorder.startsByItself === true && !recorder.recording) {
    startRecorder(recorder, world.clock.now());
  }
  return {};
};

const describe: Served<
  DescribeDeliveryChannelsCommandInput,
  DescribeDeliveryChannelsCommandOutput
> = (context, input) => ({ DeliveryChannels: [...named(context, input.DeliveryChannelNames)] });

const describeStatus: Served<
  DescribeDeliveryChannelStatusCommandInput,
  DescribeDeliveryChannelStatusCommandOutput
> = (context, input) => {
  const recorder = configState(context.world).recorders.get(keyOf(context));
  const at = new Date(recorder?.changedAt ?? context.world.clock.now());
  const stream = recorder?.recording === true ? "Success" : "Not_Applicable";
  return {
    DeliveryChannelsStatus: named(context, input.DeliveryChannelNames).map((channel) => ({
      ...(channel.name === undefined ? {} : { name: channel.name }),
      configHistoryDeliveryInfo: { lastStatus: "Not_Applicable" },
      configSnapshotDeliveryInfo: { lastStatus: "Not_Applicable" },
      configStreamDeliveryInfo: {
        lastStatus: stream,
        lastStatusChangeTime: at,
      },
    })),
  };
};

const remove: Served<DeleteDeliveryChannelCommandInput, DeleteDeliveryChannelCommandOutput> = (
  context,
  input,
) => {
  const state = configState(context.world);
  const key = keyOf(context);
  named(context, [input.DeliveryChannelName ?? ""]);
  if (state.recorders.get(key)?.recording === true) {
    throw configError(
      "LastDeliveryChannelDeleteFailedException",
      `Failed to delete last specified delivery channel with name '${input.DeliveryChannelName}', because there is a running configuration recorder.`,
    );
  }
  state.channels.delete(key);
  return {};
};

/** The error for a second channel of another name. */
export function tooManyChannels(name: string): Error {
  return configError(
    "MaxNumberOfDeliveryChannelsExceededException",
    `Failed to put delivery channel '${name}' because the maximum number of delivery channels: 1 is reached.`,
  );
}

/**
 * Whether Config can write to a channel's bucket: it is there, and one of another account has a
 * policy that lets others in.
 */
export function checkBucket(world: World, account: AccountId, channel: DeliveryChannel): void {
  const { s3BucketName: name = "" } = channel;
  const bucket = world.state(bucketsSlot).byName.get(name);
  if (bucket === undefined) {
    throw configError(
      "NoSuchBucketException",
      `Cannot find a S3 bucket with an empty bucket name or the bucket '${name}' does not exist.`,
    );
  }
  if (bucket.owner === account || bucket.policy !== undefined) return;
  throw configError(
    "InsufficientDeliveryPolicyException",
    `Insufficient delivery policy to s3 bucket: ${name}, unable to write to bucket, provided s3 key prefix is '${channel.s3KeyPrefix ?? "null"}', provided kms key is '${channel.s3KmsKeyArn ?? "null"}'.`,
  );
}

function named(
  context: HandlerContext,
  names: readonly string[] | undefined,
): readonly DeliveryChannel[] {
  const channel = configState(context.world).channels.get(keyOf(context));
  const missing = (names ?? []).find((name) => name !== channel?.name);
  if (missing !== undefined) {
    throw configError(
      "NoSuchDeliveryChannelException",
      `Cannot find delivery channel with specified name '${missing}'.`,
    );
  }
  return channel === undefined ? [] : [channel];
}

function keyOf({ caller, region }: HandlerContext): string {
  return placeKey(caller.account, region);
}

/** Operations on delivery channels. */
export const deliveryChannelHandlers: Readonly<Record<string, AnyHandler>> = {
  PutDeliveryChannel: put,
  DescribeDeliveryChannels: describe,
  DescribeDeliveryChannelStatus: describeStatus,
  DeleteDeliveryChannel: remove,
};
