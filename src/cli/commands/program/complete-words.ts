import type { Run } from "../../command.ts";
import { complete } from "../../complete.ts";
import { commandTable } from "../table.ts";

/** Prints what completes the last word, one a line. */
export const run: Run<Record<never, never>> = async (_deps, _options, words) => {
  const result = complete(words, commandTable);
  return { result, text: () => result.join("\n") };
};
