import type { World } from "../../../sandbox/world.ts";
import { iamState } from "../../iam/sandbox/state.ts";
import { organizationWith } from "../../kit/sandbox-organization.ts";
import { isRegionUsable } from "../../kit/sandbox-service-linked-role.ts";
import { type DeployOutcome, deploy, driftedResources, undeploy } from "./deploy.ts";
import { failureTolerance } from "./operations.ts";
import {
  type InstanceRecord,
  instanceKey,
  newUuid,
  type OperationItem,
  type OperationRecord,
  type StackRecord,
  type StackSetRecord,
  stackSetsSlot,
  stacksOf,
} from "./state.ts";

/** How long the work on one stack takes; those of a round are worked on at the same time. */
export const stackMs: number = 30_000;

/** Brings the operations of all stack sets up to the clock. */
export function runOperations(world: World): void {
  const { busy, stackSets } = world.state(stackSetsSlot);
  for (const arn of busy) {
    const stackSet = stackSets.get(arn);
    if (stackSet === undefined || !advance(world, stackSet)) busy.delete(arn);
  }
}

/** Works on a stack set's operations; whether there is still one to do. */
function advance(world: World, stackSet: StackSetRecord): boolean {
  const now = world.clock.now();
  for (const operation of stackSet.operations) {
    if (operation.status === "QUEUED") {
      operation.status = "RUNNING";
      operation.startedAt = lastEnd(stackSet) ?? now;
    }
    if (operation.status !== "RUNNING" && operation.status !== "STOPPING") continue;
    const startedAt = operation.startedAt ?? now;
    while (operation.done < operation.rounds.length) {
      if (operation.status === "STOPPING") {
        end(operation, "STOPPED", now);
        break;
      }
      const roundEnd = startedAt + (operation.done + 1) * stackMs;
      if (roundEnd > now) return true;
      runRound(world, stackSet, operation, roundEnd);
    }
    if (operation.endedAt === undefined) {
      const endedAt = startedAt + Math.max(operation.rounds.length, 0) * stackMs;
      end(operation, operation.status === "STOPPING" ? "STOPPED" : "SUCCEEDED", endedAt);
    }
  }
  return false;
}

function lastEnd(stackSet: StackSetRecord): number | undefined {
  const ends = stackSet.operations.flatMap(({ endedAt }) => endedAt ?? []);
  return ends.length === 0 ? undefined : Math.max(...ends);
}

function runRound(
  world: World,
  stackSet: StackSetRecord,
  operation: OperationRecord,
  at: number,
): void {
  const tolerance = failureTolerance(operation.preferences, operation.accounts);
  for (const item of operation.rounds[operation.done] ?? []) {
    const outcome = workOn(world, stackSet, operation, item, at);
    operation.results.set(instanceKey(item.account, item.region), {
      status: outcome.ok ? "SUCCEEDED" : "FAILED",
      ...(outcome.ok ? {} : { reason: outcome.reason }),
    });
    if (!outcome.ok) {
      operation.failures.set(item.region, (operation.failures.get(item.region) ?? 0) + 1);
    }
  }
  operation.done += 1;
  if ([...operation.failures.values()].some((count) => count > tolerance)) {
    end(operation, "FAILED", at);
    cancelRest(stackSet, operation);
    operation.done = operation.rounds.length;
  }
}

function end(operation: OperationRecord, status: OperationRecord["status"], at: number): void {
  operation.status = status;
  operation.endedAt = at;
}

function cancelRest(stackSet: StackSetRecord, operation: OperationRecord): void {
  for (const { account, region } of operation.rounds.slice(operation.done).flat()) {
    const key = instanceKey(account, region);
    operation.results.set(key, {
      status: "CANCELLED",
      reason: "Cancelled since failure tolerance has exceeded",
    });
    const instance = stackSet.instances.get(key);
    if (instance !== undefined) {
      instance.detailedStatus = "CANCELLED";
      instance.reason = "Cancelled since failure tolerance has exceeded";
    }
  }
}

function workOn(
  world: World,
  stackSet: StackSetRecord,
  operation: OperationRecord,
  item: OperationItem,
  at: number,
): DeployOutcome {
  const instance = stackSet.instances.get(instanceKey(item.account, item.region));
  if (instance === undefined) return { ok: true };
  instance.operationId = operation.id;
  switch (operation.action) {
    case "CREATE":
    case "UPDATE":
      return put(world, stackSet, operation, instance, at);
    case "DELETE":
      remove(world, stackSet, operation, instance, at);
      return { ok: true };
    case "DETECT_DRIFT":
      return detectDrift(world, instance, at);
    default: {
      const never: never = operation.action;
      throw new Error(`unknown action ${never}`);
    }
  }
}

