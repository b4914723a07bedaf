/**
 * Whether to colour a stream: `--no-color` first, then `NO_COLOR`, `FORCE_COLOR` and
 * `CLICOLOR_FORCE`, then `TERM=dumb`, then whether the stream is a terminal.
 *
 * @see https://no-color.org and https://force-color.org
 */
export function wantsColor(
  env: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
  noColor: boolean,
): boolean {
  if (noColor || isSet(env.NO_COLOR)) return false;
  if (env.FORCE_COLOR === "0" || env.FORCE_COLOR === "false") return false;
  if (isSet(env.FORCE_COLOR)) return true;
  if (isSet(env.CLICOLOR_FORCE) && env.CLICOLOR_FORCE !== "0") return true;
  if (env.TERM === "dumb") return false;
  return isTerminal;
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}
