import { setMaxListeners } from "node:events";
import { AwsError } from "../aws/aws-error.ts";
import { AppError } from "../core/app-error.ts";
import { digest } from "../core/digest.ts";
import { identifierPatterns } from "../core/identifiers.ts";
import type { Change, Plan } from "../core/plan.ts";
import type { ApplyContext, ServiceContext } from "../services/service.ts";
import type { Journal } from "../store/journal.ts";
import type { ChangeRecord } from "../store/journal-entry.ts";
import type { HeldLock } from "../store/lock.ts";
import { applyChange } from "./apply-change.ts";
import {
  type ApplyProgress,
  type ApplyReport,
  type ChangeOutcome,
  type OutcomeStatus,
  outcomeStatuses,
} from "./apply-report.ts";
import { checkPlan, handlerName } from "./check-plan.ts";
import { runInLanes } from "./lanes.ts";
import { madeRoomFor, putBack } from "./put-back.ts";
import { resolveRefs } from "./resolve-refs.ts";
import { startAhead } from "./start-ahead.ts";

/** How a plan is applied. */
export interface ApplyOptions {
  /** Of this plan: a new one, or that of an apply that was interrupted, which then goes on. */
  readonly journal: Journal;
  /** Keeps other applies away. */
  readonly lock?: HeldLock;
  /** Asked before each change that is destructive or can lock out; no skips it. */
  readonly confirm?: (change: Change) => Promise<boolean>;
  readonly onProgress?: (progress: ApplyProgress) => void;
  /**
   * How many changes are made at a time, in different services, accounts and Regions; 16 when
   * absent. Those of the organization itself are always made one after the other.
   */
  readonly concurrency?: number;
}

/** Far below what AWS allows an account in a Region, and enough for many of both. */
const defaultConcurrency = 16;

/**
 * Makes the changes of a plan in its order, several at a time where they are of different services,
 * accounts or Regions. Each is read again first and refused
 * when the world has moved; what rests on a change that was not made is skipped, the rest goes on.
 * What had made room for such a change is put back.
 * Every call stands in the journal before and after it is made, so that an apply that ends anywhere
 * can be resumed with the same journal and makes nothing twice.
 *
 * When `context.signal` is aborted, the request that was sent is waited for, nothing new is begun,
 * and the report says what was done.
 *
 * @throws AppError before the first change when the plan cannot be applied: ORGRAIL4103 to 4105,
 *   ORGRAIL4109 for a plan or journal of another organization, ORGRAIL4110 for a journal of another
 *   plan.
 */
