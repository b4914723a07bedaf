import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { maxDocumentLength, parsePolicy } from "./parse.ts";
import { maxDiagnostics } from "./parse-report.ts";
import type { PolicyType } from "./types.ts";

const deny = `{"Effect":"Deny","Action":"s3:*","Resource":"*"}`;
const scp = (statement: string): string => `{"Version":"2012-10-17","Statement":${statement}}`;

function codes(text: unknown, type: PolicyType = "SERVICE_CONTROL_POLICY"): string[] {
  return parsePolicy(text as string, { type }).diagnostics.map((diagnostic) => diagnostic.code);
}

describe("documents that can be evaluated", () => {
  it("keeps the place of every element", () => {
    const text = `{\n  "Version": "2012-10-17",\n  "Statement": {\n    "Sid": "A", "Effect": "Deny",\n    "Action": ["s3:*", "ec2:*"], "Resource": "*",\n    "Condition": {"Bool": {"aws:SecureTransport": false}}\n  }\n}`;
    const { policy, diagnostics } = parsePolicy(text, { type: "SERVICE_CONTROL_POLICY" });
    expect(diagnostics).toEqual([]);
    const statement = policy?.statements[0];
    expect(statement?.action?.values[1]?.start).toEqual({
      line: 5,
      column: 24,
      offset: text.indexOf('"ec2:*"'),
    });
    expect(statement?.conditions).toHaveLength(1);
    const condition = statement?.conditions[0];
    expect(condition?.operator.value).toBe("Bool");
    expect(condition?.values.values[0]?.value).toBe("false");
    expect(text.slice(condition?.key.start.offset, condition?.key.end.offset)).toBe(
      '"aws:SecureTransport"',
    );
    expect(policy?.size).toEqual({
      asSent: text.length,
      minified: JSON.stringify(JSON.parse(text)).length,
    });
  });

  it("takes a missing version for the older one", () => {
    expect(
      parsePolicy(`{"Statement":[${deny}]}`, { type: "IDENTITY_POLICY" }).policy?.version,
    ).toBe("2008-10-17");
  });

  it("keeps the tree of a management policy, its operators included", () => {
    const { policy, diagnostics } = parsePolicy('{"tags":{"a":{"@@assign":["x"]}}}', {
      type: "TAG_POLICY",
    });
    expect(diagnostics).toEqual([]);
    expect(policy?.statements).toEqual([]);
    expect(policy?.document.kind).toBe("object");
  });

  it("counts CRLF as one line break", () => {
    const { policy } = parsePolicy(`{\r\n"Statement":${deny}}`, { type: "IDENTITY_POLICY" });
    expect(policy?.statements[0]?.start.line).toBe(2);
  });

  it("resolves escapes in strings", () => {
    const text = scp(`{"Effect":"Deny","Action":"s3:\\u0047et\\u002a","Resource":"a\\/b\\n"}`);
    const statement = parsePolicy(text, { type: "SERVICE_CONTROL_POLICY" }).policy?.statements[0];
    expect(statement?.action?.values[0]?.value).toBe("s3:Get*");
    expect(statement?.resource?.values[0]?.value).toBe("a/b\n");
  });
});

describe("what AWS refuses but has one meaning is reported and read", () => {
  const cases: readonly [string, string, string][] = [
    ["comment", `// why\n${scp(`[${deny}]`)}`, "comment"],
    ["block comment", `${scp(`[${deny} /* x */]`)}`, "comment"],
    ["hash comment", `# x\n${scp(`[${deny}]`)}`, "comment"],
    ["trailing comma", scp(`[${deny},]`), "comma after the last item"],
    ["missing comma", scp(`[${deny} ${deny}]`), "comma missing"],
    ["single quotes", scp(`[${deny.replaceAll('"', "'")}]`), "single quotes"],
    ["byte order mark", `\ufeff${scp(`[${deny}]`)}`, "byte order mark"],
  ];
  it.each(cases)("%s", (_name, text, summary) => {
    const { policy, diagnostics } = parsePolicy(text, { type: "SERVICE_CONTROL_POLICY" });
    expect(diagnostics[0]?.code).toBe("JSON_SYNTAX_ERROR");
    expect(diagnostics[0]?.summary).toContain(summary);
    expect(policy?.statements.length).toBeGreaterThan(0);
  });
});

