/** How bad a diagnostic is. `securityWarning` and `suggestion` are IAM Access Analyzer's words. */
export type Severity = "error" | "securityWarning" | "warning" | "suggestion" | "info";

/** A place in a text: 1-based line and column (in UTF-16 code units), 0-based offset. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** A stretch of a text, `end` exclusive. `file` is as the user wrote it. */
export interface Span {
  readonly file?: string;
  readonly start: Position;
  readonly end: Position;
}

/**
 * Something a user should know about an input of theirs. Collected, never thrown.
 *
 * `code` is stable (`ORGRAIL1042`, or IAM Access Analyzer's published code), `summary` says what is
 * wrong in lower case without a final period, `help` what to do about it.
 */
export interface Diagnostic {
  readonly severity: Severity;
  readonly code: string;
  readonly summary: string;
  readonly detail?: string;
  readonly help?: string;
  readonly span?: Span;
}

/** Whether any of the diagnostics is an error. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === "error");
}