export async function applyPlan(
  context: ServiceContext,
  plan: Plan,
  options: ApplyOptions,
): Promise<ApplyReport> {
  const { aws } = context;
  const { journal, lock, onProgress } = options;
  const startedAt = new Date(aws.clock.now()).toISOString();
  if (journal.state.planDigest !== digest(plan)) {
    throw new AppError("ORGRAIL4110", `the journal \`${journal.name}\` is of another plan`, {
      hint: "resume with the plan that the journal holds, or discard it",
    });
  }
  const handlers = await checkPlan(plan);
  const callerAccount = await checkOrganization(context, plan);
  for (const [id, name] of Object.entries(plan.names)) {
    if (identifierPatterns.account.test(id)) aws.accountNames.set(id, name);
  }

  const signals = [context.signal, lock?.lost].filter((signal) => signal !== undefined);
  const signal = AbortSignal.any(signals);
  // As many changes as are made at a time listen to it; that is no leak.
  setMaxListeners(0, signal);
  const ids = new Map(Object.entries(plan.ids));
  const made = new Set<string>();
  const existing = new Set([...Object.values(plan.ids), ...Object.keys(plan.names)]);
  const applyContext: ApplyContext = {
    aws,
    signal,
    managementAccountId: plan.managementAccountId,
    callerAccount,
    made,
    memo: new Map(),
    hanging: new Map(),
  };
  const slots: (ChangeOutcome | undefined)[] = plan.changes.map(() => undefined);
  const notMade = new Set<string>();
  const records = new Map(journal.state.changes);
  const resolve = (change: Change): Change => resolveRefs(change, ids);
  const countedOn = stillCountedOn(plan, journal);
  let startsAhead = true;
  let stoppedBy: AppError | undefined;

  const applyOne = async (change: Change, index: number): Promise<ChangeOutcome> => {
    const earlier = doneEarlier(change, journal.state.changes.get(change.id));
    if (earlier !== undefined && !countedOn.has(change.id)) return earlier;
    if (stoppedBy !== undefined || signal.aborted) return pending(change);
    const because = change.dependsOn.find((id) => notMade.has(id));
    if (because !== undefined) return skipped(change, because);
    if (isRisky(change) && options.confirm !== undefined && !(await options.confirm(change))) {
      return { change, status: "skipped", message: "not confirmed" };
    }
    onProgress?.({ kind: "start", change, index, total: plan.changes.length });
    const handler = handlers.get(handlerName(change));
    if (handler === undefined) throw new Error(`no handler for ${handlerName(change)}`);
    if (startsAhead) {
      const onRequest = (other: Change, request: string): void =>
        onProgress?.({ kind: "waiting", change: other, request });
      const run = {
        context: applyContext,
        handlers,
        journal,
        lock,
        resolve,
        records,
        notMade,
        onRequest,
      };
      startsAhead = await startAhead(run, plan.changes, index);
    }
    try {
      const outcome = await applyChange({
        context: applyContext,
        handler,
        change: resolve(change),
        record: records.get(change.id),
        journal,
        lock,
        existing,
        nameOf: (id) => plan.names[id],
        onRequest: (request) => onProgress?.({ kind: "waiting", change, request }),
      });
      return earlier !== undefined && outcome.status === "done" ? earlier : outcome;
    } catch (error) {
      if (signal.aborted) {
        if (lock?.lost.aborted && lock.lost.reason instanceof AppError) {
          stoppedBy = lock.lost.reason;
        }
        return pending(change);
      }
      if (!(error instanceof AppError)) throw error;
      if (stopsAll(error, change)) {
        stoppedBy = error;
        return { ...pending(change), message: error.message };
      }
      return fail(journal, change, error, { nowMs: aws.clock.now(), policy: policyOf(error) });
    }
  };

  /** The file's name of the policy that denied a call, or AWS's, when AWS says which one it is. */
  const policyOf = (error: AppError): string | undefined => {
    const id = error instanceof AwsError ? error.details.deniedByPolicy?.split("/").at(-1) : "";
    if (id === undefined || id === "") return undefined;
    const [address] = [...ids].find((entry) => entry[1] === id) ?? [];
    return plan.names[id] ?? address?.split("/").slice(1).join("/");
  };

  /** Puts back what was done only to make room for a change that was not made. */
  const takeBackRoom = async ({ change }: ChangeOutcome): Promise<void> => {
    const run = { context: applyContext, handlers, journal, resolve };
    for (const [at, earlier] of slots.entries()) {
      if (earlier?.status !== "done" || !madeRoomFor(handlers, earlier.change, change)) continue;
      if (stoppedBy !== undefined || signal.aborted) return;
      const outcome = await putBack(run, earlier, change);
      slots[at] = outcome;
      if (outcome.status !== "done") notMade.add(earlier.change.id);
      onProgress?.({ kind: "end", outcome, index: at, total: plan.changes.length });
    }
  };

  await runInLanes(
    plan.changes,
    options.concurrency ?? defaultConcurrency,
    async (change, index) => {
      const outcome = { ...(await applyOne(change, index)), change };
      slots[index] = outcome;
      if (outcome.status === "done" || outcome.status === "already") {
        if (outcome.id !== undefined && change.action === "create") {
          ids.set(change.address, outcome.id);
          made.add(outcome.id);
        }
      } else notMade.add(change.id);
      if (
        outcome.status !== "done" &&
        outcome.status !== "already" &&
        outcome.status !== "pending"
      ) {
        await takeBackRoom(outcome);
      }
      onProgress?.({ kind: "end", outcome, index, total: plan.changes.length });
    },
  );
  const outcomes = slots.filter((outcome) => outcome !== undefined);
  if (outcomes.every(({ status }) => status !== "pending")) {
    await journal.append({ kind: "finish", at: new Date(aws.clock.now()).toISOString() });
  }
  return {
    organizationId: plan.organizationId,
    outcomes,
    counts: countOf(outcomes),
    interrupted: context.signal?.aborted ?? false,
    ...(stoppedBy === undefined ? {} : { stoppedBy }),
    ids: Object.fromEntries(ids),
    startedAt,
    endedAt: new Date(aws.clock.now()).toISOString(),
  };
}

