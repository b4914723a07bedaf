/** A text as SQL writes it. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A list of texts for `IN`. */
export function literals(texts: Iterable<string>): string {
  return [...texts].map(literal).join(", ");
}

/** A name as SQL writes it, whatever it holds. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * Whether every engine reads a literal of the text as it is: no control characters, nothing that is
 * no Unicode.
 */
export function isPlain(text: string): boolean {
  return !/[\p{Cc}\p{Cs}]/u.test(text);
}

/** The character that makes the next one of a `LIKE` pattern mean itself. */
const escapeCharacter = "!";

/**
 * A test by `LIKE` with a pattern of IAM's, in which `*` is any text. Its `?` is any one character
 * here, but half of one beyond the Basic Multilingual Plane in IAM's.
 */
export function likePattern(value: string, pattern: string): string {
  const like = pattern
    .replace(/[!%_]/g, `${escapeCharacter}$&`)
    .replace(/\*+/g, "%")
    .replaceAll("?", "_");
  return `${value} LIKE ${literal(like)} ESCAPE ${literal(escapeCharacter)}`;
}

/** A text that means itself in a regular expression of every engine. */
export function regexpText(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, "\\$&");
}
