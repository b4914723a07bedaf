import { posix } from "node:path";
import type { Span } from "../../core/diagnostic.ts";
import { lineIndex } from "../../core/line-index.ts";
import { parseJson } from "../../policy/json-parser.ts";
import { parseReport } from "../../policy/parse-report.ts";
import { configCodes } from "../codes.ts";
import { quoted } from "../report.ts";
import type { DocumentInput, Partly } from "../schema/config-input.ts";
import { checkedText, sizeLimits } from "../text.ts";
import { type Context, keyAt, spanAt } from "./context.ts";
import { jsonText } from "./json-text.ts";

/** A policy document: minified JSON text, and where it stands. */
export interface ResolvedDocument {
  readonly content: string;
  readonly span: Span;
}

/** How many characters a document may have, and by whose word. */
export interface DocumentLimit {
  readonly characters: number;
  /** What is limited, such as `a SERVICE_CONTROL_POLICY`. */
  readonly what: string;
}

/** Reads a document that stands in the configuration or in a file. What is wrong is reported. */
export function readDocument(
  context: Context,
  input: Partly<DocumentInput>,
  at: string,
  limit: DocumentLimit | undefined,
): ResolvedDocument | undefined {
  const document =
    input.file === undefined
      ? inlineDocument(context, input.content, `${at}/content`)
      : fileDocument(context, input.file, `${at}/file`);
  if (document !== undefined && limit !== undefined) checkSize(context, document, limit);
  return document;
}

/** Reports a document that is larger than AWS takes. `true`: it is not. */
export function checkSize(
  context: Context,
  document: ResolvedDocument,
  limit: DocumentLimit,
): boolean {
  const size = document.content.length;
  if (size <= limit.characters) return true;
  context.report.error(
    configCodes.documentTooLarge,
    `the document has ${size} characters without white space; ${limit.what} may have ${limit.characters}`,
    document.span,
    "split it into several policies, or shorten lists of actions with wildcards",
  );
  return false;
}

function inlineDocument(
  context: Context,
  content: unknown,
  at: string,
): ResolvedDocument | undefined {
  if (content === undefined) return undefined;
  const span = spanAt(context, at);
  const wrong = notJson(content, 0);
  if (wrong === undefined) return { content: JSON.stringify(content), span };
  // What is missing was not read, and that is reported already.
  if (wrong === "missing") return undefined;
  context.report.error(
    configCodes.documentSyntax,
    `the document holds ${wrong}, which JSON cannot say`,
    span,
    "put it in quotes",
  );
  return undefined;
}

function notJson(value: unknown, depth: number): string | undefined {
  if (value === undefined) return "missing";
  if (typeof value === "number" && !Number.isFinite(value)) return `\`${value}\``;
  if (typeof value !== "object" || value === null) return undefined;
  for (const member of Object.values(value)) {
    const wrong = notJson(member, depth + 1);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
}

function fileDocument(context: Context, path: string, at: string): ResolvedDocument | undefined {
  const file = resolvePath(context.file, path);
  const text = context.readFile(file);
  if (text === undefined) {
    const why = context.whyNotRead?.(file);
    context.report.error(
      configCodes.fileMissing,
      `the file ${quoted(file)} cannot be read${why === undefined ? "" : `: ${why}`}`,
      spanAt(context, at),
      path.includes("\\")
        ? "write `/` between folders"
        : "paths are relative to the folder of the configuration",
    );
    return undefined;
  }
  const plain = checkedText(text, file, sizeLimits.document, context.report);
  if (plain === undefined) return undefined;
  context.sources.set(file, plain);
  const report = parseReport(file);
  const { node } = parseJson(plain, report);
  for (const diagnostic of report.diagnostics) context.report.add(diagnostic);
  if (node === undefined || report.diagnostics.some(({ severity }) => severity === "error")) {
    return undefined;
  }
  const span = lineIndex(plain).span(0, plain.length, file);
  if (node.kind !== "object") {
    context.report.error(
      configCodes.documentSyntax,
      "the document is not a JSON object",
      { file, start: node.start, end: node.end },
      "a policy document begins with `{`",
    );
    return undefined;
  }
  const content = jsonText(node, file, context);
  return content === undefined ? undefined : { content, span };
}

/** A path of the configuration, relative to the folder that the configuration is in. */
export function resolvePath(configFile: string, path: string): string {
  return posix.isAbsolute(path) ? path : posix.join(posix.dirname(configFile), path);
}

/** Reports a document that is given twice or not at all. `true`: there is exactly one. */
export function hasOneDocument(
  context: Context,
  given: readonly ("content" | "file" | "guardrail")[],
  at: string,
  name: string,
  choices: string,
): boolean {
  if (given.length === 1) return true;
  context.report.error(
    configCodes.documentMissing,
    given.length === 0
      ? `${name} has no document`
      : `${name} has more than one document: ${given.map((one) => `\`${one}\``).join(" and ")}`,
    given[1] === undefined ? spanAt(context, `${at}/name`) : keyAt(context, `${at}/${given[1]}`),
    given.length === 0 ? `give ${choices}` : "keep one of them",
  );
  return false;
}
