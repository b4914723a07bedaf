import { AppError } from "../core/app-error.ts";
import type { Change } from "../core/plan.ts";
import type { ApplyContext, ResolvedChange } from "../services/service.ts";
import type { Journal } from "../store/journal.ts";
import type { ChangeOutcome } from "./apply-report.ts";
import { type Handlers, handlerName } from "./check-plan.ts";
import { sameFacet } from "./facets.ts";

/** What a change that was not made is put back with. */
export interface PutBackRun {
  readonly context: ApplyContext;
  readonly handlers: Handlers;
  readonly journal: Journal;
  readonly resolve: (change: Change) => ResolvedChange;
}

/**
 * Whether a change made room for another at the same place: a policy detached from a target that
 * held as many as AWS allows, a delegated administrator of a service that takes one.
 */
export function madeRoomFor(handlers: Handlers, earlier: Change, change: Change): boolean {
  if (earlier.service !== change.service || !change.dependsOn.includes(earlier.id)) return false;
  const undo = handlers.get(handlerName(earlier))?.undo;
  if (undo?.operation !== change.operation) return false;
  return sameFacet(
    { where: earlier.input[undo.where] ?? null },
    { where: change.input[undo.where] ?? null },
  );
}

/**
 * Takes back a change that made room for one which was not made, so that nothing stays less guarded
 * than it was. The journal holds the change as failed then, so that a resumed apply tries both anew.
 *
 * @returns what became of the change that was to be taken back; never throws what AWS answers.
 */
export async function putBack(
  run: PutBackRun,
  earlier: ChangeOutcome,
  because: Change,
): Promise<ChangeOutcome> {
  const { context, handlers, journal } = run;
  const { clock } = context.aws;
  const { change } = earlier;
  const handler = handlers.get(handlerName(because));
  const operation = because.operation;
  if (handler === undefined) throw new Error(`no handler for ${handlerName(because)}`);
  const undo: ResolvedChange = {
    ...run.resolve(change),
    ...{ operation, action: because.action, before: change.after, after: change.before },
  };
  const now = (): string => new Date(clock.now()).toISOString();
  try {
    const { facet } = await handler.observe(context, undo, true);
    if (!sameFacet(facet, undo.after)) {
      await journal.append({ kind: "begin", at: now(), change: change.id });
      await handler.write(context, undo, async () => {});
    }
    const message = `done, and put back: \`${because.id}\`, for which it made room, was not made`;
    await journal.append({ kind: "end", at: now(), change: change.id, status: "failed", message });
    return { change, status: "failed", code: "ORGRAIL4111", message };
  } catch (error) {
    if (!(error instanceof AppError) || context.signal?.aborted) throw error;
    return {
      ...earlier,
      message: `\`${because.id}\`, for which it made room, was not made, and it could not be put back: ${error.message}`,
      hint: "put it back by hand, or mend what failed and apply again",
    };
  }
}
