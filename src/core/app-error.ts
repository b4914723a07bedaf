import type { Diagnostic } from "./diagnostic.ts";

/** Process exit codes, the same for every command. */
export const exitCodes: Readonly<Record<ExitCodeName, number>> = {
  done: 0,
  failure: 1,
  differences: 2,
  gaps: 3,
  credentials: 4,
  usage: 64,
  interrupted: 130,
};

/** The name of an exit code. */
export type ExitCodeName =
  | "done"
  | "failure"
  | "differences"
  | "gaps"
  | "credentials"
  | "usage"
  | "interrupted";

/** What an {@link AppError} carries beside its message. */
export interface AppErrorOptions {
  /** Which exit code the process ends with; `failure` when absent. */
  readonly exit?: ExitCodeName;
  /** What to do about it. */
  readonly hint?: string;
  readonly diagnostics?: readonly Diagnostic[];
  readonly cause?: unknown;
}

/**
 * A failure that ends a command. `code` is stable; the message is in lower case and says what
 * happened where; `hint` says what to do.
 */
export class AppError extends Error {
  readonly code: string;
  readonly exit: ExitCodeName;
  readonly hint: string | undefined;
  readonly diagnostics: readonly Diagnostic[];

  constructor(code: string, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.exit = options.exit ?? "failure";
    this.hint = options.hint;
    this.diagnostics = options.diagnostics ?? [];
  }
}

/** The input is wrong in the ways that the diagnostics name; usage exit code. */
export class InputError extends AppError {
  constructor(code: string, message: string, diagnostics: readonly Diagnostic[], hint?: string) {
    super(code, message, { exit: "usage", diagnostics, ...(hint === undefined ? {} : { hint }) });
    this.name = "InputError";
  }
}
