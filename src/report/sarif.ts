import type { Diagnostic, Severity } from "../core/diagnostic.ts";

/** A rule as SARIF describes it. */
export interface SarifRule {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly helpUri?: string;
}

const levels: Readonly<Record<Severity, "error" | "warning" | "note">> = {
  error: "error",
  securityWarning: "warning",
  warning: "warning",
  suggestion: "note",
  info: "note",
};

/**
 * Renders diagnostics as a SARIF 2.1.0 log, which code hosts show beside the lines.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function renderSarif(
  diagnostics: readonly Diagnostic[],
  tool: { readonly version: string; readonly rules: readonly SarifRule[] },
): string {
  const used = new Set(diagnostics.map(({ code }) => code));
  const rules = tool.rules
    .filter(({ id }) => used.has(id))
    .map(({ id, title, why, helpUri }) => ({
      id,
      shortDescription: { text: title },
      fullDescription: { text: why },
      ...(helpUri === undefined ? {} : { helpUri }),
    }));
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const results = diagnostics.map(({ code, severity, summary, detail, help, span }) => {
    const text = [summary, detail, help].filter((part) => part !== undefined).join(". ");
    const index = indexes.get(code);
    return {
      ruleId: code,
      ...(index === undefined ? {} : { ruleIndex: index }),
      level: levels[severity],
      message: { text },
      ...(span === undefined
        ? {}
        : {
            locations: [
              {
                physicalLocation: {
                  artifactLocation: { uri: uri(span.file ?? "") },
                  region: {
                    startLine: span.start.line,
                    startColumn: span.start.column,
                    endLine: span.end.line,
                    endColumn: span.end.column,
                  },
                },
              },
            ],
          }),
    };
  });
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "orgrail", version: tool.version, rules } },
        columnKind: "utf16CodeUnits",
        results,
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

/** A relative reference: path separators of SARIF are slashes. */
function uri(file: string): string {
  return file.replaceAll("\\", "/").split("/").map(encodeURIComponent).join("/");
}
