import type { AnyCommand } from "./command.ts";

/** What a command line asks for. Values are as typed; option-values.ts reads them. */
export type CommandLine =
  | {
      readonly kind: "run";
      readonly command: AnyCommand;
      readonly given: Readonly<Record<string, unknown>>;
      readonly words: readonly string[];
    }
  | { readonly kind: "help"; readonly words: readonly string[]; readonly asked: boolean }
  | { readonly kind: "version"; readonly given: Readonly<Record<string, unknown>> };

/**
 * The help page that a command line asks for, if it does: with `--help`, with `help` or with no word
 * at all. Asked before the parser is loaded, so that help is there at once.
 */
export function askedHelp(
  argv: readonly string[],
  commands: readonly AnyCommand[],
): CommandLine | undefined {
  const plain = plainWords(argv);
  const options = beforeDashes(argv);
  if (options.includes("--help") || options.includes("-h")) {
    return { kind: "help", words: commandWords(plain, commands), asked: true };
  }
  if (argv[0] === "help") return { kind: "help", words: plain.slice(1), asked: true };
  return argv.length === 0 ? { kind: "help", words: [], asked: true } : undefined;
}

/** Words before `--` that are no options. */
export function plainWords(argv: readonly string[]): readonly string[] {
  return beforeDashes(argv).filter((word) => !word.startsWith("-"));
}

/** The longest beginning of a command's path among some words. */
export function commandWords(plain: readonly string[], commands: readonly AnyCommand[]): string[] {
  const words: string[] = [];
  for (const word of plain) {
    const next = [...words, word];
    if (commands.some(({ path }) => next.every((part, index) => path[index] === part))) {
      words.push(word);
    } else if (words.length > 0) break;
  }
  return words;
}

function beforeDashes(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  return end < 0 ? argv : argv.slice(0, end);
}
