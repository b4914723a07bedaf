import { exitCodes } from "../core/app-error.ts";
import type { Clock } from "../core/clock.ts";
import type { AnyCommand, Outcome } from "./command.ts";
import { askedHelp, type CommandLine } from "./command-line.ts";
import { commandTable } from "./commands/table.ts";
import type { Deps, GlobalOptions, InPlaceOfAws, Input, Output } from "./deps.ts";
import { globalOptions } from "./global-options.ts";
import { helpPage } from "./help-page.ts";
import { optionValues } from "./option-values.ts";
import { paint } from "./paint.ts";
import { printFailure } from "./print-failure.ts";
import { printOutcome } from "./print-outcome.ts";
import { wantsColor } from "./wants-color.ts";

/** The process, as the frame sees it. */
export interface Host {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: Input;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Absent: AWS itself. */
  readonly inPlaceOfAws?: InPlaceOfAws;
}

/**
 * Runs one command line to its end; never rejects.
 *
 * @returns the exit code.
 */
export async function main(
  argv: readonly string[],
  host: Host,
  commands: readonly AnyCommand[] = commandTable,
): Promise<number> {
  const words = argv.filter((word) => !word.startsWith("-"));
  let name = words[0] ?? "help";
  let deps = depsOf(host, earlyOptions(argv));
  try {
    const line = askedHelp(argv, commands) ?? (await parse(argv, commands));
    if (line.kind === "help") {
      const page = helpPage(line.words, commands, line.asked ? deps.paint : deps.paintError);
      (line.asked ? host.stdout : host.stderr).write(page);
      return line.asked ? exitCodes.done : exitCodes.usage;
    }
    const command = line.kind === "version" ? findVersion(commands) : line.command;
    name = command.path.join(" ");
    const global = optionValues(globalOptions, line.given, host.env) as unknown as GlobalOptions;
    deps = depsOf(host, global);
    const options = optionValues(command.options, line.given, host.env);
    const run = await command.load();
    const outcome: Outcome = await run(deps, options, line.kind === "run" ? line.words : []);
    await printOutcome(deps, name, outcome);
    return exitCodes[outcome.exit ?? "done"];
  } catch (error) {
    return exitCodes[await printFailure(deps, name, error)];
  }
}

async function parse(
  argv: readonly string[],
  commands: readonly AnyCommand[],
): Promise<CommandLine> {
  const { parseCommandLine } = await import("./parse-command-line.ts");
  return parseCommandLine(argv, commands);
}

function findVersion(commands: readonly AnyCommand[]): AnyCommand {
  const version = commands.find(({ path }) => path.join(" ") === "version");
  if (version === undefined) throw new Error("the table of commands has no `version`");
  return version;
}

/** Options that decide how a failure of the parser itself is shown. */
function earlyOptions(argv: readonly string[]): GlobalOptions {
  const given = {
    json: argv.includes("--json"),
    noColor: argv.includes("--no-color"),
    debug: argv.includes("--debug"),
  };
  return optionValues(globalOptions, given, {}) as unknown as GlobalOptions;
}

function depsOf(host: Host, global: GlobalOptions): Deps {
  const { env, stdout, stderr } = host;
  return {
    ...host,
    global,
    paint: paint(wantsColor(env, stdout.isTerminal, global.noColor)),
    paintError: paint(wantsColor(env, stderr.isTerminal, global.noColor)),
  };
}
