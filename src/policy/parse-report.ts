import type { Diagnostic, Severity } from "../core/diagnostic.ts";
import type { TextRange } from "./types.ts";

/** How many diagnostics one document can yield; garbage would give one a character. */
export const maxDiagnostics = 200;

/** Collects diagnostics of one document. */
export interface ParseReport {
  /** An error at a place of the document. */
  error(code: string, summary: string, at: TextRange, help?: string): void;
  /** A warning at a place of the document. */
  warning(code: string, summary: string, at: TextRange, help?: string): void;
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes an empty report whose spans name that file. */
export function parseReport(file?: string): ParseReport {
  const diagnostics: Diagnostic[] = [];
  let total = 0;
  const add = (
    severity: Severity,
    code: string,
    summary: string,
    at: TextRange,
    help: string | undefined,
  ): void => {
    total++;
    if (total > maxDiagnostics) {
      diagnostics[maxDiagnostics] = {
        severity: "error",
        code: "ORGRAIL6900",
        summary: `${total - maxDiagnostics} further problems are not listed`,
      };
      return;
    }
    diagnostics.push({
      severity,
      code,
      summary,
      ...(help === undefined ? {} : { help }),
      span: { ...(file === undefined ? {} : { file }), start: at.start, end: at.end },
    });
  };
  return {
    error: (code, summary, at, help) => add("error", code, summary, at, help),
    warning: (code, summary, at, help) => add("warning", code, summary, at, help),
    diagnostics,
  };
}

/** Shows a piece of the input in a message: in backticks, on one line, cut when long. */
export function quoted(text: string): string {
  const line = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being removed
  if (!/[\u0000-\u001f`]/.test(line)) return `\`${line}\``;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is being removed
  return `\`${line.replace(/[\u0000-\u001f`]/g, " ")}\``;
}
