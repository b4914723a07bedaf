import { parseJson } from "../../../policy/json-parser.ts";
import { parseReport } from "../../../policy/parse-report.ts";
import { escapeSubstitution } from "../../substitution.ts";
import { checkedText, sizeLimits } from "../../text.ts";
import type { Importing } from "../importing.ts";
import type { Variables } from "./variables.ts";

/** A policy document with orgrail's substitutions, or why there is none. */
export type ConvertedDocument = { readonly text: string } | { readonly why: string };

/** Variables of IAM, which have a colon or are one of `*`, `?` and `$`. */
const iamVariable = /^(?:[*?$]|[a-z0-9-]+:[^:}].*)$/;

/**
 * Reads a policy document of the accelerator: its variables become substitutions, also where one
 * stands without quotes for a whole list; variables of IAM stay. What is not JSON is reported.
 */
export function convertDocument(
  importing: Importing,
  file: string,
  variables: Variables,
): ConvertedDocument {
  const raw = importing.input.readFile(file);
  if (raw === undefined) return { why: `the file ${file} cannot be read` };
  const text = checkedText(raw, file, sizeLimits.document, importing.report);
  if (text === undefined) return { why: `the file ${file} is not text` };
  importing.sources.set(file, text);
  const report = parseReport(file);
  const pieces = piecesOf(text);
  parseJson(pieces.map((piece) => piece.asJson).join(""), report);
  const wrong = report.diagnostics.find(({ severity }) => severity === "error");
  if (wrong !== undefined) {
    // A document that is not JSON is left out; the rest of the configuration is fine without it.
    importing.report.add({ ...wrong, severity: "warning" });
    return { why: `its document is not JSON: ${wrong.summary}` };
  }
  const missing = new Set<string>();
  const before = { values: [...importing.values], notes: importing.notes.length };
  const converted = pieces.map((piece) => {
    if (piece.variable === undefined) return escapeSubstitution(piece.text);
    if (iamVariable.test(piece.variable)) return piece.text;
    const substitution = variables(piece.variable);
    if (substitution === undefined) missing.add(piece.text);
    return piece.isBare ? `"${substitution}"` : (substitution ?? "");
  });
  if (missing.size > 0) {
    // What only this document needs is not needed.
    importing.values.clear();
    for (const [name, value] of before.values) importing.values.set(name, value);
    importing.notes.length = before.notes;
    return {
      why:
        `the template ${[...missing].join(", ")} in ${file} cannot be resolved; ` +
        "give it a value under its name",
    };
  }
  return { text: converted.join("") };
}

interface Piece {
  readonly text: string;
  /** The text with a string of the same length in the place of a variable without quotes. */
  readonly asJson: string;
  readonly variable?: string;
  /** Whether the variable stands outside of a string. */
  readonly isBare: boolean;
}

function piecesOf(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let inString = false;
  let from = 0;
  const push = (to: number): void => {
    const part = text.slice(from, to);
    if (part !== "") pieces.push({ text: part, asJson: part, isBare: false });
  };
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (inString && character === "\\") i++;
    else if (character === '"') inString = !inString;
    else if (character === "$" && text[i + 1] === "{") {
      const end = text.indexOf("}", i);
      const variable = end < 0 ? undefined : text.slice(i + 2, end);
      if (variable === undefined || /["\n{]/.test(variable)) continue;
      push(i);
      const whole = text.slice(i, end + 1);
      const filler = `"${"x".repeat(Math.max(0, whole.length - 2))}"`;
      pieces.push({
        text: whole,
        asJson: inString ? whole : filler,
        variable,
        isBare: !inString,
      });
      i = end;
      from = end + 1;
    }
  }
  push(text.length);
  return pieces;
}
