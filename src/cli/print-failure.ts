import { AppError, type ExitCodeName } from "../core/app-error.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { Deps } from "./deps.ts";
import { envelope } from "./envelope.ts";
import { printDiagnostics } from "./print-diagnostics.ts";

interface Failure {
  readonly exit: ExitCodeName;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Says what went wrong and what to do. The only place where an error becomes an exit code; a stack
 * is shown with `--debug` only.
 */
export async function printFailure(
  deps: Deps,
  command: string,
  error: unknown,
): Promise<ExitCodeName> {
  const failure = describe(error, deps.signal.aborted);
  const { code, message, hint, exit } = failure;
  if (deps.global.json) {
    const own: Diagnostic = {
      severity: "error",
      code,
      summary: message,
      ...(hint === undefined ? {} : { help: hint }),
    };
    const diagnostics = [own, ...failure.diagnostics];
    deps.stdout.write(envelope({ command, result: null, gaps: [], diagnostics }));
  } else {
    await printDiagnostics(deps, failure.diagnostics);
    deps.stderr.write(`${deps.paintError.red("error")}[${code}]: ${message}\n`);
    if (hint !== undefined) deps.stderr.write(`  ${deps.paintError.cyan("help")}: ${hint}\n`);
  }
  if (deps.global.debug && error instanceof Error) deps.stderr.write(`${stacks(error)}\n`);
  return exit;
}

function describe(error: unknown, aborted: boolean): Failure {
  if (error instanceof AppError) {
    const { code, message, hint, diagnostics } = error;
    const exit = aborted && error.exit === "failure" ? "interrupted" : error.exit;
    return { exit, code, message, diagnostics, ...(hint === undefined ? {} : { hint }) };
  }
  if (aborted) {
    return { exit: "interrupted", code: "ORGRAIL5010", message: "interrupted", diagnostics: [] };
  }
  const message = error instanceof Error ? error.message : String(error);
  const system = systemFailure(error);
  if (system !== undefined) return system;
  if (error instanceof RangeError && message === "Invalid string length") {
    return {
      exit: "usage",
      code: "ORGRAIL5013",
      message: "the answer is too long for one text, which holds half a gigabyte",
      hint: "choose less of it, such as a service, an account, an organizational unit, a state or a status",
      diagnostics: [],
    };
  }
  return {
    exit: "failure",
    code: "ORGRAIL5011",
    message: `unexpected failure: ${message}`,
    hint: "this is a defect of orgrail: please report it with the output of the same command and --debug",
    diagnostics: [],
  };
}

const systemWords: Readonly<Record<string, string>> = {
  ENOENT: "no such file or directory",
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  EISDIR: "it is a directory",
  ENOTDIR: "a part of the path is no directory",
  EEXIST: "it exists already",
  ENOSPC: "no space left on the device",
  EROFS: "the file system is read-only",
  EADDRINUSE: "the address is in use",
};

function systemFailure(error: unknown): Failure | undefined {
  if (!(error instanceof Error) || !("code" in error)) return undefined;
  const words = systemWords[String(error.code)];
  if (words === undefined) return undefined;
  const path = "path" in error && typeof error.path === "string" ? `\`${error.path}\`: ` : "";
  return {
    exit: "failure",
    code: "ORGRAIL5012",
    message: path === "" ? error.message : `${path}${words}`,
    diagnostics: [],
  };
}

function stacks(error: Error): string {
  const own = error.stack ?? error.message;
  return error.cause instanceof Error ? `${own}\ncaused by: ${stacks(error.cause)}` : own;
}
