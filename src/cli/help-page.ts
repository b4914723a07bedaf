import { InputError } from "../core/app-error.ts";
import type { AnyCommand } from "./command.ts";
import { commandHelp, environmentHelp, exitCodesHelp, overview } from "./help.ts";
import type { Paint } from "./paint.ts";

/**
 * The help page that some words ask for: none the overview, `import` its commands, `import lza` one
 * command, `exit-codes` and `environment` their topics.
 *
 * @throws InputError when there is no such page.
 */
export function helpPage(
  words: readonly string[],
  commands: readonly AnyCommand[],
  paint: Paint,
): string {
  if (words.length === 0) return overview(commands, paint);
  const asked = words.join(" ");
  if (asked === "exit-codes") return exitCodesHelp(paint);
  if (asked === "environment") return environmentHelp(commands, paint);
  const exact = commands.find(({ path }) => path.join(" ") === asked);
  if (exact !== undefined) return commandHelp(exact, paint);
  const members = commands.filter(({ path }) => path.join(" ").startsWith(`${asked} `));
  if (members.length > 0) return overview(members, paint);
  throw new InputError(
    "ORGRAIL5003",
    `there is no help page \`${asked}\``,
    [],
    "see `orgrail help`",
  );
}
