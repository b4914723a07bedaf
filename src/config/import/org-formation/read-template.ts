import { posix } from "node:path";
import type { Span } from "../../../core/diagnostic.ts";
import { type Places, placeOf, pointer } from "../../places.ts";
import { createReport, quoted } from "../../report.ts";
import { checkedText, sizeLimits } from "../../text.ts";
import { parseYaml } from "../../yaml-reader.ts";
import { yamlValues } from "../../yaml-values.ts";
import { type Importing, importCodes, tell } from "../importing.ts";
import { asList, asMap, asText } from "../shapes.ts";
import type { NunjucksTemplates } from "./templates.ts";

const mark: unique symbol = Symbol("a function of org-formation");

/** Stands in a template's values for a function such as `!Ref X` or `!Sub`. */
interface FunctionCall {
  readonly [mark]: true;
  readonly name: string;
  readonly argument: string;
}

function call(name: string, argument: string): FunctionCall {
  return { [mark]: true, name, argument };
}

function isCall(value: unknown): value is FunctionCall {
  return typeof value === "object" && value !== null && mark in value;
}

/** A file of org-formation. */
export interface Template {
  readonly value: unknown;
  where(path: readonly PropertyKey[]): string;
  span(path: readonly PropertyKey[]): Span;
}

const maxIncludes = 10;

/** Reads a template with its `!Include`s; `undefined` when it cannot be read, which is reported. */
export function readTemplate(
  importing: Importing,
  file: string,
  templates: NunjucksTemplates,
  depth = 0,
): Template | undefined {
  const raw = importing.input.readFile(file);
  const text =
    raw === undefined
      ? undefined
      : checkedText(raw, file, sizeLimits.configuration, importing.report);
  if (text === undefined) return undefined;
  importing.sources.set(file, text);
  const syntax = createReport();
  const yaml = parseYaml(templates.encode(text, file), file, syntax);
  if (yaml === undefined) {
    reportSyntax(importing, file, syntax.diagnostics(), templates.hasStatements());
    return undefined;
  }
  const tag = (name: string, value: unknown, span: Span): { value: unknown } => {
    if (name !== "!Include" || typeof value !== "string") {
      return { value: call(name, asText(value) ?? "...") };
    }
    const path = posix.join(posix.dirname(file), value.trim());
    const found =
      depth >= maxIncludes ? undefined : readTemplate(importing, path, templates, depth + 1);
    if (found === undefined) {
      const summary = `the file ${quoted(path)} of \`!Include\` cannot be read`;
      tell(importing, "warning", importCodes.fileMissing, summary, span);
    }
    return { value: found === undefined ? call(name, value) : found.value };
  };
  const { value, places } = yamlValues(yaml, importing.report, { tag });
  return {
    value,
    where: (path) => `${file}:${lineOf(places, path)}`,
    span: (path) => placeOf(places, pointer(path)).span,
  };
}

/** A file with statements of nunjucks need not be YAML before it is rendered: that is no syntax error. */
function reportSyntax(
  importing: Importing,
  file: string,
  diagnostics: ReturnType<ReturnType<typeof createReport>["diagnostics"]>,
  hasStatements: boolean,
): void {
  const [first] = diagnostics;
  if (!hasStatements || first === undefined) {
    for (const diagnostic of diagnostics) importing.report.add(diagnostic);
    return;
  }
  tell(
    importing,
    "error",
    importCodes.template,
    `${quoted(file)} is a template whose statements (\`{% ... %}\`) have to be rendered first`,
    first.span,
    "render it with nunjucks (`org-formation print-stacks` does), and import the result",
  );
}

function lineOf(places: Places, path: readonly PropertyKey[]): number {
  const place = placeOf(places, pointer(path));
  return (place.key ?? place.span).start.line;
}

/** The logical ids that a property refers to: one or a list, by `!Ref`, `Ref` or bare. */
export function references(value: unknown): readonly string[] {
  return asList(value).flatMap((one) => {
    if (isCall(one)) return one.name === "!Ref" ? one.argument : [];
    const { Ref } = asMap(one);
    return typeof Ref === "string" ? Ref : typeof one === "string" ? one : [];
  });
}

/** The first function in a value that only org-formation resolves. */
export function unresolvedIn(value: unknown): string | undefined {
  if (isCall(value)) return `${value.name} ${value.argument}`;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, member] of Object.entries(value)) {
    if (key === "Ref" || key.startsWith("Fn::")) return key;
    const found = unresolvedIn(member);
    if (found !== undefined) return found;
  }
  return undefined;
}
