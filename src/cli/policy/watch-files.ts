import { type FSWatcher, watch } from "node:fs";
import { dirname, resolve } from "node:path";
import { AppError } from "../../core/app-error.ts";
import type { Outcome } from "../command.ts";
import type { Deps } from "../deps.ts";
import { printFailure } from "../print-failure.ts";
import { printOutcome } from "../print-outcome.ts";

/** Editors write a file in several steps; a run waits for the last of them. */
const quietMs = 100;

/** One run, and the files that it read. */
export interface WatchedRun {
  readonly outcome: Outcome;
  readonly files: readonly string[];
}

/**
 * Runs, prints the outcome, and runs again whenever something changes in a folder of a file that
 * was read, until the signal of `deps` is aborted. A run that fails by the user's input is printed
 * and waited on like any other.
 */
export async function rerunOnChange(deps: Deps, once: () => Promise<WatchedRun>): Promise<void> {
  let files: readonly string[] = [];
  while (!deps.signal.aborted) {
    try {
      const ran = await once();
      files = ran.files;
      await printOutcome(deps, "test", ran.outcome);
    } catch (error) {
      if (!(error instanceof AppError) || error.exit !== "usage") throw error;
      await printFailure(deps, "test", error);
    }
    const folders = [
      ...new Set([deps.cwd, ...files.map((file) => dirname(resolve(deps.cwd, file)))]),
    ];
    deps.stderr.write(`${deps.paintError.dim("waiting for changes; Ctrl-C ends")}\n`);
    await change(folders, deps.signal);
  }
}

/** Resolves once something in the folders has changed and been quiet since, or on an abort. */
function change(folders: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    const watchers: FSWatcher[] = [];
    let timer: NodeJS.Timeout | undefined;
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      for (const watcher of watchers) watcher.close();
      done();
    };
    const later = (): void => {
      clearTimeout(timer);
      timer = setTimeout(end, quietMs);
    };
    if (signal.aborted) return done();
    signal.addEventListener("abort", end);
    for (const folder of folders) {
      const watcher = watch(folder, later);
      // A folder that goes away is a change like any other.
      watcher.on("error", later);
      watchers.push(watcher);
    }
  });
}
