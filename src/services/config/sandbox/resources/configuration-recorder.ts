import type { RecordingGroup, RecordingMode } from "@aws-sdk/client-config-service";
import { isJsonObject, type Json, type JsonObject } from "../../../../core/json.ts";
import { ServiceError } from "../../../../sandbox/service.ts";
import {
  handlerError,
  type ResourceProvider,
  textOf,
} from "../../../cloudformation/sandbox/resources/provider.ts";
import { tooManyRecorders } from "../recorders.ts";
import { fullRecordingGroup, fullRecordingMode } from "../recording.ts";
import { configState, placeKey, type RecorderRecord, startRecorder } from "../state.ts";

/**
 * `AWS::Config::ConfigurationRecorder`. CloudFormation starts the recorder when there is a delivery
 * channel, and stops it before it deletes it.
 */
export const configConfigurationRecorder: ResourceProvider = {
  type: "AWS::Config::ConfigurationRecorder",
  create: ({ world, account, region }, properties) => {
    const state = configState(world);
    const key = placeKey(account, region);
    const name = textOf(properties.Name) ?? "default";
    if (state.recorders.has(key)) {
      throw handlerError(tooManyRecorders(name).message, "GeneralServiceException");
    }
    const now = world.clock.now();
    const recorder: RecorderRecord = {
      name,
      ...shape(properties),
      recording: false,
      changedAt: now,
      startsByItself: true,
    };
    state.recorders.set(key, recorder);
    if (state.channels.has(key)) startRecorder(recorder, now);
    return { physicalId: name, attributes: {} };
  },
  update: ({ world, account, region }, physicalId, properties) => {
    const recorder = configState(world).recorders.get(placeKey(account, region));
    const name = textOf(properties.Name) ?? "default";
    if (recorder?.name !== physicalId || name !== physicalId) return undefined;
    Object.assign(recorder, shape(properties));
    return { physicalId, attributes: {} };
  },
  delete: ({ world, account, region }, physicalId) => {
    const { recorders } = configState(world);
    const key = placeKey(account, region);
    if (recorders.get(key)?.name === physicalId) recorders.delete(key);
  },
  read: ({ world, account, region }, physicalId, expected) => {
    const recorder = configState(world).recorders.get(placeKey(account, region));
    if (recorder?.name !== physicalId) return undefined;
    const wanted = shape(expected);
    const isSame = (["roleArn", "recordingGroup", "recordingMode"] as const).every(
      (member) => JSON.stringify(wanted[member]) === JSON.stringify(recorder[member]),
    );
    if (isSame) return expected;
    return { ...expected, RoleARN: recorder.roleArn, RecordingGroup: "changed" };
  },
};

function shape(
  properties: JsonObject,
): Pick<RecorderRecord, "roleArn" | "recordingGroup" | "recordingMode"> {
  try {
    return {
      roleArn: textOf(properties.RoleARN) ?? "",
      recordingGroup: fullRecordingGroup(
        lowered(properties.RecordingGroup) as RecordingGroup | undefined,
      ),
      recordingMode: fullRecordingMode(
        lowered(properties.RecordingMode) as unknown as RecordingMode | undefined,
      ),
    };
  } catch (error) {
    if (error instanceof ServiceError) throw handlerError(error.message, "InvalidRequest");
    throw error;
  }
}

/** CloudFormation writes members in upper camel case that the API writes in lower camel case. */
export function lowered(value: Json | undefined): Json | undefined {
  if (Array.isArray(value)) return value.map((item) => lowered(item) ?? null);
  if (value === "true" || value === "false") return value === "true";
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key.charAt(0).toLowerCase() + key.slice(1),
      lowered(inner) ?? null,
    ]),
  );
}
