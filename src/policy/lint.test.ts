import { describe, expect, it } from "vitest";
import type { JsonObject } from "../core/json.ts";
import { checks, levelChecks } from "./lint/registry.gen.ts";
import { type LintOptions, lintLevels, lintPolicy } from "./lint.ts";
import { parsePolicy } from "./parse.ts";
import type { Level, Policy, PolicyType } from "./types.ts";

function parsed(document: JsonObject | string, type: PolicyType): Policy {
  const text = typeof document === "string" ? document : JSON.stringify(document);
  const { policy } = parsePolicy(text, { type });
  if (policy === undefined) throw new Error(`not parsed: ${text}`);
  return policy;
}

function codes(
  document: JsonObject | string,
  type: PolicyType,
  options: LintOptions = {},
): string[] {
  return lintPolicy(parsed(document, type), options).map(({ code }) => code);
}

describe("every check of a policy", () => {
  it.each(checks.map((check) => [check.code, check] as const))("%s", (code, check) => {
    const { type, bad, good, resourceType } = check.example;
    const options = resourceType === undefined ? {} : { resourceType };
    expect(check.types).toContain(type);
    expect(codes(bad, type, options)).toContain(code);
    expect(codes(good, type, options)).not.toContain(code);
    expect(check.sources.length).toBeGreaterThan(0);
    expect(check.title).toMatch(/^[A-Za-z].*[^.]$/);
  });

  it("has a code of its own", () => {
    const all = [...checks, ...levelChecks].map(({ code }) => code);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe("every check of levels", () => {
  it.each(levelChecks.map((check) => [check.code, check] as const))("%s", (code, check) => {
    const { type, bad, good, managementAccountId } = check.example;
    const found = (documents: readonly (readonly JsonObject[])[]): string[] => {
      const levels: Level[] = documents.map((level, index) => ({
        id: `level-${index}`,
        policies: level.map((document) => parsed(document, type)),
      }));
      const options = {
        type,
        ...(managementAccountId === undefined ? {} : { managementAccountId }),
      };
      return lintLevels(levels, options).map((diagnostic) => diagnostic.code);
    };
    expect(found(bad)).toContain(code);
    expect(found(good)).not.toContain(code);
  });
});

describe("lintPolicy", () => {
  const bad = '{"Statement":{"Effect":"Deny","Action":"macie:DisableMacie","Resource":"*"}}';

  it("says where, why and what to do", () => {
    const second = lintPolicy(parsed(bad, "SERVICE_CONTROL_POLICY"), { file: "a.json" }).find(
      ({ code }) => code === "INVALID_SERVICE_IN_ACTION",
    );
    expect(second).toMatchObject({
      severity: "warning",
      code: "INVALID_SERVICE_IN_ACTION",
      help: "did you mean `macie2:`?",
      span: { file: "a.json", start: { line: 1, column: 40 }, end: { line: 1, column: 60 } },
    });
    expect(second?.detail).toMatch(/protects nothing/);
  });

  it("leaves out codes that are allowed", () => {
    const policy = parsed(bad, "SERVICE_CONTROL_POLICY");
    expect(lintPolicy(policy, { allow: ["MISSING_VERSION", "INVALID_SERVICE_IN_ACTION"] })).toEqual(
      [],
    );
  });

  it("finds nothing in AWS's own FullAWSAccess", () => {
    const full = {
      Version: "2012-10-17",
      Statement: { Effect: "Allow", Action: "*", Resource: "*" },
    };
    expect(codes(full, "SERVICE_CONTROL_POLICY")).toEqual([]);
  });

  it("checks a management policy by its syntax", () => {
    const tag = { tags: { team: { tag_key: "Team" } } };
    expect(codes(tag, "TAG_POLICY")).toEqual(["ORGRAIL6105"]);
    expect(lintPolicy(parsed(tag, "TAG_POLICY"), { allow: ["ORGRAIL6105"] })).toEqual([]);
  });

  it("lists fifty findings of a kind and counts the rest", () => {
    const actions = Array.from({ length: 70 }, (_, index) => `s3:NoSuchThing${index}`);
    const document = {
      Version: "2012-10-17",
      Statement: { Effect: "Deny", Action: actions, Resource: "*" },
    };
    const found = lintPolicy(parsed(document, "SERVICE_CONTROL_POLICY")).filter(
      ({ code }) => code === "INVALID_ACTION",
    );
    expect(found).toHaveLength(51);
    expect(found.some(({ summary }) => summary === "20 more of these are not listed")).toBe(true);
  });
});

describe("lintLevels", () => {
  it("names level and policy", () => {
    const levels: Level[] = [{ id: "r-root", policies: [] }];
    expect(lintLevels(levels)).toMatchObject([
      {
        code: "ORGRAIL6301",
        severity: "error",
        level: "r-root",
        summary: "the level has no policy",
      },
    ]);
    expect(lintLevels(levels, { allow: ["ORGRAIL6301"] })).toEqual([]);
  });

  it("has nothing to say of no levels", () => {
    expect(lintLevels([])).toEqual([]);
  });
});
