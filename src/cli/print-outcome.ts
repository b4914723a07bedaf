import type { Outcome } from "./command.ts";
import type { Deps } from "./deps.ts";
import { envelope } from "./envelope.ts";
import { gapLines } from "./gap-lines.ts";
import { printDiagnostics } from "./print-diagnostics.ts";

/** Prints what a command has to say: the result on standard output, all else on standard error. */
export async function printOutcome(deps: Deps, command: string, outcome: Outcome): Promise<void> {
  const gaps = outcome.gaps ?? [];
  const diagnostics = outcome.diagnostics ?? [];
  if (deps.global.json) {
    if (outcome.written === true) return;
    deps.stdout.write(envelope({ command, result: outcome.result, gaps, diagnostics }));
    return;
  }
  if (outcome.text !== undefined && outcome.written !== true) {
    const text = outcome.text();
    if (text !== "") deps.stdout.write(text.endsWith("\n") ? text : `${text}\n`);
  }
  const said = new Set(outcome.alreadySaid);
  if (!said.has("diagnostics")) await printDiagnostics(deps, diagnostics);
  if (!said.has("gaps")) {
    for (const line of gapLines(gaps, deps.paintError)) deps.stderr.write(`${line}\n`);
  }
  if (outcome.next !== undefined && !deps.global.quiet) {
    deps.stderr.write(`\n${outcome.next}\n`);
  }
}
