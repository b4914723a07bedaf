import type { Span } from "../../core/diagnostic.ts";
import type { JsonNode, TextRange } from "../../policy/types.ts";
import { configCodes } from "../codes.ts";
import { quoted } from "../report.ts";
import { hasSubstitution, substitute } from "../substitution.ts";
import { reportSubstitution } from "../substitution-report.ts";
import type { Context } from "./context.ts";

/**
 * Writes a JSON tree without white space, with values put in the place of `${{ name }}` inside of
 * strings; `undefined` when something is wrong, which is reported. Numbers keep their spelling.
 *
 * A string that is one substitution and nothing else becomes the value: a list becomes an array, or
 * items of the array that it stands in.
 */
export function jsonText(node: JsonNode, file: string, context: Context): string | undefined {
  let isWhole = true;
  const spanOf = ({ start, end }: TextRange): Span => ({ file, start, end });

  const text = (part: JsonNode): string => {
    switch (part.kind) {
      case "object":
        return object(part);
      case "array":
        return `[${part.items.flatMap(item).join(",")}]`;
      case "string":
        return JSON.stringify(substituted(part.value, part));
      case "number":
        return part.raw;
      case "boolean":
        return String(part.value);
      case "null":
        return "null";
    }
  };

  const item = (part: JsonNode): readonly string[] => {
    if (part.kind !== "string") return [text(part)];
    const value = substituted(part.value, part);
    return (Array.isArray(value) ? value : [value]).map((one) => JSON.stringify(one));
  };

  const object = ({ members }: JsonNode & { kind: "object" }): string => {
    const seen = new Set<string>();
    const parts = members.map(({ key, value }) => {
      if (seen.has(key.value)) {
        isWhole = false;
        context.report.error(
          configCodes.duplicateKey,
          `the key ${quoted(key.value)} occurs twice`,
          spanOf(key),
          "keep one of them; a reader of JSON may take either",
        );
      }
      seen.add(key.value);
      if (hasSubstitution(key.value)) {
        isWhole = false;
        context.report.error(
          configCodes.badSubstitution,
          "nothing is substituted in keys",
          spanOf(key),
          "put the substitution into a value",
        );
      }
      return `${JSON.stringify(key.value)}:${text(value)}`;
    });
    return `{${parts.join(",")}}`;
  };

  const substituted = (value: string, range: TextRange): unknown => {
    if (/\p{Cs}/u.test(value)) {
      isWhole = false;
      context.report.error(
        configCodes.notText,
        "the text holds half of a character (a lone surrogate), which no UTF-8 has",
        spanOf(range),
        "write the character itself, or both halves of it",
      );
    }
    const result = substitute(value, context.values);
    for (const problem of result.problems) {
      isWhole = false;
      reportSubstitution(context.report, problem, context.values, spanOf(range));
    }
    return result.value;
  };

  const written = text(node);
  return isWhole ? written : undefined;
}
