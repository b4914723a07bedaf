import { describe, expect, it } from "vitest";
import { parsePolicy } from "../parse.ts";
import type { PolicyType } from "../types.ts";
import { analyzerCoverage, leftOut, parserCodes } from "./analyzer-coverage.ts";
import { checks } from "./registry.gen.ts";

const coverage = analyzerCoverage();

describe("the table of IAM Access Analyzer's checks", () => {
  it("has every published code once, and somebody or a reason for each", () => {
    const codes = coverage.map(({ code }) => code);
    expect(new Set(codes).size).toBe(codes.length);
    const unexplained = coverage.filter(({ by, note }) => by === "nobody" && note === undefined);
    expect(unexplained).toEqual([]);
  });

  it("has every check of ours that claims to be Access Analyzer's", () => {
    const published = new Set(coverage.map(({ code }) => code));
    const claimed = checks.map(({ code }) => code).filter((code) => !code.startsWith("ORGRAIL"));
    expect(claimed.filter((code) => !published.has(code))).toEqual([]);
    expect(coverage.filter(({ by }) => by === "check")).toHaveLength(claimed.length);
  });

  it("leaves out nothing that is there", () => {
    const reported = coverage.filter(({ by }) => by !== "nobody").map(({ code }) => code);
    expect(Object.keys(leftOut).filter((code) => reported.includes(code))).toEqual([]);
    const checked = checks.map(({ code }) => code);
    expect(parserCodes.filter((code) => checked.includes(code))).toEqual([]);
  });
});

const statement = (members: string): string => `{"Version":"2012-10-17","Statement":{${members}}}`;
const scp = "SERVICE_CONTROL_POLICY";
const rcp = "RESOURCE_CONTROL_POLICY";
const deny = '"Effect":"Deny","Action":"s3:*","Resource":"*"';
const documents: Readonly<Record<string, readonly [PolicyType, string]>> = {
  DATA_TYPE_MISMATCH: [scp, statement('"Effect":"Deny","Action":1,"Resource":"*"')],
  INVALID_EFFECT: [scp, statement('"Effect":"deny","Action":"*","Resource":"*"')],
  INVALID_POLICY_ELEMENT: [scp, statement(`${deny},"Note":"x"`)],
  INVALID_PRINCIPAL_FORMAT: ["RESOURCE_POLICY", statement(`${deny},"Principal":"111122223333"`)],
  INVALID_PRINCIPAL_KEY: ["RESOURCE_POLICY", statement(`${deny},"Principal":{"Role":"x"}`)],
  INVALID_VERSION: [scp, `{"Version":"2020-01-01","Statement":{${deny}}}`],
  JSON_SYNTAX_ERROR: [scp, "{"],
  MISSING_ACTION: [scp, statement('"Effect":"Deny","Resource":"*"')],
  MISSING_EFFECT: [scp, statement('"Action":"*","Resource":"*"')],
  MISSING_PRINCIPAL: ["RESOURCE_POLICY", statement(deny)],
  MISSING_RESOURCE: [scp, statement('"Effect":"Deny","Action":"*"')],
  MISSING_STATEMENT: [scp, '{"Version":"2012-10-17"}'],
  RCP_SYNTAX_ERROR_ACTION: [
    rcp,
    statement('"Effect":"Deny","Principal":"*","Action":"iam:*","Resource":"*"'),
  ],
  RCP_SYNTAX_ERROR_ALLOW: [
    rcp,
    statement('"Effect":"Allow","Principal":"*","Action":"s3:*","Resource":"*"'),
  ],
  RCP_SYNTAX_ERROR_NOTACTION: [
    rcp,
    statement('"Effect":"Deny","Principal":"*","NotAction":"s3:*","Resource":"*"'),
  ],
  RCP_SYNTAX_ERROR_PRINCIPAL: [rcp, statement(`${deny},"Principal":{"AWS":"111122223333"}`)],
  SCP_SYNTAX_ERROR_PRINCIPAL: [scp, statement(`${deny},"Principal":"*"`)],
  UNSUPPORTED_ELEMENT_COMBINATION: [scp, statement(`${deny},"NotAction":"iam:*"`)],
  UNSUPPORTED_PRINCIPAL: ["IDENTITY_POLICY", statement(`${deny},"Principal":"*"`)],
};

describe("the parser's codes", () => {
  it.each(parserCodes)("%s", (code) => {
    const [type, text] = documents[code] ?? [scp, "{}"];
    expect(parsePolicy(text, { type }).diagnostics.map((one) => one.code)).toContain(code);
  });
});
