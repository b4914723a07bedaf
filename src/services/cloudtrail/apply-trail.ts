import type { CallOptions } from "../../aws/aws.ts";
import type { Json, JsonObject } from "../../core/json.ts";
import { changeHandler } from "../kit/change-handler.ts";
import type { ApplyContext, ChangeHandler, Observation, ResolvedChange } from "../service.ts";
import { orNull } from "./or-null.ts";
import { readTrailTags, selectorsState, settingsState } from "./read.ts";
import { normalSelectors } from "./selectors.ts";

/** What CloudTrail answers while a thing that was just made is not known everywhere. */
const notYet = [
  "CloudTrailAccessNotEnabledException",
  "InsufficientEncryptionPolicyException",
  "InsufficientS3BucketPolicyException",
  "InvalidCloudWatchLogsLogGroupArnException",
  "InvalidCloudWatchLogsRoleArnException",
  "KmsKeyNotFoundException",
  "S3BucketDoesNotExistException",
];

const missing = ["TrailNotFoundException"];

/** Changes of trails. */
export const trailChanges: Readonly<Record<string, ChangeHandler>> = {
  CreateTrail: changeHandler("cloudtrail", "CreateTrail", {
    observe: observeTrail,
    idOf: ({ TrailARN }) => TrailARN,
    already: ["TrailAlreadyExistsException"],
    eventual: notYet,
  }),
  UpdateTrail: changeHandler("cloudtrail", "UpdateTrail", {
    observe: observeTrail,
    eventual: notYet,
  }),
  DeleteTrail: changeHandler("cloudtrail", "DeleteTrail", {
    observe: async (context, change, how) => {
      const trail = await readTrail(context, change, how);
      return trail === null ? null : { arn: trail.TrailARN ?? "" };
    },
    already: ["TrailNotFoundException"],
  }),
  PutEventSelectors: changeHandler("cloudtrail", "PutEventSelectors", {
    observe: async ({ aws }, { input }, how) => {
      const answer = await orNull(missing, () =>
        aws.call("cloudtrail", "GetEventSelectors", { TrailName: text(input.TrailName) }, how),
      );
      return answer === null ? null : normalSelectors(selectorsState(answer));
    },
  }),
  PutInsightSelectors: changeHandler("cloudtrail", "PutInsightSelectors", {
    observe: async ({ aws }, { input }, how) => {
      const answer = await orNull(["InsightNotEnabledException"], () =>
        aws.call("cloudtrail", "GetInsightSelectors", { TrailName: text(input.TrailName) }, how),
      );
      const types = (answer?.InsightSelectors ?? []).flatMap(
        ({ InsightType }) => InsightType ?? [],
      );
      return { insights: types.sort() };
    },
  }),
  AddTags: changeHandler("cloudtrail", "AddTags", {
    observe: async ({ aws }, { input, after }, how) => {
      const [found] = await readTrailTags(aws, [text(input.ResourceId)], how);
      const keys = Object.keys((after?.tags ?? {}) as JsonObject);
      return { tags: Object.fromEntries(keys.map((key) => [key, found?.[1][key] ?? null])) };
    },
  }),
  StartLogging: changeHandler("cloudtrail", "StartLogging", { observe: observeLogging }),
  StopLogging: changeHandler("cloudtrail", "StopLogging", { observe: observeLogging }),
};

/** The members of a trail's settings that the change speaks of. */
async function observeTrail(
  context: ApplyContext,
  change: ResolvedChange,
  how: CallOptions,
): Promise<Observation> {
  const trail = await readTrail(context, change, how);
  if (trail === null) return { facet: null };
  const settings: JsonObject = settingsState(trail);
  const names = Object.keys(change.after ?? change.before ?? {});
  return {
    facet: Object.fromEntries(names.map((name) => [name, settings[name] ?? ""])),
    ...(trail.TrailARN === undefined ? {} : { id: trail.TrailARN }),
  };
}

async function readTrail(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<NonNullable<Parameters<typeof settingsState>[0]> | null> {
  const answer = await orNull(missing, () =>
    aws.call("cloudtrail", "GetTrail", { Name: text(input.Name) }, how),
  );
  return answer?.Trail ?? null;
}

async function observeLogging(
  { aws }: ApplyContext,
  { input }: ResolvedChange,
  how: CallOptions,
): Promise<JsonObject | null> {
  const status = await orNull(missing, () =>
    aws.call("cloudtrail", "GetTrailStatus", { Name: text(input.Name) }, how),
  );
  return status === null ? null : { logging: status.IsLogging === true };
}

function text(value: Json | undefined): string {
  return typeof value === "string" ? value : "";
}
