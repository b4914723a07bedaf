import { Command as Commander, CommanderError, Option } from "commander";
import { closest, distance } from "fastest-levenshtein";
import { InputError } from "../core/app-error.ts";
import type { AnyCommand, AnyOption } from "./command.ts";
import { type CommandLine, commandWords, plainWords } from "./command-line.ts";
import { globalOptions } from "./global-options.ts";
import { flagName } from "./names.ts";

/**
 * Reads a command line (without the program's name) by the table of commands.
 *
 * @throws InputError with the usage exit code, and a suggestion where a word is misspelt.
 */
export function parseCommandLine(
  argv: readonly string[],
  commands: readonly AnyCommand[],
): CommandLine {
  const plain = plainWords(argv);
  let found: CommandLine | undefined;
  const program = newCommander("orgrail");
  program.addOption(new Option("-V, --version", "version"));
  addOptions(program, globalOptions);
  for (const command of commands) {
    const parser = parserOf(program, command);
    parser.action(() => {
      const given = givenValues(parser, program);
      // A shell completes what is empty; elsewhere it is a variable without a value.
      if (command.hidden !== true && parser.args.includes("")) throw emptyArgument(command);
      found = { kind: "run", command, given, words: parser.args };
    });
  }
  program.allowExcessArguments().action(() => {
    const given = givenValues(program, program);
    const [word] = program.args;
    if (given.version === true) found = { kind: "version", given };
    else if (word !== undefined) throw unknownCommand(word, commands);
    else found = { kind: "help", words: [], asked: argv.length === 0 };
  });
  try {
    program.parse([...argv], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.code === "commander.help") return { kind: "help", words: plain, asked: false };
    throw usageError(error, commandWords(plain, commands));
  }
  return found ?? { kind: "help", words: [], asked: false };
}

function newCommander(name: string): Commander {
  return new Commander(name)
    .helpOption(false)
    .helpCommand(false)
    .exitOverride()
    .showSuggestionAfterError()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
}

function parserOf(program: Commander, command: AnyCommand): Commander {
  let parent = program;
  for (const [index, word] of command.path.entries()) {
    const known = parent.commands.find((child) => child.name() === word);
    const child = known ?? newCommander(word);
    if (known === undefined) parent.addCommand(child);
    parent = child;
    if (index === command.path.length - 1) break;
  }
  addOptions(parent, command.options);
  for (const argument of command.arguments ?? []) {
    const name = argument.variadic === true ? `${argument.name}...` : argument.name;
    parent.argument(argument.required ? `<${name}>` : `[${name}]`, argument.description);
  }
  return parent;
}

function addOptions(parser: Commander, options: Readonly<Record<string, AnyOption>>): void {
  for (const [name, option] of Object.entries(options)) {
    const short = option.short === undefined ? "" : `-${option.short}, `;
    const value = option.kind === "flag" ? "" : " <value>";
    const made = new Option(`${short}${flagName(name)}${value}`, option.description);
    if (option.kind === "list") {
      made.argParser((text: string, all: readonly string[] | undefined) => [...(all ?? []), text]);
    }
    parser.addOption(made);
  }
}

/** What was typed, by option name; commander calls `--no-color` the absence of `color`. */
function givenValues(parser: Commander, program: Commander): Record<string, unknown> {
  const given: Record<string, unknown> = {};
  const own = new Set(parser.options.map((option) => option.attributeName()));
  for (const source of [program, ...between(parser, program), parser]) {
    for (const option of source.options) {
      const attribute = option.attributeName();
      if (source.getOptionValueSource(attribute) !== "cli") continue;
      // `snapshot` takes what was meant for `snapshot list`, be it an option of that one's or not.
      if (source !== program && !own.has(attribute)) {
        throw new CommanderError(1, "commander.unknownOption", `unknown option '${option.long}'`);
      }
      const value: unknown = source.getOptionValue(attribute);
      if (!option.negate) given[attribute] = value;
      else given[`no${attribute.charAt(0).toUpperCase()}${attribute.slice(1)}`] = value === false;
    }
  }
  return given;
}

/** The commands whose names begin a command's own: `snapshot` of `snapshot list`. */
function between(parser: Commander, program: Commander): readonly Commander[] {
  const { parent } = parser;
  return parent === null || parent === program ? [] : [...between(parent, program), parent];
}

function unknownCommand(word: string, commands: readonly AnyCommand[]): InputError {
  const known = [...new Set(commands.map(({ path }) => path[0] ?? ""))];
  const near = closest(word, known);
  const hint =
    distance(word, near) < Math.min(3, word.length)
      ? `did you mean \`${near}\`? See \`orgrail help\``
      : "see `orgrail help`";
  return new InputError("ORGRAIL5001", `unknown command \`${word}\``, [], hint);
}

function emptyArgument({ path }: AnyCommand): InputError {
  return new InputError(
    "ORGRAIL5001",
    "an argument is empty",
    [],
    `a variable may have no value; see \`orgrail ${path.join(" ")} --help\``,
  );
}

function usageError(error: CommanderError, words: readonly string[]): InputError {
  const [first = "", ...rest] = error.message.split("\n");
  const message = first.replace(/^error: /, "").replaceAll("'", "`");
  const suggestion = rest
    .join(" ")
    .trim()
    .replace(/^\((.*)\)$/, "$1")
    .replace(/^Did/, "did");
  const help = ["orgrail", ...words, "--help"].join(" ");
  const hint = suggestion === "" ? `see \`${help}\`` : `${suggestion} See \`${help}\``;
  return new InputError("ORGRAIL5001", message, [], hint);
}