function put(
  world: World,
  stackSet: StackSetRecord,
  operation: OperationRecord,
  instance: InstanceRecord,
  at: number,
): DeployOutcome {
  const { account, region } = instance;
  const problem = unreachable(world, stackSet, instance);
  if (problem !== undefined) {
    fail(instance, problem);
    if (problem === suspendedReason) instance.detailedStatus = "SKIPPED_SUSPENDED_ACCOUNT";
    return { ok: false, reason: problem };
  }
  if (operation.overrides !== undefined) instance.overrides = operation.overrides;
  const stack = stackOf(world, stackSet, instance, at);
  const outcome = deploy({ world, account, region }, stack);
  if (!outcome.ok) {
    stack.status = stack.updatedAt === undefined ? "ROLLBACK_COMPLETE" : "UPDATE_ROLLBACK_COMPLETE";
    stack.statusReason = outcome.reason;
    fail(instance, outcome.reason);
    return outcome;
  }
  const isNew = stack.status === "CREATE_IN_PROGRESS" || stack.status === "ROLLBACK_COMPLETE";
  stack.status = isNew ? "CREATE_COMPLETE" : "UPDATE_COMPLETE";
  instance.status = "CURRENT";
  instance.detailedStatus = "SUCCEEDED";
  instance.drift = "NOT_CHECKED";
  delete instance.reason;
  return outcome;
}

const suspendedReason = "The account is suspended";

/** Why a stack cannot be put into an account and Region. */
function unreachable(
  world: World,
  stackSet: StackSetRecord,
  { account, region }: InstanceRecord,
): string | undefined {
  const organization = organizationWith(world, stackSet.owner);
  const member = organization?.accounts.get(account);
  if (stackSet.permissionModel === "SERVICE_MANAGED" && member?.state !== "ACTIVE") {
    return suspendedReason;
  }
  const role = stackSet.executionRoleName;
  if (role !== undefined && !iamState(world, account).roles.has(role)) {
    return `Account ${account} should have '${role}' role with trust relationship to Role 'AWSCloudFormationStackSetAdministrationRole'.`;
  }
  return isRegionUsable(world, account, region)
    ? undefined
    : `Region ${region} is not enabled in account ${account}`;
}

function fail(instance: InstanceRecord, reason: string): void {
  instance.status = "OUTDATED";
  instance.detailedStatus = "FAILED";
  instance.reason = reason;
}

function stackOf(
  world: World,
  stackSet: StackSetRecord,
  instance: InstanceRecord,
  at: number,
): StackRecord {
  const stacks = stacksOf(world, instance.account, instance.region);
  const shape = {
    template: stackSet.template,
    parameters: { ...stackSet.parameters, ...instance.overrides },
    capabilities: stackSet.capabilities,
    tags: stackSet.tags,
  };
  const existing = stacks.get(instance.stackId ?? "");
  if (existing !== undefined && existing.status !== "DELETE_COMPLETE") {
    if (existing.status !== "ROLLBACK_COMPLETE") existing.updatedAt = at;
    return Object.assign(existing, shape);
  }
  const name = `StackSet-${stackSet.name}-${newUuid(world)}`;
  const id = `arn:aws:cloudformation:${instance.region}:${instance.account}:stack/${name}/${newUuid(world)}`;
  const stack: StackRecord = {
    id,
    name,
    ...shape,
    status: "CREATE_IN_PROGRESS",
    createdAt: at,
    resources: new Map(),
  };
  stacks.set(id, stack);
  instance.stackId = id;
  return stack;
}

function remove(
  world: World,
  stackSet: StackSetRecord,
  { retainStacks }: OperationRecord,
  instance: InstanceRecord,
  at: number,
): void {
  const { account, region } = instance;
  const stack = stacksOf(world, account, region).get(instance.stackId ?? "");
  if (stack !== undefined && retainStacks !== true) {
    undeploy({ world, account, region }, stack);
    stack.status = "DELETE_COMPLETE";
    stack.deletedAt = at;
  }
  stackSet.instances.delete(instanceKey(account, region));
}

function detectDrift(world: World, instance: InstanceRecord, at: number): DeployOutcome {
  const { account, region } = instance;
  const stack = stacksOf(world, account, region).get(instance.stackId ?? "");
  instance.driftCheckedAt = at;
  if (
    stack === undefined ||
    !/COMPLETE$/.test(stack.status) ||
    /ROLLBACK|DELETE/.test(stack.status)
  ) {
    instance.drift = "UNKNOWN";
    return {
      ok: false,
      reason: "Drift detection is not possible in the present state of the stack",
    };
  }
  const drifted = driftedResources({ world, account, region }, stack);
  instance.drift = drifted.length === 0 ? "IN_SYNC" : "DRIFTED";
  return { ok: true };
}
