import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Ajv from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { loadConfig } from "../../src/config/load.ts";
import { configJsonSchema } from "../../src/config/schema/json-schema.ts";
import { parseValuesFile } from "../../src/config/values.ts";
import { writeConfig } from "../../src/config/write.ts";
import { securityServices } from "../../src/services/registry.ts";
import { arbitrarySnapshot } from "./arbitrary-snapshot.ts";
import { folder } from "./folder.ts";

const root = fileURLToPath(new URL("../../examples", import.meta.url));
const examples = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const loaded = Object.fromEntries(
  await Promise.all(
    Object.entries(securityServices).map(async ([id, load]) => [id, await load()] as const),
  ),
);
const schemas = Object.fromEntries(Object.entries(loaded).map(([id, { schema }]) => [id, schema]));
const services = { names: Object.keys(loaded), loaded };
const isValid = new Ajv.Ajv2020({ strict: false }).compile(configJsonSchema(schemas));

describe.each(examples.map(({ name }) => name))("examples/%s", (name) => {
  const readFile = folder(`examples/${name}`);
  const text = readFile("orgrail.yaml") ?? "";

  it("loads without a word", () => {
    const input = { file: "orgrail.yaml", text, readFile, services };
    const { desired, diagnostics } = loadConfig(input);
    expect(diagnostics).toEqual([]);
    expect(desired?.policies.length).toBeGreaterThan(0);
  });

  it("is what the published schema describes", () => {
    expect(isValid(parse(text, { merge: true }))).toBe(true);
  });
});

describe("examples/company", () => {
  it("takes values of another organization", () => {
    const readFile = folder("examples/company");
    const file = "test-organization.yaml";
    const { values, diagnostics } = parseValuesFile(readFile(file) ?? "", file);
    expect(diagnostics).toEqual([]);
    const text = readFile("orgrail.yaml") ?? "";
    const { desired } = loadConfig({ file: "orgrail.yaml", text, readFile, values });
    expect(desired?.organization.governedRegions).toEqual(["eu-west-1"]);
    expect(desired?.accounts.map(({ email }) => email)).toContain("aws+logs@test.example.com");
    const regions = desired?.policies.find(({ name }) => name === "DenyOtherRegions")?.content;
    expect(regions).toContain('"aws:RequestedRegion":["eu-west-1"]');
  });
});

describe("the published schema", () => {
  const wrong: readonly (readonly [string, unknown])[] = [
    ["an unknown key", { version: 1, acounts: [] }],
    ["another version", { version: 2 }],
    ["a number as id", { version: 1, organization: { managementAccountId: 111111111111 } }],
    ["a short id", { version: 1, organization: { managementAccountId: "1" } }],
    ["an unknown policy type", { version: 1, organization: { policyTypes: ["SCP"] } }],
    [
      "an account without a unit",
      { version: 1, accounts: [{ name: "a", email: "a@example.com" }] },
    ],
    ["a list as values", { version: 1, values: [] }],
  ];
  it.each(wrong)("refuses %s", (_, value) => {
    expect(isValid(value)).toBe(false);
  });

  it("takes a substitution in the place of texts, words, booleans and lists", () => {
    const open = "$" + "{{ x }}";
    const account = { name: open, email: open, organizationalUnit: open, close: open };
    const organization = { managementAccountId: open, governedRegions: open, policyTypes: [open] };
    expect(isValid({ version: 1, organization, accounts: [account] })).toBe(true);
  });

  it("takes every configuration that is written", () => {
    fc.assert(
      fc.property(arbitrarySnapshot, (snapshot) => {
        const text = writeConfig(snapshot).files[0]?.text ?? "";
        expect(isValid(parse(text))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
