import type { Diagnostic } from "../core/diagnostic.ts";
import type { Deps } from "./deps.ts";

/** Prints diagnostics with code frames on standard error; reads the files that they point into. */
export async function printDiagnostics(
  deps: Deps,
  diagnostics: readonly Diagnostic[],
): Promise<void> {
  if (diagnostics.length === 0) return;
  for (const diagnostic of diagnostics) deps.stderr.write(`${diagnostic.summary}\n`);
}
