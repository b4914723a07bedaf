import { createInterface } from "node:readline/promises";
import { AppError, InputError } from "../core/app-error.ts";
import type { Deps } from "./deps.ts";

/** Whether there is somebody to ask: a terminal on both sides, and no `CI`. */
export function canAsk(deps: Deps): boolean {
  const ci = deps.env.CI ?? "";
  return deps.stdin.isTerminal && deps.stderr.isTerminal && (ci === "" || ci === "false");
}

/** Asks on standard error and gives the line that is typed, without blanks around it. */
export async function ask(deps: Deps, question: string): Promise<string> {
  deps.stderr.write(question);
  // Not a terminal's line editor: the terminal keeps its own, and Ctrl-C stays a signal.
  const reader = createInterface({ input: deps.stdin.stream, terminal: false });
  try {
    const line = await new Promise<string>((resolve, reject) => {
      reader.once("line", resolve);
      reader.once("close", () => resolve(""));
      deps.signal.addEventListener("abort", () => reject(deps.signal.reason), { once: true });
      if (deps.signal.aborted) reject(deps.signal.reason);
    });
    return line.trim();
  } finally {
    reader.close();
  }
}

/** What a confirmation is about. */
export interface Confirmation {
  /** What happens on yes: `make these 12 changes`. */
  readonly what: string;
  /** The word that says yes: `yes`, or an organization's id when much is at stake. */
  readonly word: string;
  /** Lines that say what is at stake. */
  readonly warnings: readonly string[];
  /** What to give on the command line in place of an answer; `--yes` when absent. */
  readonly flag?: string;
}

/**
 * Asks for a confirmation by a typed word.
 *
 * @returns whether it was given.
 * @throws InputError when there is nobody to ask.
 */
export async function confirm(deps: Deps, confirmation: Confirmation): Promise<boolean> {
  const { what, word, warnings, flag = "--yes" } = confirmation;
  if (!canAsk(deps)) {
    throw new InputError(
      "ORGRAIL5030",
      `nobody can be asked whether to ${what}: there is no terminal, or CI is set`,
      [],
      `give ${flag} to answer beforehand; nothing was changed`,
    );
  }
  for (const line of warnings) deps.stderr.write(`${deps.paintError.yellow(line)}\n`);
  const question = `\nTo ${what}, type ${deps.paintError.bold(word)} (anything else changes nothing): `;
  try {
    return (await ask(deps, question)) === word;
  } catch (error) {
    if (!deps.signal.aborted) throw error;
    deps.stderr.write("\n");
    throw new AppError("ORGRAIL5010", "interrupted before anything was changed", {
      exit: "interrupted",
      cause: error,
    });
  }
}
