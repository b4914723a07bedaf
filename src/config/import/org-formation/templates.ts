import { lineIndex } from "../../../core/line-index.ts";
import { quoted } from "../../report.ts";
import { escapeSubstitution } from "../../substitution.ts";
import {
  type Importing,
  importCodes,
  note,
  substitutionOf,
  tell,
  valueName,
} from "../importing.ts";

/** What a template stands in for, which decides what takes its place until somebody says. */
export type TemplateUse = "text" | "email" | "domain";

/** The nunjucks templates of an org-formation file. */
export interface NunjucksTemplates {
  /** A text without statements and comments, and with stand-ins for expressions: as long as before. */
  encode(text: string, file: string): string;
  /** A text with substitutions in the place of stand-ins. */
  decode(text: string, use?: TemplateUse): string;
  /** A text with values in the place of stand-ins; something that fits where there is none. */
  resolve(text: string, use?: TemplateUse): string;
  /** Whether a text holds a template without a value. */
  isOpen(text: string): boolean;
  /** Whether there are statements such as `{% if %}`, which nothing resolves. */
  hasStatements(): boolean;
}

const expression = /\{\{-?[^\S\n]*([^{}\n]*?)[^\S\n]*-?\}\}/g;
const statement = /\{%[\s\S]*?%\}|\{#[\s\S]*?#\}/g;
const standIn = /\ue000(\d+)\ue002*\ue001/g;

/** Makes the templates of an import; what has no value is reported once. */
export function nunjucksTemplates(importing: Importing): NunjucksTemplates {
  const expressions: string[] = [];
  const placeholders = new Map<string, string>();
  const given = importing.input.values ?? {};
  let statements = 0;

  const valueOfExpression = (text: string): string | undefined =>
    Object.hasOwn(given, text) ? given[text] : undefined;
  const valueFor = (text: string, use: TemplateUse): string => {
    const known = valueOfExpression(text) ?? placeholders.get(text);
    if (known !== undefined) return known;
    const slug = valueName(text).toLowerCase().replaceAll("_", "-").slice(0, 40);
    const made = use === "email" ? `${slug}@example.com` : use === "domain" ? "example.com" : slug;
    placeholders.set(text, made);
    return made;
  };
  const expressionOf = (index: string): string => expressions[Number(index)] ?? "";

  return {
    encode: (text, file) => {
      const index = lineIndex(text);
      const report = (whole: string, offset: number, why: string, help: string): void => {
        const span = index.span(offset, offset + whole.length, file);
        const what = `the template ${quoted(whole)}`;
        tell(importing, "warning", importCodes.template, `${what} cannot be resolved`, span, help);
        note(importing, `${file}:${span.start.line}`, what, why);
      };
      return text
        .replace(statement, (whole, offset: number) => {
          if (whole.startsWith("{%")) {
            statements++;
            report(
              whole,
              offset,
              "what it repeats or chooses is read once, as it stands",
              "render the file with nunjucks, and import the result",
            );
          }
          return whole.replace(/[^\n]/g, " ");
        })
        .replace(expression, (whole, name: string, offset: number) => {
          if (!expressions.includes(name)) {
            expressions.push(name);
            if (valueOfExpression(name) === undefined) {
              const help = `set the value \`${valueName(name)}\` of orgrail.yaml if it is there`;
              report(whole, offset, "nothing gives it a value", help);
            }
          }
          return `${`\ue000${expressions.indexOf(name)}`.padEnd(whole.length - 1, "\ue002")}\ue001`;
        });
    },
    decode: (text, use = "text") =>
      escapeSubstitution(text).replace(standIn, (_, index: string) => {
        const name = valueName(expressionOf(index));
        importing.values.set(name, valueFor(expressionOf(index), use));
        return substitutionOf(name);
      }),
    resolve: (text, use = "text") =>
      text.replace(standIn, (_, index: string) => valueFor(expressionOf(index), use)),
    isOpen: (text) =>
      [...text.matchAll(standIn)].some(
        ([, index]) => valueOfExpression(expressionOf(index ?? "")) === undefined,
      ),
    hasStatements: () => statements > 0,
  };
}