/** Refuses a plan of another organization; gives the caller's account. */
async function checkOrganization(context: ServiceContext, plan: Plan): Promise<string> {
  const how = context.signal === undefined ? {} : { signal: context.signal };
  const [{ account }, { Organization }] = await Promise.all([
    context.aws.caller(context.signal),
    context.aws.call("organizations", "DescribeOrganization", {}, how),
  ]);
  if (Organization?.Id !== plan.organizationId) {
    throw new AppError(
      "ORGRAIL4109",
      `the plan is of organization ${plan.organizationId}; these credentials are of ${Organization?.Id}`,
      { exit: "usage", hint: "use the credentials of that organization, or plan for this one" },
    );
  }
  return account;
}

/** Actions that put something in the place of what later changes take away. */
const guarding: ReadonlySet<string> = new Set(["attach", "move", "register", "enable"]);

/**
 * Ids of what the interrupted apply made and what is still to be made counts on: before a guard is
 * taken away it is looked whether the new one is still there, for anybody may have undone it.
 */
function stillCountedOn({ changes }: Plan, journal: Journal): ReadonlySet<string> {
  const isDone = (change: Change): boolean =>
    doneEarlier(change, journal.state.changes.get(change.id)) !== undefined;
  const counted = new Set(changes.flatMap((one) => (isDone(one) ? [] : one.dependsOn)));
  return new Set(
    changes
      .filter((change) => guarding.has(change.action) && counted.has(change.id) && isDone(change))
      .map(({ id }) => id),
  );
}

/** What the interrupted apply has done needs no second look, unless something counts on it. */
function doneEarlier(change: Change, record: ChangeRecord | undefined): ChangeOutcome | undefined {
  const end = record?.end;
  if (end?.status !== "done" && end?.status !== "already") return undefined;
  return {
    change,
    status: end.status,
    earlier: true,
    ...(end.id === undefined ? {} : { id: end.id }),
  };
}

function pending(change: Change): ChangeOutcome {
  return { change, status: "pending", message: "not settled: apply ended before it" };
}

function skipped(change: Change, because: string): ChangeOutcome {
  return {
    change,
    status: "skipped",
    because,
    message: `rests on \`${because}\`, which was not made`,
  };
}

/**
 * Failures after which every other change would fail too. They can be resumed from. What one member
 * account refuses says nothing of the others.
 */
function stopsAll(error: AppError, change: Change): boolean {
  if (error instanceof AwsError) {
    if (change.workIn !== undefined && ["credentials", "throttled"].includes(error.kind))
      return false;
    return ["credentials", "throttled", "network", "not-enrolled", "interrupted"].includes(
      error.kind,
    );
  }
  // Journal or lock: without them nothing may be written.
  return error.code.startsWith("ORGRAIL42");
}

async function fail(
  journal: Journal,
  change: Change,
  error: AppError,
  { nowMs, policy }: { readonly nowMs: number; readonly policy: string | undefined },
): Promise<ChangeOutcome> {
  const { code, hint } = error;
  const message =
    policy === undefined ? error.message : `${error.message}; the policy is \`${policy}\``;
  const at = new Date(nowMs).toISOString();
  await journal.append({ kind: "end", at, change: change.id, status: "failed", message });
  return { change, status: "failed", code, message, ...(hint === undefined ? {} : { hint }) };
}

function isRisky(change: Change): boolean {
  return change.risk === "destructive" || change.risk === "lockout";
}

function countOf(outcomes: readonly ChangeOutcome[]): Record<OutcomeStatus, number> {
  const counts = Object.fromEntries(outcomeStatuses.map((status) => [status, 0])) as Record<
    OutcomeStatus,
    number
  >;
  for (const { status } of outcomes) counts[status] += 1;
  return counts;
}
