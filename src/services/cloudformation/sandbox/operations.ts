import type { StackSetOperationPreferences } from "@aws-sdk/client-cloudformation";
import type { RegionName } from "../../../core/identifiers.ts";
import { ServiceError } from "../../../sandbox/service.ts";
import type { World } from "../../../sandbox/world.ts";
import { operationInProgress, validationError } from "./errors.ts";
import {
  newUuid,
  type OperationItem,
  type OperationRecord,
  type StackSetRecord,
  stackSetsSlot,
} from "./state.ts";

/** What an operation is made of. */
export interface NewOperation {
  readonly action: OperationRecord["action"];
  readonly items: readonly OperationItem[];
  readonly id?: string | undefined;
  readonly preferences?: StackSetOperationPreferences | undefined;
  readonly retainStacks?: boolean;
  readonly organizationalUnitIds?: readonly string[];
  readonly overrides?: Readonly<Record<string, string>>;
  /** Waits for its turn, as automatic deployments do. */
  readonly queued?: boolean;
}

/** The operation that a stack set is at. */
export function runningOperation(stackSet: StackSetRecord): OperationRecord | undefined {
  return stackSet.operations.find(({ status }) => status === "RUNNING" || status === "STOPPING");
}

/**
 * Starts an operation on a stack set.
 *
 * @throws OperationInProgressException while another one is under way, unless the stack set has a
 * managed execution; OperationIdAlreadyExistsException for an id that was used before.
 */
export function startOperation(
  world: World,
  stackSet: StackSetRecord,
  { items, preferences = {}, ...given }: NewOperation,
): OperationRecord {
  checkPreferences(preferences);
  const id = given.id ?? newUuid(world);
  if (stackSet.operations.some((operation) => operation.id === id)) {
    throw new ServiceError(
      "OperationIdAlreadyExistsException",
      `Operation ID ${id} already exists`,
      { httpStatus: 409 },
    );
  }
  const current = stackSet.operations.find(
    ({ status }) => status === "RUNNING" || status === "STOPPING" || status === "QUEUED",
  );
  if (current !== undefined && given.queued !== true && !stackSet.managedExecution) {
    throw operationInProgress(stackSet.name, current.id);
  }
  const now = world.clock.now();
  const operation: OperationRecord = {
    id,
    action: given.action,
    status: current === undefined ? "RUNNING" : "QUEUED",
    createdAt: now,
    ...(current === undefined ? { startedAt: now } : {}),
    preferences,
    ...(given.retainStacks === undefined ? {} : { retainStacks: given.retainStacks }),
    organizationalUnitIds: given.organizationalUnitIds ?? [],
    ...(given.overrides === undefined ? {} : { overrides: given.overrides }),
    rounds: roundsOf(items, preferences),
    accounts: new Set(items.map(({ account }) => account)).size,
    done: 0,
    results: new Map(),
    failures: new Map(),
  };
  stackSet.operations.push(operation);
  world.state(stackSetsSlot).busy.add(stackSet.arn);
  return operation;
}

/** How many failures of a Region with that many accounts are borne. */
export function failureTolerance(
  preferences: StackSetOperationPreferences,
  accounts: number,
): number {
  const { FailureToleranceCount: count, FailureTolerancePercentage: percentage } = preferences;
  return count ?? Math.floor(((percentage ?? 0) * accounts) / 100);
}

/** What is worked on at a time. One account at a time unless the preferences allow more. */
function roundsOf(
  items: readonly OperationItem[],
  preferences: StackSetOperationPreferences,
): OperationItem[][] {
  const byRegion = new Map<RegionName, OperationItem[]>();
  for (const region of preferences.RegionOrder ?? []) byRegion.set(region, []);
  for (const item of items) {
    const list = byRegion.get(item.region);
    if (list === undefined) byRegion.set(item.region, [item]);
    else list.push(item);
  }
  const rounds: OperationItem[][] = [];
  for (const list of byRegion.values()) {
    const size = concurrency(preferences, list.length);
    const first = preferences.RegionConcurrencyType === "PARALLEL" ? 0 : rounds.length;
    for (let start = 0; start < list.length; start += size) {
      const round = first + start / size;
      rounds[round] = [...(rounds[round] ?? []), ...list.slice(start, start + size)];
    }
  }
  return rounds;
}

function concurrency(preferences: StackSetOperationPreferences, accounts: number): number {
  const { MaxConcurrentCount: count, MaxConcurrentPercentage: percentage } = preferences;
  const wanted = count ?? Math.max(1, Math.floor(((percentage ?? 0) * accounts) / 100));
  if (preferences.ConcurrencyMode === "SOFT_FAILURE_TOLERANCE") return wanted;
  return Math.max(1, Math.min(wanted, failureTolerance(preferences, accounts) + 1));
}

function checkPreferences(preferences: StackSetOperationPreferences): void {
  const pairs = [
    ["FailureToleranceCount", "FailureTolerancePercentage"],
    ["MaxConcurrentCount", "MaxConcurrentPercentage"],
  ] as const;
  for (const [count, percentage] of pairs) {
    if (preferences[count] !== undefined && preferences[percentage] !== undefined) {
      throw validationError(`Only one of ${count} and ${percentage} can be specified`);
    }
  }
  const { MaxConcurrentCount: most, FailureToleranceCount: tolerance } = preferences;
  if (
    most !== undefined &&
    preferences.ConcurrencyMode !== "SOFT_FAILURE_TOLERANCE" &&
    most > (tolerance ?? 0) + 1 &&
    preferences.FailureTolerancePercentage === undefined
  ) {
    throw validationError("MaxConcurrentCount can be at most one more than FailureToleranceCount");
  }
}
