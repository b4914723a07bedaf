// biome-ignore-all lint/suspicious/noTemplateCurlyInString: orgrail's substitution is meant
import { type Document, type Node, parseAllDocuments, type YAMLError } from "yaml";
import type { Span } from "../core/diagnostic.ts";
import { lineIndex } from "../core/line-index.ts";
import { configCodes } from "./codes.ts";
import type { Report } from "./report.ts";

/** A YAML document that is free of syntax errors. */
export interface YamlText {
  readonly file: string;
  /** The document's content; `null` when there is none. */
  readonly contents: Node | null;
  span(range: readonly [number, number] | undefined): Span;
}

const maxSyntaxErrors = 20;

/**
 * Parses YAML text: one document, all its syntax errors at once. Keys that occur twice, tags and
 * aliases are left to the walk over the nodes.
 */
export function parseYaml(text: string, file: string, report: Report): YamlText | undefined {
  const index = lineIndex(text);
  const span = (range: readonly [number, number] | undefined): Span =>
    index.span(range?.[0] ?? 0, Math.max(range?.[0] ?? 0, range?.[1] ?? 0), file);
  const documents = parsed(text);
  if (documents === undefined) {
    report.error(configCodes.tooDeep, "the file is nested too deeply", span(undefined));
    return undefined;
  }
  const errors = documents.flatMap((document) => document.errors);
  for (const error of errors.slice(0, maxSyntaxErrors)) {
    report.error(
      configCodes.yamlSyntax,
      summaryOf(error),
      span([error.pos[0], error.pos[1]]),
      helpFor(error, text),
    );
  }
  if (errors.length > 0) return undefined;
  const [first, second] = documents;
  if (second !== undefined) {
    report.error(
      configCodes.severalDocuments,
      "the file holds more than one YAML document",
      span([second.range[0], second.range[0]]),
      "keep one document and remove the line `---` before the other",
    );
    return undefined;
  }
  return { file, contents: first?.contents ?? null, span };
}

function parsed(text: string): readonly Document.Parsed[] | undefined {
  try {
    const documents = parseAllDocuments(text, {
      prettyErrors: false,
      uniqueKeys: false,
      logLevel: "silent",
    });
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    // The parser recurses; a text that is nested 10,000 levels deep overflows the stack.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

function summaryOf(error: YAMLError): string {
  const message = error.message.replace(/\s+/g, " ").replace(/\.$/, "");
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}`;
}

function helpFor(error: YAMLError, text: string): string | undefined {
  const lineStart = text.lastIndexOf("\n", error.pos[0] - 1) + 1;
  const lineEnd = text.indexOf("\n", error.pos[0]);
  const line = text.slice(lineStart, lineEnd < 0 ? undefined : lineEnd);
  if (/(^|[^$])\$\{\{/.test(line) && /[[{,]\s*\$\{\{|:\s*[[{]/.test(line)) {
    return 'inside of `[...]` and `{...}` put a substitution in quotes: `"${{ name }}"`';
  }
  switch (error.code) {
    case "TAB_AS_INDENT":
      return "indent with blanks";
    case "BLOCK_AS_IMPLICIT_KEY":
      return "put a text that holds `: ` in quotes, or start a new line";
    case "BAD_INDENT":
    case "BAD_SCALAR_START":
    case "BAD_COLLECTION_TYPE":
      return error.code === "BAD_SCALAR_START"
        ? "put the text in quotes"
        : "check the indentation of this line against the lines around it";
    case "MISSING_CHAR":
      return "close the quote or bracket that is open here";
    default:
      return undefined;
  }
}
