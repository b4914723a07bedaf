import { AwsError } from "../aws/aws-error.ts";
import { AppError } from "../core/app-error.ts";
import type { JsonObject } from "../core/json.ts";
import type { Change } from "../core/plan.ts";
import type {
  ApplyContext,
  ChangeHandler,
  Observation,
  PartFailure,
  ResolvedChange,
  WriteResult,
} from "../services/service.ts";
import type { Journal } from "../store/journal.ts";
import type { ChangeRecord } from "../store/journal-entry.ts";
import type { HeldLock } from "../store/lock.ts";
import type { ChangeOutcome } from "./apply-report.ts";
import { describeDifferences, facetDifferences, sameFacet } from "./facets.ts";

/** What one change is applied with. */
export interface ChangeRun {
  readonly context: ApplyContext;
  readonly handler: ChangeHandler;
  /** Its references are resolved. */
  readonly change: Change;
  /** What the journal knows of it from before. */
  readonly record: ChangeRecord | undefined;
  readonly journal: Journal;
  readonly lock: HeldLock | undefined;
  /** Ids of the things that existed when the plan was made. */
  readonly existing: ReadonlySet<string>;
  readonly nameOf: (id: string) => string | undefined;
  readonly onRequest: (requestId: string) => void;
}

/** How often a write whose answer was lost is looked after and made again. */
const mostTries = 5;
/** How long AWS may take to show what it says is so. */
const visibleWithinMs = 60_000;

/**
 * Makes one change, if the world is as the plan saw it: reads the facet, writes to the journal what
 * is about to happen, calls the operation, and writes what became of it. When an answer is lost,
 * the world is read again before anything is repeated.
 *
 * Throws what handlers throw: `AwsError` for calls that failed.
 */
export async function applyChange(run: ChangeRun): Promise<ChangeOutcome> {
  const { change, journal, context } = run;
  const { clock } = context.aws;
  let resolved: ResolvedChange = {
    ...change,
    ...(run.record?.request === undefined ? {} : { earlierRequest: run.record.request }),
    ...(run.record?.firstBegunAtMs === undefined
      ? {}
      : { firstTriedAtMs: run.record.firstBegunAtMs }),
  };
  for (let attempt = 1; ; attempt++) {
    const seen = await look(run, resolved, attempt > 1);
    if (sameFacet(seen.facet, change.after)) {
      // What we began and find so now is ours; what we never began was so already.
      return settled(run, resolved.firstTriedAtMs === undefined ? "already" : "done", seen.id);
    }
    if (!sameFacet(seen.facet, change.before)) return refused(run, seen.facet);

    await run.lock?.check();
    context.signal?.throwIfAborted();
    const begunAtMs = clock.now();
    await journal.append({ kind: "begin", at: iso(begunAtMs), change: change.id });
    try {
      const made = await write(run, resolved);
      if (made.failures !== undefined && made.failures.length > 0) throw partly(run, made.failures);
      return settled(run, "done", made.id ?? seen.id);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      resolved = { ...resolved, firstTriedAtMs: resolved.firstTriedAtMs ?? begunAtMs };
      if (mayHaveHappened(error) && attempt < mostTries) {
        await clock.sleep(1000 * attempt, context.signal);
        continue;
      }
      const visible = await waitToSee(run, resolved, error);
      if (visible === undefined) throw error;
      return settled(run, "done", visible.id);
    }
  }
}

/** How many accounts a message names. */
const namedAccounts = 5;

function partly({ change, context }: ChangeRun, failures: readonly PartFailure[]): AppError {
  const { accountNames } = context.aws;
  const named = failures.slice(0, namedAccounts).map(({ account, message }) => {
    const name = account === undefined ? undefined : accountNames.get(account);
    const who = name === undefined ? account : `${name} (${account})`;
    return who === undefined ? message : `${who}: ${message}`;
  });
  const more = failures.length - named.length;
  return new AppError(
    "ORGRAIL4112",
    `${change.operation} was not carried out for ${failures.length} of its accounts: ${named.join("; ")}${more > 0 ? `; and ${more} more` : ""}`,
    { hint: "the others are done; mend what AWS names, then plan and apply again for the rest" },
  );
}

function write(run: ChangeRun, resolved: ResolvedChange): Promise<WriteResult> {
  const { change, context, handler, journal } = run;
  return handler.write(context, resolved, async (id) => {
    const at = iso(context.aws.clock.now());
    await journal.append({ kind: "request", at, change: change.id, id });
    run.onRequest(id);
  });
}

/**
 * Reads the facet. A thing that is to be made and seems to be there already, under the id of one
 * that existed before the plan, is an old view of that other thing, which this apply has renamed or
 * deleted: it is looked at again until it is gone.
 */
async function look(
  run: ChangeRun,
  resolved: ResolvedChange,
  isFresh: boolean,
): Promise<Observation> {
  const { context, handler } = run;
  const { clock } = context.aws;
  const endAtMs = clock.now() + visibleWithinMs;
  let seen = await handler.observe(context, resolved, isFresh);
  while (isOldView(run, seen) && clock.now() < endAtMs) {
    await clock.sleep(2_000, context.signal);
    seen = await handler.observe(context, resolved, true);
  }
  return isOldView(run, seen) ? { facet: { ...seen.facet, id: seen.id ?? "" } } : seen;
}

function isOldView({ change, existing }: ChangeRun, { id }: Observation): boolean {
  return change.action === "create" && id !== undefined && existing.has(id);
}

/**
 * After a write that AWS refused: whether the world is as the change wants it after all. When AWS's
 * reason is just that, reads are given time to show it.
 */
async function waitToSee(
  run: ChangeRun,
  resolved: ResolvedChange,
  error: AwsError,
): Promise<Observation | undefined> {
  const { change, context, handler } = run;
  const { clock } = context.aws;
  const saysAlready = handler.already?.includes(error.details.awsCode ?? "") ?? false;
  if (error.kind !== "refused" && !mayHaveHappened(error)) return undefined;
  const endAtMs = clock.now() + (saysAlready ? visibleWithinMs : 0);
  for (;;) {
    const seen = await handler.observe(context, resolved, true);
    if (sameFacet(seen.facet, change.after) && !isOldView(run, seen)) return seen;
    if (clock.now() >= endAtMs) return undefined;
    await clock.sleep(2_000, context.signal);
  }
}

/** The request may have been carried out although it has no good answer. */
function mayHaveHappened(error: AwsError): boolean {
  return error.kind === "server" || error.kind === "network" || error.kind === "unreadable";
}

async function settled(
  run: ChangeRun,
  status: "done" | "already",
  id: string | undefined,
): Promise<ChangeOutcome> {
  const withId = id === undefined ? {} : { id };
  await run.journal.append({
    kind: "end",
    at: iso(run.context.aws.clock.now()),
    change: run.change.id,
    status,
    ...withId,
  });
  return { change: run.change, status, ...withId };
}

async function refused(run: ChangeRun, found: JsonObject | null): Promise<ChangeOutcome> {
  const { change, context, journal, nameOf } = run;
  const message = `the world has moved since the plan: ${describeDifferences(change.before, found, nameOf)}`;
  const at = iso(context.aws.clock.now());
  await journal.append({ kind: "end", at, change: change.id, status: "refused", message });
  return {
    change,
    status: "refused",
    differences: facetDifferences(change.before, found),
    message,
    hint: "plan again to see what is to be done now",
  };
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}
