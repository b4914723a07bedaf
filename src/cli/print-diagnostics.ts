import { resolve } from "node:path";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { Deps } from "./deps.ts";

/** Prints diagnostics with code frames on standard error; reads the files that they point into. */
export async function printDiagnostics(
  deps: Deps,
  diagnostics: readonly Diagnostic[],
): Promise<void> {
  if (diagnostics.length === 0) return;
  const { renderDiagnostics } = await import("../report/diagnostics.ts");
  const { plainFileText } = await import("./plain-file.ts");
  const files = new Set(diagnostics.flatMap(({ span }) => span?.file ?? []));
  const sources = Object.fromEntries(
    [...files].flatMap((file) => {
      const text = plainFileText(resolve(deps.cwd, file));
      return text === undefined ? [] : [[file, text.replace(/^\ufeff/, "")]];
    }),
  );
  deps.stderr.write(
    renderDiagnostics(diagnostics, sources, {
      color: deps.paintError.isColorSupported,
      width: deps.stderr.columns,
    }),
  );
}
