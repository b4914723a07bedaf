import type { ExitCodeName } from "../core/app-error.ts";
import type { Diagnostic } from "../core/diagnostic.ts";
import type { Gap } from "../core/read.ts";
import type { Deps } from "./deps.ts";

interface OptionBase {
  /** One sentence, no final period. */
  readonly description: string;
  /** A single letter: `v` for `-v`. */
  readonly short?: string;
}

/** A flag that is given or not: `--yes`. */
export interface FlagOption extends OptionBase {
  readonly kind: "flag";
}

/** A flag with a text: `--out FILE`. */
export interface TextOption extends OptionBase {
  readonly kind: "text";
  /** What stands for the value in the help: `FILE`. */
  readonly value: string;
  readonly choices?: readonly string[];
}

/** A flag with a whole number: `--port N`. */
export interface NumberOption extends OptionBase {
  readonly kind: "number";
  readonly value: string;
  readonly minimum: number;
  readonly maximum: number;
}

/** A flag that may be repeated: `--target A --target B`; its variable holds a list with commas. */
export interface ListOption extends OptionBase {
  readonly kind: "list";
  readonly value: string;
}

/** An option of any kind. */
export type AnyOption = FlagOption | TextOption | NumberOption | ListOption;

/** The kind of option whose value has type `T`. */
export type OptionFor<T> = [T] extends [boolean]
  ? FlagOption
  : [T] extends [readonly string[]]
    ? ListOption
    : [T] extends [number | undefined]
      ? NumberOption
      : TextOption;

/** A positional argument. */
export interface Argument {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  /** Takes all words that are left. */
  readonly variadic?: boolean;
  readonly choices?: readonly string[];
}

/** What a command says when it is done. */
export interface Outcome {
  /** The `result` member of the JSON envelope: plain data. */
  readonly result: unknown;
  /** The same for people, for standard output; not called with `--json`. */
  readonly text?: () => string;
  /** The last line for people, on standard error: what to do next. */
  readonly next?: string;
  readonly gaps?: readonly Gap[];
  /** What people were told already, by the text or before it. */
  readonly alreadySaid?: readonly ("gaps" | "diagnostics")[];
  readonly diagnostics?: readonly Diagnostic[];
  /** `done` when absent. */
  readonly exit?: ExitCodeName;
  /** The command has written its standard output itself, in JSON mode too. */
  readonly written?: boolean;
}

/** The body of a command: everything it may touch comes in `deps`. */
export type Run<Options> = (
  deps: Deps,
  options: Options,
  words: readonly string[],
) => Promise<Outcome>;

/**
 * A command as data: help, pages under `docs/cli`, completions and the parser are made from it.
 * `Options` has one member an option, by its name in camel case.
 */
export interface Command<Options> {
  /** The words that call it: `["import", "lza"]`. */
  readonly path: readonly string[];
  /** A heading of the overview. */
  readonly group: CommandGroup;
  /** Not shown in help, pages and completions. */
  readonly hidden?: boolean;
  /** One line, in the imperative, no final period. */
  readonly summary: string;
  /** Paragraphs. */
  readonly description: readonly string[];
  readonly arguments?: readonly Argument[];
  readonly options: { readonly [Name in keyof Options]-?: OptionFor<Options[Name]> };
  readonly examples: readonly { readonly command: string; readonly says: string }[];
  /** The exit codes it may end with, beside `usage` and `interrupted`. */
  readonly exits: readonly ExitCodeName[];
  /** Loads the body: nothing that a body imports is loaded before it runs. */
  readonly load: () => Promise<Run<Options>>;
}

/** Headings of the overview, in order. */
export const commandGroups = ["Organization", "Policies", "Events", "Sandbox", "Program"] as const;

/** A heading of the overview. */
export type CommandGroup = (typeof commandGroups)[number];

/** A command with its options' types erased, as the table and the frame handle it. */
export interface AnyCommand extends Omit<Command<never>, "options" | "load"> {
  readonly options: Readonly<Record<string, AnyOption>>;
  // biome-ignore lint/suspicious/noExplicitAny: the parser makes each command's own options
  readonly load: () => Promise<Run<any>>;
}
