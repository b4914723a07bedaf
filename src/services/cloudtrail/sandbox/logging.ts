import type {
  GetTrailStatusCommandInput,
  GetTrailStatusCommandOutput,
  StartLoggingCommandInput,
  StartLoggingCommandOutput,
  StopLoggingCommandInput,
  StopLoggingCommandOutput,
} from "@aws-sdk/client-cloudtrail";
import { cloudtrailFacts } from "../../../data/cloudtrail-facts.ts";
import type { AnyHandler } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import { bucketProblem } from "./check-trail.ts";
import { findOwnTrail, findTrail } from "./find-trail.ts";
import type { Served } from "./served.ts";
import type { TrailRecord } from "./state.ts";

const startLogging: Served<StartLoggingCommandInput, StartLoggingCommandOutput> = (
  context,
  input,
) => {
  const trail = findOwnTrail(context, input.Name);
  if (!trail.logging) trail.startedAt = context.world.clock.now();
  trail.logging = true;
  return {};
};

const stopLogging: Served<StopLoggingCommandInput, StopLoggingCommandOutput> = (context, input) => {
  const trail = findOwnTrail(context, input.Name);
  if (trail.logging) trail.stoppedAt = context.world.clock.now();
  trail.logging = false;
  return {};
};

const getTrailStatus: Served<GetTrailStatusCommandInput, GetTrailStatusCommandOutput> = (
  context,
  input,
) => {
  const trail = findTrail(context, input.Name);
  const { startedAt, stoppedAt } = trail;
  const problem = bucketProblem(context.world, trail);
  const deliveredAt = problem === undefined ? lastDelivery(context.world, trail) : undefined;
  const delivered = deliveredAt === undefined ? undefined : new Date(deliveredAt);
  return {
    IsLogging: trail.logging,
    ...(problem === undefined || !trail.logging ? {} : { LatestDeliveryError: problem }),
    ...(delivered === undefined
      ? {}
      : {
          LatestDeliveryTime: delivered,
          LatestDeliveryAttemptTime: delivered.toISOString(),
          LatestDeliveryAttemptSucceeded: delivered.toISOString(),
          ...(trail.settings.validation ? { LatestDigestDeliveryTime: delivered } : {}),
          ...(trail.settings.logGroupArn === undefined
            ? {}
            : { LatestCloudWatchLogsDeliveryTime: delivered }),
        }),
    ...(startedAt === undefined
      ? {}
      : {
          StartLoggingTime: new Date(startedAt),
          TimeLoggingStarted: new Date(startedAt).toISOString(),
        }),
    ...(stoppedAt === undefined
      ? {}
      : {
          StopLoggingTime: new Date(stoppedAt),
          TimeLoggingStopped: new Date(stoppedAt).toISOString(),
        }),
  };
};

/** When log files were last written: every few minutes from the start on, until logging stopped. */
function lastDelivery(world: World, trail: TrailRecord): number | undefined {
  if (trail.startedAt === undefined) return undefined;
  const end = trail.logging ? world.clock.now() : (trail.stoppedAt ?? trail.startedAt);
  const everyMs = cloudtrailFacts.deliveryMinutes * 60_000;
  const times = Math.floor((end - trail.startedAt) / everyMs);
  return times < 1 ? undefined : trail.startedAt + times * everyMs;
}

/** Operations that start, stop and show logging. */
export const loggingHandlers: Readonly<Record<string, AnyHandler>> = {
  StartLogging: startLogging,
  StopLogging: stopLogging,
  GetTrailStatus: getTrailStatus,
};
