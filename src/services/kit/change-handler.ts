import type { CallOptions } from "../../aws/aws.ts";
import { describeSite } from "../../aws/errors.ts";
import type { Input, Operation, Output, ServiceId } from "../../aws/operations.ts";
import { AppError } from "../../core/app-error.ts";
import type { JsonObject } from "../../core/json.ts";
import type {
  ApplyContext,
  ChangeHandler,
  Observation,
  PartFailure,
  ResolvedChange,
  WriteResult,
} from "../service.ts";

/** Where the calls of a change go: into the account and Region that it names. */
export function placeOf(context: ApplyContext, change: ResolvedChange): CallOptions {
  const { workIn, region } = change;
  if (typeof workIn === "object") throw new Error(`\`${change.id}\` is not resolved`);
  return {
    ...(workIn === undefined ? {} : { account: workIn }),
    ...(region === undefined ? {} : { region }),
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  };
}

/** What {@link changeHandler} needs to know of an operation. */
export interface OperationOptions<S extends ServiceId, O extends Operation<S>> {
  /** Reads the facet; `null` when the thing does not exist. Throws `AwsError`. */
  observe(
    context: ApplyContext,
    change: ResolvedChange,
    how: CallOptions,
    fresh: boolean,
  ): Promise<JsonObject | null | Observation>;
  /** The input, where it is not the change's own. */
  input?(change: ResolvedChange, context: ApplyContext): Input<S, O> | Promise<Input<S, O>>;
  /** Physical id of what was made, by the answer. */
  idOf?(output: Output<S, O>, change: ResolvedChange): string | undefined;
  /** Accounts for which AWS did not do it, by the answer. */
  failures?(output: Output<S, O>): readonly PartFailure[];
  /** Waits for the end of what AWS goes on with after its answer. */
  settle?(
    context: ApplyContext,
    change: ResolvedChange,
    output: Output<S, O>,
    how: CallOptions,
  ): Promise<void>;
  readonly already?: readonly string[];
  /** Exception names that mean that something just made is not visible yet. */
  readonly eventual?: readonly string[];
  readonly undo?: ChangeHandler["undo"];
}

/**
 * The handler of a change that is one call of one operation of an SDK client: `write` calls it with
 * the change's own input, in the account and Region that the change names.
 */
export function changeHandler<S extends ServiceId, O extends Operation<S>>(
  service: S,
  operation: O,
  options: OperationOptions<S, O>,
): ChangeHandler {
  const { already, undo } = options;
  return {
    api: { service, operation },
    observe: async (context, change, fresh) => {
      const seen = await options.observe(context, change, placeOf(context, change), fresh);
      return isObservation(seen) ? seen : { facet: seen };
    },
    write: async (context, change): Promise<WriteResult> => {
      const how = placeOf(context, change);
      const input = (await options.input?.(change, context)) ?? (change.input as Input<S, O>);
      const output = await context.aws.call(service, operation, input, {
        ...how,
        finish: true,
        idempotent: false,
        ...(options.eventual === undefined ? {} : { eventual: options.eventual }),
      });
      context.memo.delete(memoKey(change));
      await options.settle?.(context, change, output, how);
      const id = options.idOf?.(output, change);
      const failures = options.failures?.(output) ?? [];
      return {
        ...(id === undefined ? {} : { id }),
        ...(failures.length === 0 ? {} : { failures }),
      };
    },
    ...(already === undefined ? {} : { already }),
    ...(undo === undefined ? {} : { undo }),
  };
}

function isObservation(seen: JsonObject | null | Observation): seen is Observation {
  return seen !== null && "facet" in seen;
}

/** Between two looks at what AWS is at, at most; in milliseconds. */
const longestPauseMs = 5 * 60_000;

/**
 * Asks until AWS has ended what it does, ever less often: the pause is at most a tenth of what was
 * waited already, unless that is below `everyMs`. When one change of an operation in an account and
 * Region has not ended in time, those after it get a tenth of it, then a twentieth and so on: what
 * hangs is waited for about once, however many changes there are.
 *
 * @throws AppError ORGRAIL4113 when it has not after that many milliseconds.
 */
export async function waitUntil(
  context: ApplyContext,
  change: ResolvedChange,
  isDone: () => Promise<boolean>,
  limits: { readonly everyMs: number; readonly atMostMs: number },
): Promise<void> {
  const { clock } = context.aws;
  const startedAtMs = clock.now();
  const hanging = `hanging ${change.operation} ${memoKey(change)}`;
  const hung = context.hanging?.get(hanging) ?? 0;
  const atMostMs =
    hung === 0 ? limits.atMostMs : Math.max(limits.everyMs, limits.atMostMs / (10 * hung));
  while (!(await isDone())) {
    const waitedMs = clock.now() - startedAtMs;
    if (waitedMs >= atMostMs) {
      context.hanging?.set(hanging, hung + 1);
      throw notEnded(context, change, waitedMs);
    }
    const pauseMs = Math.max(limits.everyMs, Math.min(waitedMs / 10, longestPauseMs));
    await clock.sleep(Math.min(pauseMs, atMostMs - waitedMs), context.signal);
  }
}

function notEnded(context: ApplyContext, change: ResolvedChange, waitedMs: number): AppError {
  const { service, operation, address, region, workIn } = change;
  const account = typeof workIn === "string" ? workIn : context.callerAccount;
  const accountName = context.aws.accountNames.get(account);
  const site = {
    ...{ service, operation, account },
    ...(accountName === undefined ? {} : { accountName }),
    ...(region === undefined ? {} : { region }),
  };
  const minutes = Math.ceil(waitedMs / 60_000);
  return new AppError(
    "ORGRAIL4113",
    `${describeSite(site)}: AWS took it, and has not ended it after ${minutes} ${minutes === 1 ? "minute" : "minutes"} (\`${address}\`)`,
    {
      hint: "AWS may still be at it: look at it in that account, and plan and apply again later; what has ended by then is not done twice",
    },
  );
}

/**
 * A value that several changes of one service in one account and Region look at, such as a list of
 * members: read once, and again when `fresh` or after a write of that service there.
 */
export async function remember<T>(
  context: ApplyContext,
  change: ResolvedChange,
  key: string,
  fresh: boolean,
  read: () => Promise<T>,
): Promise<T> {
  const name = memoKey(change);
  const kept = (context.memo.get(name) as Map<string, Promise<T>> | undefined) ?? new Map();
  context.memo.set(name, kept);
  const known = fresh ? undefined : kept.get(key);
  if (known !== undefined) return known;
  const reading = read();
  kept.set(key, reading);
  try {
    return await reading;
  } catch (error) {
    if (kept.get(key) === reading) kept.delete(key);
    throw error;
  }
}

function memoKey({ service, workIn, region }: ResolvedChange): string {
  return `${service} ${String(workIn)} ${region ?? ""}`;
}
