import type {
  ConfigurationRecorder,
  ConfigurationRecorderStatus,
  DeleteConfigurationRecorderCommandInput,
  DeleteConfigurationRecorderCommandOutput,
  DescribeConfigurationRecorderStatusCommandInput,
  DescribeConfigurationRecorderStatusCommandOutput,
  DescribeConfigurationRecordersCommandInput,
  DescribeConfigurationRecordersCommandOutput,
  ListConfigurationRecordersCommandInput,
  ListConfigurationRecordersCommandOutput,
  PutConfigurationRecorderCommandInput,
  PutConfigurationRecorderCommandOutput,
  StartConfigurationRecorderCommandInput,
  StartConfigurationRecorderCommandOutput,
  StopConfigurationRecorderCommandInput,
  StopConfigurationRecorderCommandOutput,
} from "@aws-sdk/client-config-service";
import type { AnyHandler, HandlerContext } from "../../../sandbox/service.ts";
import { configError } from "./errors.ts";
import { fullRecordingGroup, fullRecordingMode } from "./recording.ts";
import type { Served } from "./served.ts";
import {
  configState,
  placeKey,
  type RecorderRecord,
  startRecorder,
  stopRecorder,
} from "./state.ts";

/** How long a recorder that was started shows no success yet. */
const pendingMs = 60_000;

const put: Served<PutConfigurationRecorderCommandInput, PutConfigurationRecorderCommandOutput> = (
  context,
  input,
) => {
  const { recorders } = configState(context.world);
  const key = keyOf(context);
  const given = input.ConfigurationRecorder ?? {};
  const { name = "default", roleARN } = given;
  checkName(name);
  if (roleARN === undefined || !/^arn:aws[\w-]*:iam::\d{12}:role\/.+/.test(roleARN)) {
    throw configError("InvalidRoleException", "You have provided a null or empty role ARN.");
  }
  const existing = recorders.get(key);
  if (existing !== undefined && existing.name !== name) throw tooManyRecorders(name);
  const group = fullRecordingGroup(given.recordingGroup);
  const mode = fullRecordingMode(given.recordingMode);
  if (existing === undefined) {
    recorders.set(key, {
      name,
      roleArn: roleARN,
      recordingGroup: group,
      recordingMode: mode,
      recording: false,
      changedAt: context.world.clock.now(),
    });
  } else {
    Object.assign(existing, { roleArn: roleARN, recordingGroup: group, recordingMode: mode });
  }
  return {};
};

const describe: Served<
  DescribeConfigurationRecordersCommandInput,
  DescribeConfigurationRecordersCommandOutput
> = (context, input) => ({
  ConfigurationRecorders: named(context, input.ConfigurationRecorderNames).map((recorder) =>
    recorderShape(context, recorder),
  ),
});

const describeStatus: Served<
  DescribeConfigurationRecorderStatusCommandInput,
  DescribeConfigurationRecorderStatusCommandOutput
> = (context, input) => ({
  ConfigurationRecordersStatus: named(context, input.ConfigurationRecorderNames).map((recorder) =>
    statusShape(context, recorder),
  ),
});

const list: Served<
  ListConfigurationRecordersCommandInput,
  ListConfigurationRecordersCommandOutput
> = (context) => ({
  ConfigurationRecorderSummaries: named(context, undefined).map((recorder) => ({
    arn: recorderArn(context, recorder),
    name: recorder.name,
    recordingScope: "PAID",
  })),
});

const start: Served<
  StartConfigurationRecorderCommandInput,
  StartConfigurationRecorderCommandOutput
> = (context, input) => {
  const recorder = find(context, input.ConfigurationRecorderName);
  if (!configState(context.world).channels.has(keyOf(context))) {
    throw configError(
      "NoAvailableDeliveryChannelException",
      "Delivery channel is not available to start configuration recorder.",
    );
  }
  if (!recorder.recording) startRecorder(recorder, context.world.clock.now());
  return {};
};

const stop: Served<
  StopConfigurationRecorderCommandInput,
  StopConfigurationRecorderCommandOutput
> = (context, input) => {
  const recorder = find(context, input.ConfigurationRecorderName);
  if (recorder.recording) stopRecorder(recorder, context.world.clock.now());
  return {};
};

const remove: Served<
  DeleteConfigurationRecorderCommandInput,
  DeleteConfigurationRecorderCommandOutput
> = (context, input) => {
  find(context, input.ConfigurationRecorderName);
  configState(context.world).recorders.delete(keyOf(context));
  return {};
};

/** The error for a second recorder of another name. */
export function tooManyRecorders(name: string): Error {
  return configError(
    "MaxNumberOfConfigurationRecordersExceededException",
    `Failed to put configuration recorder '${name}' because the maximum number of configuration recorders: 1 is reached.`,
  );
}

function checkName(name: string): void {
  if (name !== "" && name.length <= 256 && !name.startsWith("AWSConfigurationRecorderFor")) return;
  throw configError(
    "InvalidConfigurationRecorderNameException",
    `The configuration recorder name '${name}' is not valid, blank string.`,
  );
}

function named(
  context: HandlerContext,
  names: readonly string[] | undefined,
): readonly RecorderRecord[] {
  const recorder = configState(context.world).recorders.get(keyOf(context));
  const missing = (names ?? []).find((name) => name !== recorder?.name);
  if (missing !== undefined) throw noSuchRecorder(missing);
  return recorder === undefined ? [] : [recorder];
}

function find(context: HandlerContext, name: string | undefined): RecorderRecord {
  const [recorder] = named(context, [name ?? ""]);
  if (recorder === undefined) throw noSuchRecorder(name ?? "");
  return recorder;
}

function noSuchRecorder(name: string): Error {
  return configError(
    "NoSuchConfigurationRecorderException",
    `Cannot find configuration recorder with the specified name '${name}'.`,
  );
}

function recorderShape(context: HandlerContext, recorder: RecorderRecord): ConfigurationRecorder {
  return {
    arn: recorderArn(context, recorder),
    name: recorder.name,
    roleARN: recorder.roleArn,
    recordingGroup: recorder.recordingGroup,
    recordingMode: recorder.recordingMode,
    recordingScope: "PAID",
  };
}

function statusShape(
  context: HandlerContext,
  recorder: RecorderRecord,
): ConfigurationRecorderStatus {
  const { startedAt, stoppedAt, recording } = recorder;
  const isPending = recording && context.world.clock.now() < (startedAt ?? 0) + pendingMs;
  return {
    arn: recorderArn(context, recorder),
    name: recorder.name,
    ...(startedAt === undefined ? {} : { lastStartTime: new Date(startedAt) }),
    ...(stoppedAt === undefined ? {} : { lastStopTime: new Date(stoppedAt) }),
    recording,
    lastStatus: startedAt === undefined || isPending ? "Pending" : "Success",
    lastStatusChangeTime: new Date(recorder.changedAt),
  };
}

function recorderArn({ caller, region }: HandlerContext, { name }: RecorderRecord): string {
  return `arn:aws:config:${region}:${caller.account}:configuration-recorder/${name}/default`;
}

function keyOf({ caller, region }: HandlerContext): string {
  return placeKey(caller.account, region);
}

/** Operations on configuration recorders. */
export const recorderHandlers: Readonly<Record<string, AnyHandler>> = {
  PutConfigurationRecorder: put,
  DescribeConfigurationRecorders: describe,
  DescribeConfigurationRecorderStatus: describeStatus,
  ListConfigurationRecorders: list,
  StartConfigurationRecorder: start,
  StopConfigurationRecorder: stop,
  DeleteConfigurationRecorder: remove,
};