describe("what cannot be evaluated gives no policy", () => {
  const cases: readonly [string, unknown, string][] = [
    ["empty text", "", "JSON_SYNTAX_ERROR"],
    ["no text", 42, "JSON_SYNTAX_ERROR"],
    ["an array", "[]", "DATA_TYPE_MISMATCH"],
    ["a cut document", scp(`[${deny}`).slice(0, -1), "JSON_SYNTAX_ERROR"],
    ["text after the end", `${scp(`[${deny}]`)} x`, "JSON_SYNTAX_ERROR"],
    ["a string over a line end", scp(`{"Effect":"Deny","Action":"s3:\n*"}`), "JSON_SYNTAX_ERROR"],
    ["an unknown escape", scp(`{"Effect":"Deny","Action":"s3:\\x"}`), "JSON_SYNTAX_ERROR"],
    ["a placeholder as value", scp(`{"Effect":"Deny","Action":\${a}}`), "JSON_SYNTAX_ERROR"],
    ["nothing to say", `{"Version":"2012-10-17"}`, "MISSING_STATEMENT"],
    ["no effect", scp(`{"Action":"*","Resource":"*"}`), "MISSING_EFFECT"],
    ["effect in lower case", scp(deny.replace("Deny", "deny")), "INVALID_EFFECT"],
    ["element in lower case", scp(deny.replace("Effect", "effect")), "INVALID_POLICY_ELEMENT"],
    ["no action", scp(`{"Effect":"Deny","Resource":"*"}`), "MISSING_ACTION"],
    [
      "a number as action",
      scp(`{"Effect":"Deny","Action":5,"Resource":"*"}`),
      "DATA_TYPE_MISMATCH",
    ],
    [
      "null as a condition",
      scp(`{"Effect":"Deny","Action":"*","Resource":"*","Condition":null}`),
      "DATA_TYPE_MISMATCH",
    ],
    [
      "both actions",
      scp(deny.replace("{", `{"NotAction":"*",`)),
      "UNSUPPORTED_ELEMENT_COMBINATION",
    ],
    ["effect twice", scp(deny.replace("{", `{"Effect":"Allow",`)), "ORGRAIL6901"],
    ["a version of one's own", scp(deny).replace("2012-10-17", "2026-01-01"), "INVALID_VERSION"],
  ];
  it.each(cases)("%s", (_name, text, code) => {
    const { policy, diagnostics } = parsePolicy(text as string, { type: "SERVICE_CONTROL_POLICY" });
    expect(policy).toBeUndefined();
    expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
  });
});

