import colors from "picocolors";
import type { Diagnostic, Severity } from "../core/diagnostic.ts";
import { codeFrame } from "./code-frame.ts";

/** How diagnostics are shown. */
export interface RenderOptions {
  readonly color: boolean;
  /** Columns of the terminal. */
  readonly width: number;
}

const words: Readonly<Record<Severity, string>> = {
  error: "error",
  securityWarning: "security warning",
  warning: "warning",
  suggestion: "suggestion",
  info: "info",
};

const order: readonly Severity[] = ["error", "securityWarning", "warning", "suggestion", "info"];

/**
 * Shows diagnostics for people: each with its severity in words, its code, the place in its line
 * with carets, and what to do. What is the same in several places is shown once with all places.
 * Ends with a count. Empty when there is nothing to show.
 */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  sources: Readonly<Record<string, string>>,
  options: RenderOptions,
): string {
  if (diagnostics.length === 0) return "";
  const groups = new Map<string, Diagnostic[]>();
  for (const diagnostic of diagnostics) {
    const { severity, code, summary, detail, help } = diagnostic;
    const key = JSON.stringify([severity, code, summary, detail, help, diagnostic.span?.file]);
    groups.set(key, [...(groups.get(key) ?? []), diagnostic]);
  }
  const blocks = [...groups.values()].map((group) => block(group, sources, options));
  return `${blocks.join("\n")}\n${count(diagnostics, options)}\n`;
}

function block(
  group: readonly Diagnostic[],
  sources: Readonly<Record<string, string>>,
  { color, width }: RenderOptions,
): string {
  const paint = colors.createColors(color);
  const [first, ...others] = group;
  if (first === undefined) return "";
  const tint = tintOf(first.severity, paint);
  const lines = [
    `${paint.bold(tint(`${words[first.severity]}[${first.code}]`))}: ${first.summary}`,
  ];
  const { span } = first;
  const source = span?.file === undefined ? undefined : own(sources, span.file);
  const frame =
    span === undefined || source === undefined ? undefined : codeFrame(source, span, width - 10);
  const gutter = " ".repeat(frame?.gutter ?? 1);
  if (span !== undefined) lines.push(`${gutter}${paint.cyan("-->")} ${place(first)}`);
  if (frame !== undefined) {
    const bar = paint.cyan("|");
    lines.push(`${gutter} ${bar}`);
    for (const { number, text } of frame.lines) {
      const label = (number === undefined ? "" : String(number)).padStart(frame.gutter);
      const body = number === undefined ? tint(text) : text;
      lines.push(`${paint.cyan(label)} ${bar} ${body}`.trimEnd());
    }
  }
  if (others.length > 0) lines.push(`${gutter} ${paint.cyan("=")} also at ${places(others)}`);
  for (const [name, text] of [
    ["note", first.detail],
    ["help", first.help],
  ] as const) {
    if (text === undefined) continue;
    const [head, ...rest] = wrap(text, width - gutter.length - 9);
    lines.push(`${gutter} ${paint.cyan("=")} ${paint.bold(name)}: ${head ?? ""}`);
    for (const line of rest) lines.push(`${gutter}         ${line}`);
  }
  return `${lines.join("\n")}\n`;
}

function own(sources: Readonly<Record<string, string>>, file: string): string | undefined {
  return Object.hasOwn(sources, file) ? sources[file] : undefined;
}

function place({ span }: Diagnostic): string {
  if (span === undefined) return "";
  const at = `${span.start.line}:${span.start.column}`;
  return span.file === undefined ? at : `${span.file}:${at}`;
}

function places(others: readonly Diagnostic[]): string {
  const most = 8;
  const shown = others
    .slice(0, most)
    .map(({ span }) => (span === undefined ? "?" : `${span.start.line}:${span.start.column}`));
  const more = others.length > most ? ` and ${others.length - most} more places` : "";
  return `${shown.join(", ")}${more}`;
}

type Paint = ReturnType<typeof colors.createColors>;

function tintOf(severity: Severity, paint: Paint): (text: string) => string {
  switch (severity) {
    case "error":
      return paint.red;
    case "securityWarning":
    case "warning":
      return paint.yellow;
    default:
      return paint.cyan;
  }
}

function count(diagnostics: readonly Diagnostic[], { color }: RenderOptions): string {
  const paint = colors.createColors(color);
  const parts = order.flatMap((severity) => {
    const number = diagnostics.filter((one) => one.severity === severity).length;
    if (number === 0) return [];
    const plural = number === 1 || severity === "info" ? "" : "s";
    return [tintOf(severity, paint)(`${number} ${words[severity]}${plural}`)];
  });
  return parts.join(", ");
}

function wrap(text: string, width: number): readonly string[] {
  const room = Math.max(30, width);
  const lines: string[] = [];
  for (const paragraph of text.split("\n")) {
    let line = "";
    for (const word of paragraph.split(" ")) {
      if (line !== "" && line.length + 1 + word.length > room) {
        lines.push(line);
        line = word;
      } else line = line === "" ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines;
}
