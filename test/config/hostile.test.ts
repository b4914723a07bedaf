import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type LoadResult, loadConfig } from "../../src/config/load.ts";

function load(text: string): LoadResult {
  return loadConfig({ file: "orgrail.yaml", text, readFile: () => undefined });
}

function codes(text: string): readonly string[] {
  return [...new Set(load(text).diagnostics.map(({ code }) => code))];
}

describe("hostile files", () => {
  it("refuses 50 million characters before it parses them", () => {
    const started = performance.now();
    const { diagnostics, desired } = load("a: b\n".repeat(10_000_000));
    expect(desired).toBeUndefined();
    expect(diagnostics).toMatchObject([
      { code: "ORGRAIL1001", summary: "the file has 47.7 million characters" },
    ]);
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it.each([
    ["NUL", "version: 1\u0000"],
    ["an image", "\ufffdPNG\r\n\u001a\n"],
    ["UTF-16 read as UTF-8", "v\u0000e\u0000r\u0000"],
  ])("refuses %s as no text", (_, text) => {
    expect(codes(text)).toEqual(["ORGRAIL1002"]);
  });

  it("reads a file with a byte order mark and ends of lines of Windows", () => {
    const { desired, diagnostics } = load("\ufeffversion: 1\r\nroot:\r\n  tags: {a: b}\r\n");
    expect(diagnostics).toEqual([]);
    expect(desired?.rootTags).toEqual({ a: "b" });
  });

  it("stops a bomb of aliases", () => {
    const levels = ["a: &a [x, x, x, x, x, x, x, x, x]"];
    for (const [i, name] of [..."bcdefghij"].entries()) {
      const before = "abcdefghij"[i];
      levels.push(`${name}: &${name} [${Array(9).fill(`*${before}`).join(", ")}]`);
    }
    const started = performance.now();
    expect(codes(`version: 1\n${levels.join("\n")}\n`)).toContain("ORGRAIL1011");
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  it("stops a bomb of merge keys", () => {
    const keys = Array.from({ length: 100 }, (_, i) => `k${i}: x`).join(", ");
    const merged = Array.from({ length: 3000 }, () => "  - {<<: *m}").join("\n");
    expect(codes(`version: 1\nvalues: &m {${keys}}\nprotectedRoles:\n${merged}\n`)).toContain(
      "ORGRAIL1011",
    );
  });

  it.each([
    ["lists", "[".repeat(20_000)],
    ["lists that close", `${"[".repeat(5000)}${"]".repeat(5000)}`],
    ["mappings", "{a: ".repeat(20_000)],
    ["block lists", "- ".repeat(20_000)],
  ])("survives deep %s", (_, text) => {
    const { diagnostics, desired } = load(text);
    expect(desired).toBeUndefined();
    expect(diagnostics.length).toBeGreaterThan(0);
  });

  it("is quick with a mapping of many keys and with many mistakes", () => {
    const keys = Array.from({ length: 20_000 }, (_, i) => `k${i}: x`).join("\n");
    const started = performance.now();
    const { diagnostics } = load(`version: 1\n${keys}\n`);
    expect(diagnostics).toHaveLength(501);
    expect(diagnostics.at(-1)?.summary).toBe("19500 further problems are not listed");
    expect(performance.now() - started).toBeLessThan(25_000);
  });

  it("never throws, and either wants something or says why not", () => {
    const piece = fc.oneof(
      fc.constantFrom(
        "version: 1\n",
        "accounts:\n",
        "  - name: a\n",
        "    email: a@example.com\n",
        "policies:\n",
        "organization:\n",
        "root: {tags: {a: b}}\n",
        "organizationalUnits: [{name: x}]\n",
        "<<: *a\n",
        "&a ",
        "*a",
        "!x ",
        "- ",
        "? ",
        ": ",
        "{",
        "[",
        "}",
        "]",
        ",",
        "'",
        '"',
        "|\n",
        "---\n",
        "#",
        "\t",
        "$" + "{{ a }}",
        "null",
        "\n",
        "  ",
      ),
      fc.string({ maxLength: 8 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const { desired, diagnostics } = load(pieces.join(""));
        const isWrong = diagnostics.some(({ severity }) => severity === "error");
        expect(desired === undefined).toBe(isWrong);
      }),
      { numRuns: 1000 },
    );
  });
});
