import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/core/diagnostic.ts";
import { checks } from "../../src/policy/lint/registry.gen.ts";
import { lintPolicy } from "../../src/policy/lint.ts";
import { parsePolicy } from "../../src/policy/parse.ts";
import { renderSarif } from "../../src/report/sarif.ts";

/**
 * The JSON Schema of SARIF 2.1.0 (OASIS Standard; Copyright © OASIS Open), as Microsoft publishes it
 * under the MIT licence in the npm package `@microsoft/jest-sarif` 1.0.0-beta.0; only its white
 * space is ours.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
const schemaFile = new URL("../support/sarif-2.1.0-rtm.5.schema.json", import.meta.url);

const { $schema: _, id: __, ...schema } = JSON.parse(readFileSync(schemaFile, "utf8"));
// Draft 4: Ajv knows all that it says but the two members left out.
const ajv = new Ajv({ strict: false, allErrors: true, logger: false, unicodeRegExp: false });
addFormats.default(ajv);
const isSarif = ajv.compile(schema);

const rules = checks.map(({ code, title, why, sources }) => ({
  id: code,
  title,
  why,
  ...(sources[0] === undefined ? {} : { helpUri: sources[0] }),
}));

function errors(diagnostics: readonly Diagnostic[]): unknown {
  isSarif(JSON.parse(renderSarif(diagnostics, { version: "1.2.3", rules })));
  return isSarif.errors ?? [];
}

describe("SARIF by the schema of the standard", () => {
  it("of every check's finding", () => {
    const diagnostics = checks.flatMap(({ code, example }) => {
      const text = JSON.stringify(example.bad, undefined, 2);
      const { policy, diagnostics: parsed } = parsePolicy(text, { type: example.type });
      const file = `policies/${code} ü.json`;
      return [...parsed, ...(policy === undefined ? [] : lintPolicy(policy, { file }))];
    });
    expect(diagnostics.length).toBeGreaterThan(checks.length);
    expect(errors(diagnostics)).toEqual([]);
  });

  it("of what is no JSON, has no place, or is nothing", () => {
    const { diagnostics } = parsePolicy("{", { type: "SERVICE_CONTROL_POLICY" });
    expect(errors(diagnostics)).toEqual([]);
    expect(errors([{ severity: "info", code: "X", summary: "" }])).toEqual([]);
    expect(errors([])).toEqual([]);
  });

  it("tells what is none", () => {
    expect(isSarif({ version: "2.1.0", runs: [{ results: [{}] }] })).toBe(false);
  });
});
