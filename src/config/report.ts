import type { Diagnostic, Severity, Span } from "../core/diagnostic.ts";
import type { ConfigCode } from "./codes.ts";

/** How many diagnostics one configuration can yield; garbage would give one a line. */
export const maxDiagnostics = 500;

/** Collects the diagnostics of one configuration. */
export interface Report {
  error(code: ConfigCode, summary: string, span?: Span, help?: string): void;
  warning(code: ConfigCode, summary: string, span?: Span, help?: string): void;
  add(diagnostic: Diagnostic): void;
  /** All diagnostics, by file and place. */
  diagnostics(): readonly Diagnostic[];
}

/** Makes an empty report. */
export function createReport(): Report {
  const list: Diagnostic[] = [];
  let dropped = 0;
  const add = (diagnostic: Diagnostic): void => {
    if (list.length < maxDiagnostics) list.push(diagnostic);
    else dropped++;
  };
  const put = (
    severity: Severity,
    code: string,
    summary: string,
    span: Span | undefined,
    help: string | undefined,
  ): void =>
    add({
      severity,
      code,
      summary,
      ...(help === undefined ? {} : { help }),
      ...(span === undefined ? {} : { span }),
    });
  return {
    error: (code, summary, span, help) => put("error", code, summary, span, help),
    warning: (code, summary, span, help) => put("warning", code, summary, span, help),
    add,
    diagnostics: () => {
      const sorted = [...list].sort(byPlace);
      if (dropped === 0) return sorted;
      const summary = `${dropped} further problems are not listed`;
      return [...sorted, { severity: "error", code: "ORGRAIL1000", summary }];
    },
  };
}

/** Shows a piece of the input in a message: in backticks, on one line, cut when long. */
export function quoted(text: string): string {
  const line = text.length > 80 ? `${text.slice(0, 77)}...` : text;
  return `\`${line.replace(/[\p{Cc}`]/gu, " ")}\``;
}

function byPlace(a: Diagnostic, b: Diagnostic): number {
  const fileA = a.span?.file ?? "";
  const fileB = b.span?.file ?? "";
  if (fileA !== fileB) return fileA < fileB ? -1 : 1;
  return (a.span?.start.offset ?? 0) - (b.span?.start.offset ?? 0);
}
