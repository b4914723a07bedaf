import type { Span } from "../../../core/diagnostic.ts";
import { quoted } from "../../report.ts";
import type { ConfigValue } from "../../schema/config-input.ts";
import { escapeSubstitution } from "../../substitution.ts";
import {
  type Importing,
  importCodes,
  note,
  substitutionOf,
  tell,
  valueName,
} from "../importing.ts";
import { asList, asMap, asText, asTexts } from "../shapes.ts";

/** A variable of `replacements-config.yaml`; without a value when only AWS knows it. */
export interface Replacement {
  readonly value?: ConfigValue;
  readonly why?: string;
}

/** The accelerator's `{{ Key }}` templates. */
export interface Templates {
  /** Puts a stand-in in the place of each template, which YAML reads as text wherever it stands. */
  encode(text: string, file: string): string;
  /** A text with orgrail's substitutions in the place of stand-ins; its values are then needed. */
  decode(text: string): string;
  /** A text with the values themselves in the place of stand-ins. */
  resolve(text: string): string;
  /** The substitution of a replacement by its key; `undefined` when it has no value. */
  lookUp(key: string): string | undefined;
}

const pattern = /\{\{[^\S\n]*([^{}\n]+?)[^\S\n]*\}\}/g;
// Characters of a private use area: plain text in YAML, in flow collections too.
// They are as long as the templates, so that all places stay true.
const standIn = /\ue000(\d+)\ue002*\ue001/g;

/** Reads `replacements-config.yaml`. */
export function readReplacements(value: unknown): ReadonlyMap<string, Replacement> {
  const replacements = new Map<string, Replacement>();
  for (const entry of asList(asMap(value).globalReplacements)) {
    const { key, type, value: given, path } = asMap(entry);
    const name = asText(key);
    if (name === undefined) continue;
    if (type === "SSM" || (given === undefined && path !== undefined)) {
      replacements.set(name, { why: `its value is the SSM parameter ${asText(path) ?? ""}` });
    } else if (type === "StringList" || Array.isArray(given)) {
      replacements.set(name, { value: asTexts(given) });
    } else if (typeof given === "number") replacements.set(name, { value: given });
    else {
      const text = asText(given);
      replacements.set(name, text === undefined ? { why: "it has no value" } : { value: text });
    }
  }
  return replacements;
}

/** Makes the templates of an import; what has no value is reported once. */
export function templates(
  importing: Importing,
  replacements: ReadonlyMap<string, Replacement>,
): Templates {
  const keys: string[] = [];
  const missed = new Set<string>();
  const given = importing.input.values ?? {};
  const replacementOf = (key: string): ConfigValue | undefined =>
    Object.hasOwn(given, key) ? given[key] : replacements.get(key)?.value;

  const need = (key: string): string => {
    const name = valueName(key);
    const value = replacementOf(key);
    importing.values.set(name, value ?? `UPDATE-${name}`);
    return substitutionOf(name);
  };

  const reportMissing = (key: string, file: string, span: Span | undefined): void => {
    if (missed.has(key)) return;
    missed.add(key);
    const why = replacements.get(key)?.why ?? "replacements-config.yaml has no such key";
    tell(
      importing,
      "warning",
      importCodes.template,
      `the template ${quoted(`{{ ${key} }}`)} cannot be resolved: ${why}`,
      span,
      `set the value \`${valueName(key)}\` in orgrail.yaml if it is there`,
    );
    note(importing, file, `the template {{ ${key} }}`, why);
  };

  return {
    encode: (text, file) =>
      text.replace(pattern, (whole, key: string, offset: number) => {
        const isComment = /(^|\s)#[^\n]*$/.test(
          text.slice(text.lastIndexOf("\n", offset) + 1, offset),
        );
        if (isComment) return whole;
        if (replacementOf(key) === undefined) {
          const line = text.slice(0, offset).split("\n").length;
          const column = offset - text.lastIndexOf("\n", offset - 1);
          const start = { line, column, offset };
          const end = { line, column: column + whole.length, offset: offset + whole.length };
          reportMissing(key, `${file}:${line}`, { file, start, end });
        }
        if (!keys.includes(key)) keys.push(key);
        const start = `\ue000${keys.indexOf(key)}`;
        return `${start.padEnd(whole.length - 1, "\ue002")}\ue001`;
      }),
    decode: (text) =>
      escapeSubstitution(text).replace(standIn, (_, index: string) =>
        need(keys[Number(index)] ?? ""),
      ),
    resolve: (text) =>
      text.replace(standIn, (_, index: string) => {
        const value = replacementOf(keys[Number(index)] ?? "");
        return value === undefined ? "" : String(value);
      }),
    lookUp: (key) => (replacementOf(key) === undefined ? undefined : need(key)),
  };
}
