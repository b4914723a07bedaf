import { relative, resolve } from "node:path";
import { AppError, InputError } from "../../core/app-error.ts";
import type { Diagnostic } from "../../core/diagnostic.ts";
import type { Plan } from "../../core/plan.ts";
import { decodePlan } from "../../plan/plan-file.ts";
import { mostFileBytes, readTextFile } from "../../store/atomic-file.ts";
import {
  discardJournal,
  type FoundJournal,
  findUnfinishedJournals,
} from "../../store/journal-directory.ts";
import type { Deps } from "../deps.ts";
import { assertApplicable, planWith } from "../make-plan.ts";
import { counted } from "../words.ts";
import type { ApplySession } from "./session.ts";

/** What an apply is to do. */
export interface Work {
  readonly plan: Plan;
  /** Warnings of the configuration and of the plan. */
  readonly diagnostics: readonly Diagnostic[];
  /** The journal of the interrupted apply that goes on. */
  readonly resumed?: FoundJournal;
  /** The plan was not shown before. */
  readonly isNew: boolean;
}

/** Reads a saved plan. Throws InputError when it is none, is damaged, or was changed. */
export async function readPlan(deps: Deps, file: string): Promise<Plan> {
  const { plan, diagnostics } = decodePlan(
    await readTextFile(resolve(deps.cwd, file), mostFileBytes),
  );
  if (plan === undefined) {
    const [first] = diagnostics;
    throw new InputError(
      first?.code ?? "ORGRAIL5033",
      `\`${file}\` cannot be applied: ${first?.summary ?? "it holds no plan"}`,
      [],
      first?.help,
    );
  }
  return plan;
}

/**
 * Decides what an apply does: the saved plan, the plan of an apply that was interrupted, or a new
 * one. An interrupted apply is never passed over: it is resumed or discarded by name.
 *
 * @throws AppError when an apply was interrupted and nobody said what to do about it.
 */
export async function chooseWork(session: ApplySession, saved: Plan | undefined): Promise<Work> {
  const { deps, options, organizationId, folder, progress } = session;
  const [found, ...older] = await findUnfinishedJournals(folder, organizationId);
  if (options.resume) {
    if (found === undefined) {
      throw new InputError(
        "ORGRAIL5034",
        "no apply was interrupted: there is nothing to resume",
        [],
      );
    }
    if (found.state === undefined) throw found.error;
    return { plan: found.state.plan, diagnostics: [], resumed: found, isNew: false };
  }
  if (found !== undefined && !options.discard) throw interrupted(deps, found);
  for (const { path } of found === undefined ? [] : [found, ...older]) {
    const kept = await discardJournal(path);
    progress.say(`discarded an interrupted apply; its journal is kept as ${shown(deps, kept)}`);
  }
  if (saved !== undefined) return { plan: saved, diagnostics: saved.diagnostics, isNew: false };
  if (session.config === undefined) throw new Error("a new plan needs a configuration");
  const { plan } = await planWith(deps, session.aws, progress, session.config, options.target);
  assertApplicable(plan);
  const diagnostics = [...session.config.diagnostics, ...plan.diagnostics];
  return { plan, diagnostics, isNew: true };
}

function interrupted(deps: Deps, { path, state, error }: FoundJournal): AppError {
  const hint =
    "`orgrail apply --resume` goes on where it stopped, without doing anything twice; " +
    "`orgrail apply --discard` forgets it and plans anew";
  if (state === undefined) {
    return new AppError("ORGRAIL5031", `an apply was interrupted, and its journal is damaged`, {
      hint: `${error instanceof Error ? error.message : String(error)}; --discard forgets it and plans anew`,
    });
  }
  const settled = [...state.changes.values()].filter(({ end }) => end !== undefined).length;
  return new AppError(
    "ORGRAIL5031",
    `an apply that began at ${state.startedAt} was interrupted: ${settled} of ` +
      `${counted(state.plan.changes.length, "change")} are settled (${shown(deps, path)})`,
    { hint },
  );
}

function shown(deps: Deps, path: string): string {
  return relative(deps.cwd, path);
}
