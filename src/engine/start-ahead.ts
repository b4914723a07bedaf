import { AppError } from "../core/app-error.ts";
import type { Change } from "../core/plan.ts";
import type { ApplyContext, ResolvedChange } from "../services/service.ts";
import type { Journal } from "../store/journal.ts";
import type { ChangeRecord } from "../store/journal-entry.ts";
import type { HeldLock } from "../store/lock.ts";
import { type Handlers, handlerName } from "./check-plan.ts";
import { sameFacet } from "./facets.ts";

/** What changes are started ahead with. */
export interface StartAheadRun {
  readonly context: ApplyContext;
  readonly handlers: Handlers;
  readonly journal: Journal;
  readonly lock: HeldLock | undefined;
  readonly resolve: (change: Change) => ResolvedChange;
  /** By change id: what the journal told, and what was started since. It is added to. */
  readonly records: Map<string, ChangeRecord>;
  /** Changes that were not made: what rests on them is not started. */
  readonly notMade: ReadonlySet<string>;
  readonly onRequest: (change: Change, requestId: string) => void;
}

/**
 * Sends the requests of asynchronous changes that stand next to each other in the plan, as many as
 * AWS works on at a time, and waits for none of them. To the journal and to each change's own turn
 * such a request looks like one of an interrupted apply: its id is noted, and the turn goes on with
 * it. Whatever is not as the plan saw it, or fails, is left to the change's turn, which says so.
 *
 * @returns whether to start more ahead later: not after AWS refused a request.
 */
export async function startAhead(
  run: StartAheadRun,
  changes: readonly Change[],
  index: number,
): Promise<boolean> {
  const { context, handlers, journal, lock, records, notMade } = run;
  const first = changes[index];
  const handler = first === undefined ? undefined : handlers.get(handlerName(first));
  const { concurrent = 1, start } = handler ?? {};
  if (first === undefined || handler === undefined || start === undefined) return true;
  const name = handlerName(first);
  const ends = changes.findIndex((change, at) => at > index && handlerName(change) !== name);
  const alike = changes.slice(index, ends < 0 ? undefined : ends);
  if (alike.length < 2) return true;
  const ids = new Set(alike.map(({ id }) => id));
  let open = 0;
  for (const change of alike) {
    if (open >= concurrent || context.signal?.aborted) return true;
    const record = records.get(change.id);
    if (record?.end?.status === "done" || record?.end?.status === "already") continue;
    if (record !== undefined && record.end === undefined) {
      open++;
      continue;
    }
    if (change.risk === "destructive" || change.risk === "lockout") return true;
    if (change.dependsOn.some((id) => ids.has(id) || notMade.has(id))) continue;
    try {
      const resolved = run.resolve(change);
      const { facet } = await handler.observe(context, resolved, false);
      if (!sameFacet(facet, change.before)) continue;
      await lock?.check();
      const firstBegunAtMs = context.aws.clock.now();
      const at = new Date(firstBegunAtMs).toISOString();
      await journal.append({ kind: "begin", at, change: change.id });
      records.set(change.id, { firstBegunAtMs });
      const id = await start(context, resolved);
      if (id === undefined) return false;
      const notedAt = new Date(context.aws.clock.now()).toISOString();
      await journal.append({ kind: "request", at: notedAt, change: change.id, id });
      records.set(change.id, { firstBegunAtMs, request: id });
      run.onRequest(change, id);
      open++;
    } catch (error) {
      // The turn meets the same error, and has the words for it.
      if (context.signal?.aborted || error instanceof AppError) return false;
      throw error;
    }
  }
  return true;
}
