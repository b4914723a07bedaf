import type { ExitCodeName } from "../core/app-error.ts";
import { exitCodes } from "../core/app-error.ts";
import type { AnyCommand, AnyOption } from "./command.ts";
import { commandGroups } from "./command.ts";
import { globalOptions } from "./global-options.ts";
import { flagName, variableName } from "./names.ts";
import type { Paint } from "./paint.ts";
import { wrap } from "./wrap.ts";

const tagline =
  "orgrail keeps an AWS organization secure: declare what it should be, see what it is, " +
  "and close the difference.";

/** What each exit code means, for `orgrail help exit-codes`. */
export const exitMeanings: Readonly<Record<ExitCodeName, string>> = {
  done: "done",
  failure: "failure",
  differences: "differences or findings; only with --detailed-exitcode or --fail-on",
  gaps: "finished, but not everywhere: a read gave no answer, or an account or Region refused a change",
  credentials: "no credentials, expired credentials, or a permission is missing",
  usage: "the command line or a file of yours is wrong",
  interrupted: "interrupted by Ctrl-C or SIGTERM",
};

/** The overview of all commands. */
export function overview(all: readonly AnyCommand[], paint: Paint): string {
  const commands = all.filter(({ hidden }) => hidden !== true);
  const width = Math.max(...commands.map(({ path }) => path.join(" ").length));
  const groups = commandGroups
    .map((group) => ({ group, members: commands.filter((command) => command.group === group) }))
    .filter(({ members }) => members.length > 0)
    .map(({ group, members }) => {
      const lines = members.map(
        ({ path, summary }) => `  ${paint.cyan(path.join(" ").padEnd(width))}  ${summary}`,
      );
      return [paint.bold(group), ...lines, ""].join("\n");
    });
  return [
    wrap(tagline, 80),
    "",
    `${paint.bold("Usage")}  orgrail COMMAND [options]`,
    "",
    ...groups,
    "New here? `orgrail demo` shows it at work in a sandbox, without AWS, in under a minute.",
    "More: `orgrail COMMAND --help`, `orgrail help exit-codes`, `orgrail help environment`.",
    "",
  ].join("\n");
}

/** The page of one command. */
export function commandHelp(command: AnyCommand, paint: Paint): string {
  const sections = [
    wrap(command.description.join("\n\n"), 80),
    `${paint.bold("Usage")}  ${usageLine(command)}`,
  ];
  const words = command.arguments ?? [];
  if (words.length > 0) {
    sections.push(
      section(
        "Arguments",
        words.map((a) => [a.name, a.description]),
        paint,
      ),
    );
  }
  const own = optionRows(command.options);
  if (own.length > 0) sections.push(section("Options", own, paint));
  sections.push(section("Options of every command", optionRows(globalOptions), paint));
  sections.push(
    [
      paint.bold("Examples"),
      ...command.examples.flatMap((e) => [`  ${paint.dim(`# ${e.says}`)}`, `  ${e.command}`]),
    ].join("\n"),
  );
  sections.push(section("Exit codes", exitRows(command), paint));
  return `${sections.join("\n\n")}\n`;
}

/** `orgrail help exit-codes`. */
export function exitCodesHelp(paint: Paint): string {
  const rows = Object.entries(exitMeanings).map(([name, meaning]): [string, string] => [
    String(exitCodes[name as ExitCodeName]),
    meaning,
  ]);
  return `${section("Exit codes of every command", rows, paint)}\n`;
}

/** `orgrail help environment`. */
export function environmentHelp(commands: readonly AnyCommand[], paint: Paint): string {
  const names = new Map<string, AnyOption>(Object.entries(globalOptions));
  for (const command of commands) {
    for (const [name, option] of Object.entries(command.options)) names.set(name, option);
  }
  const rows = [...names].map(([name]): [string, string] => [variableName(name), flagName(name)]);
  return [
    wrap(
      "Every flag has an environment variable; the flag wins. Flags without a value take 1 or " +
        "0, lists are separated by commas.",
      80,
    ),
    section(
      "Variables",
      rows.sort(([a], [b]) => (a < b ? -1 : 1)),
      paint,
    ),
    wrap(
      "Beside these, AWS's own are honoured (AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL and the " +
        "credentials'), and NO_COLOR, FORCE_COLOR and TERM=dumb.",
      80,
    ),
    "",
  ].join("\n\n");
}

/** `orgrail plan [options]`, `orgrail import lza DIR [options]`. */
export function usageLine(command: AnyCommand): string {
  const words = (command.arguments ?? []).map(({ name, required, variadic }) => {
    const word = variadic === true ? `${name}...` : name;
    return required ? word : `[${word}]`;
  });
  return ["orgrail", ...command.path, ...words, "[options]"].join(" ");
}

/** Flags with their values and descriptions. */
export function optionRows(options: Readonly<Record<string, AnyOption>>): [string, string][] {
  return Object.entries(options).map(([name, option]) => {
    const short = option.short === undefined ? "" : `-${option.short}, `;
    const value = option.kind === "flag" ? "" : ` ${option.value}`;
    const choices =
      option.kind === "text" && option.choices !== undefined
        ? `; one of ${option.choices.join(", ")}`
        : "";
    const repeat = option.kind === "list" ? "; may be repeated" : "";
    return [`${short}${flagName(name)}${value}`, `${option.description}${choices}${repeat}`];
  });
}

/** The exit codes that a command may end with, and what they mean. */
export function exitRows(command: AnyCommand): [string, string][] {
  const names = new Set<ExitCodeName>([...command.exits, "usage", "interrupted"]);
  return Object.entries(exitMeanings)
    .filter(([name]) => names.has(name as ExitCodeName))
    .map(([name, meaning]) => [String(exitCodes[name as ExitCodeName]), meaning]);
}

function section(
  title: string,
  rows: readonly (readonly [string, string])[],
  paint: Paint,
): string {
  const width = Math.max(...rows.map(([left]) => left.length));
  const lines = rows.flatMap(([left, right]) => {
    const [first = "", ...rest] = wrap(right, 76 - width).split("\n");
    return [
      `  ${paint.cyan(left.padEnd(width))}  ${first}`,
      ...rest.map((line) => `${" ".repeat(width + 4)}${line}`),
    ];
  });
  return [paint.bold(title), ...lines].join("\n");
}
