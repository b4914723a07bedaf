import type { CallOptions } from "../../aws/aws.ts";
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

/**
 * Asks again and again until AWS has ended what it does.
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
  const endAtMs = clock.now() + limits.atMostMs;
  while (!(await isDone())) {
    if (clock.now() >= endAtMs) {
      throw new AppError(
        "ORGRAIL4113",
        `${change.operation} of ${change.address} has not ended after ${Math.round(limits.atMostMs / 60_000)} minutes`,
        { hint: "AWS may still be at it: plan again later, and apply what is left" },
      );
    }
    await clock.sleep(limits.everyMs, context.signal);
  }
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
