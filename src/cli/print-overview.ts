import { overviewText } from "./overview.gen.ts";
import { wantsColor } from "./wants-color.ts";

/** Whether a command line asks for the overview of all commands and nothing else. */
export function isOverview(argv: readonly string[]): boolean {
  const [word, ...more] = argv;
  return more.length === 0 && (word === undefined || ["--help", "-h", "help"].includes(word));
}

/** Prints the overview that was made when orgrail was built: without the table, it is there at once. */
export function printOverview({ stdout, env }: NodeJS.Process): void {
  // A reader that goes away has seen enough.
  stdout.on("error", () => undefined);
  stdout.write(overviewIn(wantsColor(env, stdout.isTTY === true, false)));
}

/** The overview with colours or without. */
export function overviewIn(color: boolean): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with it
  return color ? overviewText : overviewText.replaceAll(/\u001b\[\d+m/g, "");
}
