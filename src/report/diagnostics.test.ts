import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../core/diagnostic.ts";
import { lineIndex } from "../core/line-index.ts";
import { renderDiagnostics } from "./diagnostics.ts";

const options = { color: false, width: 80 };

function at(source: string, needle: string, more: Partial<Diagnostic> = {}): Diagnostic {
  const start = source.indexOf(needle);
  return {
    severity: "error",
    code: "ORGRAIL1050",
    summary: "no organizational unit `Prodd`",
    span: lineIndex(source).span(start, start + needle.length, "orgrail.yaml"),
    ...more,
  };
}

describe("renderDiagnostics", () => {
  it("shows the place with carets, what to do and a count", () => {
    const source = "accounts:\n  - name: Audit\n    organizationalUnit: Prodd\n";
    const diagnostic = at(source, "Prodd", { help: "did you mean `Prod`?" });
    expect(renderDiagnostics([diagnostic], { "orgrail.yaml": source }, options)).toBe(
      [
        "error[ORGRAIL1050]: no organizational unit `Prodd`",
        " --> orgrail.yaml:3:25",
        "  |",
        "2 |   - name: Audit",
        "3 |     organizationalUnit: Prodd",
        "  |                         ^^^^^",
        "  = help: did you mean `Prod`?",
        "",
        "1 error",
        "",
      ].join("\n"),
    );
  });

  it("shows the same mistake in several places once", () => {
    const source = "a: Prodd\nb: x Prodd\n";
    const other = lineIndex(source).span(14, 19, "orgrail.yaml");
    const text = renderDiagnostics(
      [at(source, "Prodd"), { ...at(source, "Prodd"), span: other }],
      { "orgrail.yaml": source },
      options,
    );
    expect(text.match(/error\[/g)).toHaveLength(1);
    expect(text).toContain("also at 2:6");
    expect(text).toContain("2 errors");
  });

  it("cuts a long line around the place and keeps the carets below it", () => {
    const source = `${"x".repeat(300)}Prodd${"y".repeat(300)}`;
    const lines = renderDiagnostics(
      [at(source, "Prodd")],
      { "orgrail.yaml": source },
      options,
    ).split("\n");
    const [shown = "", carets = ""] = lines.filter((line) => line.includes("|")).slice(1);
    expect(shown.length).toBeLessThanOrEqual(80);
    expect(shown.slice(carets.indexOf("^"), carets.lastIndexOf("^") + 1)).toBe("Prodd");
  });

  it("puts the carets below wide characters and tabs", () => {
    const source = "\t名前: Prodd";
    const lines = renderDiagnostics(
      [at(source, "Prodd")],
      { "orgrail.yaml": source },
      options,
    ).split("\n");
    expect(lines).toContain("1 |   名前: Prodd");
    expect(lines).toContain("  |         ^^^^^");
  });

  it("does without a place or a text", () => {
    const { span: _, ...placeless } = at("Prodd", "Prodd");
    expect(renderDiagnostics([placeless], {}, options)).toBe(
      "error[ORGRAIL1050]: no organizational unit `Prodd`\n\n1 error\n",
    );
    expect(renderDiagnostics([at("Prodd", "Prodd")], {}, options)).toContain("orgrail.yaml:1:1");
    expect(renderDiagnostics([], {}, options)).toBe("");
  });

  it("says in color nothing that it does not say without", () => {
    const source = "a: Prodd\n";
    const diagnostics = [at(source, "Prodd"), at(source, "a", { severity: "warning" })];
    const sources = { "orgrail.yaml": source };
    const colored = renderDiagnostics(diagnostics, sources, { ...options, color: true });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: terminal escapes are meant
    const stripped = colored.replace(/\u001b\[\d+m/g, "");
    expect(colored).not.toBe(stripped);
    expect(stripped).toBe(renderDiagnostics(diagnostics, sources, options));
  });

  it("shows the line before in files of Windows", () => {
    const source = "first: 1\r\nsecond: Prodd\r\n";
    const text = renderDiagnostics([at(source, "Prodd")], { "orgrail.yaml": source }, options);
    expect(text).toContain("1 | first: 1\n2 | second: Prodd\n");
  });

  it("marks the first line of a place that spans several", () => {
    const source = "a: |\n  one\n  two\n";
    const span = lineIndex(source).span(3, source.length, "orgrail.yaml");
    const text = renderDiagnostics(
      [at(source, "a", { span })],
      { "orgrail.yaml": source },
      options,
    );
    expect(text).toContain("1 | a: |\n  |    ^\n");
  });
});