describe("rules of each type", () => {
  const withPrincipal = (principal: string): string =>
    scp(`{"Effect":"Deny","Principal":${principal},"Action":"s3:*","Resource":"*"}`);
  const cases: readonly [PolicyType, string, string[]][] = [
    ["SERVICE_CONTROL_POLICY", withPrincipal('"*"'), ["SCP_SYNTAX_ERROR_PRINCIPAL"]],
    ["IDENTITY_POLICY", withPrincipal('"*"'), ["UNSUPPORTED_PRINCIPAL"]],
    ["RESOURCE_POLICY", withPrincipal('{"AWS":"*"}'), []],
    ["RESOURCE_POLICY", scp(deny), ["MISSING_PRINCIPAL"]],
    ["RESOURCE_POLICY", withPrincipal('"x"'), ["INVALID_PRINCIPAL_FORMAT"]],
    ["RESOURCE_POLICY", withPrincipal('{"aws":"*"}'), ["INVALID_PRINCIPAL_KEY"]],
    ["RESOURCE_CONTROL_POLICY", withPrincipal('"*"'), []],
    ["RESOURCE_CONTROL_POLICY", withPrincipal('{"AWS":"*"}'), ["RCP_SYNTAX_ERROR_PRINCIPAL"]],
    ["RESOURCE_CONTROL_POLICY", scp(deny), ["RCP_SYNTAX_ERROR_PRINCIPAL"]],
    [
      "RESOURCE_CONTROL_POLICY",
      withPrincipal('"*"').replace("s3:*", "ec2:*"),
      ["RCP_SYNTAX_ERROR_ACTION"],
    ],
    [
      "RESOURCE_CONTROL_POLICY",
      withPrincipal('"*"').replace("s3:*", "*"),
      ["RCP_SYNTAX_ERROR_ACTION"],
    ],
    [
      "RESOURCE_CONTROL_POLICY",
      withPrincipal('"*"').replace("Action", "NotAction"),
      ["RCP_SYNTAX_ERROR_NOTACTION"],
    ],
    [
      "RESOURCE_CONTROL_POLICY",
      withPrincipal('"*"').replace("Deny", "Allow"),
      ["RCP_SYNTAX_ERROR_ALLOW"],
    ],
    [
      "RESOURCE_CONTROL_POLICY",
      withPrincipal('"*"').replace("Deny", "Allow").replace("s3:*", "*"),
      [],
    ],
    ["SERVICE_CONTROL_POLICY", scp(deny).replace("s3:*", "s3"), ["INVALID_ACTION"]],
    ["SERVICE_CONTROL_POLICY", scp(deny).replace("s3:*", "s3:*Object?"), []],
    ["SERVICE_CONTROL_POLICY", scp(deny).replace(`,"Resource":"*"`, ""), ["MISSING_RESOURCE"]],
    ["SERVICE_CONTROL_POLICY", scp(deny).replace(`"*"}`, `"a/\${Account}"}`), ["ORGRAIL6902"]],
    ["SERVICE_CONTROL_POLICY", scp(deny).replace(`"*"}`, `"a/\${aws:username}\${*}"}`), []],
  ];
  it.each(cases)("%s %s", (type, text, expected) => {
    expect(codes(text, type)).toEqual(expected);
  });
});

describe("hostile input", () => {
  it("keeps keys that JavaScript objects have", () => {
    const text = scp(
      `{"Effect":"Deny","Action":"*","Resource":"*","Condition":{"__proto__":{"constructor":"x"}}}`,
    );
    const { policy } = parsePolicy(text, { type: "SERVICE_CONTROL_POLICY" });
    expect(policy?.statements[0]?.conditions[0]?.operator.value).toBe("__proto__");
    expect(codes(`{"__proto__":1,"constructor":2,"hasOwnProperty":3}`)).toContain(
      "INVALID_POLICY_ELEMENT",
    );
  });

  it("refuses nesting and size beyond measure with a diagnostic", () => {
    expect(codes("[".repeat(500_000))).toEqual(["JSON_SYNTAX_ERROR"]);
    expect(codes(" ".repeat(maxDocumentLength + 1))).toEqual(["JSON_SYNTAX_ERROR"]);
  });

  it("lists a limited number of problems and counts the rest", () => {
    const { diagnostics } = parsePolicy(`[${"#\n".repeat(1000)}]`, { type: "TAG_POLICY" });
    expect(diagnostics).toHaveLength(maxDiagnostics + 1);
    expect(diagnostics.at(-1)?.summary).toContain("further problems");
  });

  it("never throws, and agrees with JSON.parse on what is JSON", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
        const result = parsePolicy(JSON.stringify(value), { type: "TAG_POLICY" });
        const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
        expect(result.policy !== undefined).toBe(isObject);
        if (result.policy) {
          expect(result.diagnostics).toEqual([]);
          expect(result.policy.size.minified).toBe(JSON.stringify(value).length);
        }
      }),
    );
    const pieces = fc.constantFrom(
      ..."{}[]\"',:/*#\\$%<> \n\ud800",
      "${",
      "{{",
      '"Statement"',
      "1e5",
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const text = parts.join("");
        const result = parsePolicy(text, { type: "IDENTITY_POLICY" });
        expect(result.diagnostics.length).toBeGreaterThan(0);
      }),
      { numRuns: 2000 },
    );
  });
});
