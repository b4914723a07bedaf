// biome-ignore-all lint/suspicious/noTemplateCurlyInString: orgrail's substitution is meant
import type { ConfigValue, ConfigValues } from "./schema/config-input.ts";

/** A substitution that cannot be made. */
export interface SubstitutionProblem {
  readonly kind: "unknown" | "unclosed" | "badName" | "listInText";
  /** The name between the braces, or the text after them when they are not closed. */
  readonly name: string;
  /** Where `${{` stands in the text. */
  readonly offset: number;
}

/** What became of a text. */
export interface Substituted {
  readonly value: ConfigValue;
  readonly problems: readonly SubstitutionProblem[];
}

const namePattern = /^[A-Za-z_][A-Za-z0-9_.-]*$/;
const opening = "$" + "{{";

/** Whether a text holds a substitution or an escaped one. */
export function hasSubstitution(text: string): boolean {
  return text.includes(opening);
}

/** Writes a text such that substitution gives it back: `${{` becomes `$${{`. */
export function escapeSubstitution(text: string): string {
  return text.replaceAll(opening, () => `$${opening}`);
}

/**
 * Puts values in the place of `${{ name }}`. A text that is one substitution and nothing else
 * becomes the value as it is, be it a text, a number, true or false or a list; inside of other text
 * a value is put in as text. `$${{` stands for `${{`. Nothing is executed, and what is put in is
 * not substituted again.
 */
export function substitute(text: string, values: ConfigValues): Substituted {
  if (!hasSubstitution(text)) return { value: text, problems: [] };
  const problems: SubstitutionProblem[] = [];
  let result = "";
  let from = 0;
  for (;;) {
    const at = text.indexOf(opening, from);
    if (at < 0) break;
    if (text[at - 1] === "$" && at > from) {
      result += text.slice(from, at - 1) + opening;
      from = at + opening.length;
      continue;
    }
    const end = text.indexOf("}}", at);
    const name = text.slice(at + opening.length, end < 0 ? undefined : end).trim();
    const value = end < 0 ? undefined : lookUp(values, name);
    if (value === undefined) {
      const kind = end < 0 ? "unclosed" : namePattern.test(name) ? "unknown" : "badName";
      problems.push({ kind, name, offset: at });
      if (end < 0) break;
    } else {
      if (at === 0 && end + 2 === text.length) return { value, problems };
      if (typeof value === "object") problems.push({ kind: "listInText", name, offset: at });
      result += text.slice(from, at) + String(value);
      from = end + 2;
      continue;
    }
    result += text.slice(from, end + 2);
    from = end + 2;
  }
  return { value: result + text.slice(from), problems };
}

function lookUp(values: ConfigValues, name: string): ConfigValue | undefined {
  return Object.hasOwn(values, name) ? values[name] : undefined;
}
