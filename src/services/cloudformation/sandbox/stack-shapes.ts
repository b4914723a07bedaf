import type {
  Output,
  Stack,
  StackResource,
  StackStatus,
  StackSummary,
} from "@aws-sdk/client-cloudformation";
import { isJsonObject } from "../../../core/json.ts";
import type { World } from "../../../sandbox/world.ts";
import { parameterValues, resolveValue } from "../../kit/template/resolve-template.ts";
import { type StackPlace, scopeOf } from "./deploy.ts";
import { parameterList, tagList } from "./parameters.ts";
import type { StackRecord } from "./state.ts";
import { keptTemplate } from "./templates.ts";

/** A stack's status as it shows: in progress for a while after each change. */
function statusOf(world: World, { status, busyUntil }: StackRecord): StackStatus {
  const isBusy = busyUntil !== undefined && world.clock.now() < busyUntil;
  const word = isBusy ? status.replace(/_COMPLETE$/, "_IN_PROGRESS") : status;
  return word as StackStatus;
}

/** A stack as ListStacks answers it. */
export function stackSummary(world: World, stack: StackRecord): StackSummary {
  const { updatedAt, deletedAt, statusReason } = stack;
  return {
    StackId: stack.id,
    StackName: stack.name,
    CreationTime: new Date(stack.createdAt),
    ...(updatedAt === undefined ? {} : { LastUpdatedTime: new Date(updatedAt) }),
    ...(deletedAt === undefined ? {} : { DeletionTime: new Date(deletedAt) }),
    StackStatus: statusOf(world, stack),
    ...(statusReason === undefined ? {} : { StackStatusReason: statusReason }),
    DriftInformation: { StackDriftStatus: "NOT_CHECKED" },
  };
}

/** A stack as DescribeStacks answers it. */
export function stackShape(place: StackPlace, stack: StackRecord): Stack {
  const template = keptTemplate(place.world, stack.template);
  const status = statusOf(place.world, stack);
  return {
    ...(stackSummary(place.world, stack) as Stack),
    StackStatus: status,
    Parameters: parameterList(template, parameterValues(template, stack.parameters)),
    Capabilities: [...stack.capabilities] as NonNullable<Stack["Capabilities"]>,
    Tags: tagList(stack.tags),
    Outputs: /^(CREATE|UPDATE)_COMPLETE$/.test(status) ? outputsOf(place, stack) : [],
    DisableRollback: false,
    NotificationARNs: [],
    EnableTerminationProtection: false,
  };
}

/** A stack's resources as DescribeStackResources answers them. */
export function resourceShapes(world: World, stack: StackRecord): StackResource[] {
  const isUpdated = stack.updatedAt !== undefined;
  return [...stack.resources].map(([logicalId, { type, physicalId }]) => ({
    StackId: stack.id,
    StackName: stack.name,
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    Timestamp: new Date(stack.updatedAt ?? stack.createdAt),
    ResourceStatus: statusOf(world, stack).endsWith("_IN_PROGRESS")
      ? "CREATE_IN_PROGRESS"
      : isUpdated
        ? "UPDATE_COMPLETE"
        : "CREATE_COMPLETE",
    DriftInformation: { StackResourceDriftStatus: "NOT_CHECKED" },
  }));
}

function outputsOf(place: StackPlace, stack: StackRecord): Output[] {
  const template = keptTemplate(place.world, stack.template);
  const parameters = parameterValues(template, stack.parameters);
  const scope = scopeOf(place, stack, parameters, stack.resources);
  return Object.entries(template.outputs).flatMap(([key, output]) =>
    isJsonObject(output) && output.Value !== undefined
      ? [{ OutputKey: key, OutputValue: String(resolveValue(template, output.Value, scope)) }]
      : [],
  );
}
