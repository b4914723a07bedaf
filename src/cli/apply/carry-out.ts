import { applyPlan } from "../../engine/apply.ts";
import type { ApplyReport, ChangeOutcome } from "../../engine/apply-report.ts";
import { reasonOf } from "../../store/file-errors.ts";
import { createJournal, resumeJournal } from "../../store/journal.ts";
import { newJournalPath, pruneJournals } from "../../store/journal-directory.ts";
import { fileStorage } from "../../store/journal-storage.ts";
import type { Paint } from "../paint.ts";
import type { Work } from "./choose-work.ts";
import type { ApplySession } from "./session.ts";

/** Applies a plan with a journal, and shows how it gets on. */
export async function carryOut(session: ApplySession, work: Work): Promise<ApplyReport> {
  const { deps, aws, progress, folder, lock, organizationId } = session;
  const now = deps.clock.now();
  const at = new Date(now).toISOString();
  const { plan, resumed } = work;
  const journal =
    resumed === undefined
      ? await createJournal(fileStorage(newJournalPath(folder, organizationId, now)), plan, at)
      : await resumeJournal(resumed.storage, at);
  const stopping = (): void =>
    progress.say("stopping: waiting for the request that was sent, beginning no other");
  deps.signal.addEventListener("abort", stopping, { once: true });
  progress.stage("applying", plan.changes.length);
  let report: ApplyReport;
  try {
    report = await applyPlan({ aws, signal: deps.signal }, plan, {
      journal,
      lock,
      onProgress: (step) => {
        switch (step.kind) {
          case "start":
            progress.update(step.index, step.total, `${step.change.action} ${step.change.address}`);
            return;
          case "waiting":
            progress.say(
              deps.paintError.dim(
                `  AWS works on ${step.change.address} (request ${step.request})`,
              ),
            );
            return;
          case "end":
            if (step.outcome.status !== "pending" && !deps.global.quiet && !deps.global.json) {
              progress.say(outcomeLine(step.outcome, deps.paintError));
            }
            progress.update(step.index + 1, step.total);
        }
      },
    });
  } finally {
    deps.signal.removeEventListener("abort", stopping);
    progress.end();
    await journal.close();
  }
  await forgetOld(session);
  return report;
}

/** Removes old journals, under the lock; that this fails is no failure of the apply. */
async function forgetOld({ folder, organizationId, progress }: ApplySession): Promise<void> {
  try {
    await pruneJournals(folder, organizationId);
  } catch (error) {
    progress.say(`warning: old journals were not removed: ${reasonOf(error)}`);
  }
}

/** One change and what became of it. */
export function outcomeLine(outcome: ChangeOutcome, paint: Paint): string {
  const { change, status, id, message, hint, earlier } = outcome;
  const known = id !== undefined && change.action === "create" ? id : change.account;
  const made = known === undefined ? "" : ` (${known})`;
  const what = `${change.action} ${change.address}${made}`;
  switch (status) {
    case "done":
      return `  ${paint.green("done")}     ${what}${earlier === true ? ", before the interruption" : ""}`;
    case "already":
      return `  ${paint.green("already")}  ${what}: nothing to do`;
    default: {
      const why = message === undefined ? "" : `: ${message}`;
      const help = hint === undefined ? "" : `\n           ${paint.cyan("help")}: ${hint}`;
      return `  ${paint.red(status.padEnd(7))}  ${what}${why}${help}`;
    }
  }
}
