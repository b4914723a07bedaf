import type { AnyCommand } from "./command.ts";
import { globalOptions } from "./global-options.ts";
import { flagName } from "./names.ts";

/**
 * What may stand where the last of `words` is being typed. `words` come without the program's name;
 * the last may be empty. An empty answer means: the shell's own completion, of files.
 */
export function complete(
  words: readonly string[],
  commands: readonly AnyCommand[],
): readonly string[] {
  const typed = words.at(-1) ?? "";
  const before = words.slice(0, -1).filter((word) => !word.startsWith("-"));
  const shown = commands.filter(({ hidden }) => hidden !== true);
  const command = shown.find(({ path }) => path.every((word, index) => before[index] === word));
  const previous = words.at(-2) ?? "";
  const options = { ...globalOptions, ...command?.options };
  const asked = Object.entries(options).find(([name]) => flagName(name) === previous)?.[1];
  const candidates =
    asked !== undefined && asked.kind !== "flag"
      ? asked.kind === "text"
        ? (asked.choices ?? [])
        : []
      : typed.startsWith("-")
        ? [...Object.keys(options).map(flagName), "--help"]
        : command === undefined
          ? shown
              .filter(({ path }) => before.every((word, index) => path[index] === word))
              .map(({ path }) => path[before.length] ?? "")
          : (command.arguments?.[before.length - command.path.length]?.choices ?? []);
  return [...new Set(candidates)].filter((candidate) => candidate.startsWith(typed)).sort();
}
