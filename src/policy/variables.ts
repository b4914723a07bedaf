import type { PatternPiece } from "./glob.ts";

/** A part of a text with policy variables. */
export type TemplatePart =
  | PatternPiece
  | {
      /** The condition key, in lower case. */
      readonly key: string;
      readonly fallback?: string;
    };

/** `${*}`, `${?}` and `${$}` stand for the character itself. */
const characters: readonly string[] = ["*", "?", "$"];

const withDefault = /^([^,]*),\s*'([^']*)'$/;

/**
 * Splits a text at its policy variables, as in `${aws:PrincipalTag/team, 'company-wide'}`. A `${`
 * that is never closed is text.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_variables.html
 */
export function templateParts(text: string): readonly TemplatePart[] {
  const parts: TemplatePart[] = [];
  let from = 0;
  for (;;) {
    const open = text.indexOf("${", from);
    const close = open < 0 ? -1 : text.indexOf("}", open + 2);
    if (close < 0) break;
    if (open > from) parts.push({ text: text.slice(from, open), raw: true });
    parts.push(variable(text.slice(open + 2, close)));
    from = close + 1;
  }
  if (from < text.length || parts.length === 0) parts.push({ text: text.slice(from), raw: true });
  return parts;
}

function variable(inside: string): TemplatePart {
  if (characters.includes(inside)) return { text: inside, raw: false };
  const match = withDefault.exec(inside);
  if (match === null) return { key: inside.toLowerCase() };
  return { key: (match[1] ?? "").toLowerCase(), fallback: match[2] ?? "" };
}

/** Whether a part is a variable. */
export function isVariable(
  part: TemplatePart,
): part is Extract<TemplatePart, { readonly key: string }> {
  return "key" in part;
}

/** Why variables could not be filled in: a key is absent (`null`), or may exist (`unknown`). */
export type Unresolved = "null" | "unknown";

/**
 * Fills variables in. The value of a variable is literal: a `*` in it is no wildcard. A key with
 * several values does not resolve.
 */
export function resolveTemplate(
  parts: readonly TemplatePart[],
  lookup: (key: string) => string | readonly string[] | undefined,
  unknownKeys: boolean,
): readonly PatternPiece[] | Unresolved {
  const pieces: PatternPiece[] = [];
  let unresolved: Unresolved | undefined;
  for (const part of parts) {
    if (!isVariable(part)) {
      pieces.push(part);
      continue;
    }
    const found = lookup(part.key);
    const value = typeof found === "string" ? found : found?.length === 1 ? found[0] : undefined;
    if (value !== undefined) pieces.push({ text: value, raw: false });
    else if (found === undefined && unknownKeys) unresolved ??= "unknown";
    else if (part.fallback !== undefined && (found === undefined || found.length === 0)) {
      pieces.push({ text: part.fallback, raw: false });
    } else unresolved = "null";
  }
  return unresolved ?? pieces;
}
