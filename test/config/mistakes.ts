// biome-ignore-all lint/suspicious/noTemplateCurlyInString: substitutions are meant
import { expect, it } from "vitest";
import { loadConfig } from "../../src/config/load.ts";

const files: Readonly<Record<string, string>> = {
  "conf/ok.json": '{"Version":"2012-10-17","Statement":[]}',
  "conf/list.json": "[1]",
  "conf/comma.json": '{\n  "a": 1,\n}',
  "conf/twice.json": '{"a": 1, "a": 2}',
  "conf/key.json": '{"${{ prefix }}": 1}',
  "conf/unknown.json": '{"a": "${{ prefx }}"}',
  "conf/large.json": `{"a": "${"x".repeat(6000)}"}`,
  "conf/huge.json": `{"a": "${"x".repeat(1_100_000)}"}`,
  "conf/binary.json": "\u0000\u0001",
};
const guardrails = {
  names: ["deny-leave", "deny-regions"],
  resolve: (name: string, parameters: Readonly<Record<string, unknown>>) =>
    name === "deny-regions" && parameters.regions === undefined
      ? {
          diagnostics: [
            {
              severity: "error" as const,
              code: "ORGRAIL1084",
              summary: "the parameter `regions` is missing",
              parameter: "regionz",
            },
          ],
        }
      : { content: "{}", type: "SERVICE_CONTROL_POLICY" as const, diagnostics: [] },
};

/** A configuration with mistakes: each as code and the text that it points at, and words of help. */
export type Case = readonly [what: string, text: string, found: readonly string[], help: string];

/** The mistakes that are found: code, file unless it is the configuration, and what it points at. */
export function mistakes(text: string): {
  readonly found: readonly string[];
  readonly lines: readonly (number | undefined)[];
  readonly help: string;
} {
  const { diagnostics, sources } = loadConfig({
    file: "conf/orgrail.yaml",
    text,
    readFile: (path) => files[path],
    guardrails,
  });
  return {
    found: diagnostics.map(({ span, code }) => {
      const file = span?.file === "conf/orgrail.yaml" ? "" : ` ${span?.file}:`;
      const source = sources[span?.file ?? ""] ?? "";
      const at = source.slice(span?.start.offset, span?.end.offset).split("\n")[0] ?? "";
      return `${code}${file} ${at.slice(0, 30)}`.trimEnd();
    }),
    lines: diagnostics.map(({ span }) => span?.start.line),
    help: diagnostics.map(({ help }) => help ?? "").join("\n"),
  };
}

/** Checks every case. */
export function checkMistakes(cases: readonly Case[]): void {
  it.each(cases)("%s", (_what, text, expected, help) => {
    const actual = mistakes(text);
    expect(actual.found).toEqual(expected);
    expect(actual.help).toContain(help);
  });
}
