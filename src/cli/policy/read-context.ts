import { InputError } from "../../core/app-error.ts";

/**
 * Reads `KEY=VALUE` words into a request's context; a key that comes again gets several values.
 *
 * @throws InputError for a word without a key and `=`.
 */
export function contextOf(
  words: readonly string[],
): Readonly<Record<string, string | readonly string[]>> {
  const context = new Map<string, { key: string; values: string[] }>();
  for (const word of words) {
    const at = word.indexOf("=");
    const key = word.slice(0, Math.max(at, 0));
    if (!/^[A-Za-z0-9-]+:\S+$/.test(key)) {
      throw new InputError(
        "ORGRAIL5052",
        `\`${word}\` is no condition key with a value`,
        [],
        "write --context aws:RequestedRegion=eu-west-1",
      );
    }
    const known = context.get(key.toLowerCase()) ?? { key, values: [] };
    known.values.push(word.slice(at + 1));
    context.set(key.toLowerCase(), known);
  }
  return Object.fromEntries(
    [...context.values()].map(({ key, values }) => [
      key,
      values.length === 1 ? (values[0] ?? "") : values,
    ]),
  );
}
