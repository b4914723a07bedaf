import { describe, expect, test } from "vitest";
import { loadConfig } from "../../src/config/load.ts";

const head = ["version: 1", "organization:", '  managementAccountId: "111111111111"', "detect:"];

function load(...lines: readonly string[]) {
  return loadConfig({
    file: "orgrail.yaml",
    text: [...head, ...lines.map((line) => `  ${line}`), ""].join("\n"),
    readFile: () => undefined,
    detectionRules: ["organizations/detach-policy", "iam/change-trust"],
  });
}

const entry = [
  "allow:",
  "  - rule: organizations/detach-policy",
  "    principal: arn:aws:iam::*:role/Deploy",
  "    reason: the deployment",
  "    expires: 2026-12-31",
];

describe("the block `detect`", () => {
  test("is read whole; lists that are left out stay unknown", () => {
    const { desired, diagnostics } = load(
      ...entry,
      "logBuckets: [acme-logs]",
      "logRetentionDays: 365",
      "deployRoles: [arn:aws:iam::*:role/Deploy]",
      'trustedAccounts: ["555555555555"]',
      "alertPath: []",
    );
    expect(diagnostics).toEqual([]);
    expect(desired?.detection).toMatchObject({
      allow: [
        {
          rule: "organizations/detach-policy",
          principal: "arn:aws:iam::*:role/Deploy",
          reason: "the deployment",
          expires: "2026-12-31",
          span: { file: "orgrail.yaml", start: { line: 6 } },
        },
      ],
      logBuckets: ["acme-logs"],
      logRetentionDays: 365,
      deployRoles: ["arn:aws:iam::*:role/Deploy"],
      trustedAccounts: ["555555555555"],
      alertPath: [],
    });
    expect(desired?.detection).not.toHaveProperty("logKeys");
  });

  test("is absent where the file has none", () => {
    const { desired } = loadConfig({
      file: "orgrail.yaml",
      text: "version: 1\n",
      readFile: () => undefined,
    });
    expect(desired).not.toHaveProperty("detection");
  });

  const changed = (from: string, to: string): readonly string[] =>
    entry.map((line) => line.replace(from, to));

  test.each([
    ["a rule that does not exist", changed("detach-policy", "detach-polcy"), "ORGRAIL1056", 6],
    ["a day that does not exist", changed("12-31", "02-30"), "ORGRAIL1035", 9],
    ["something that is no day", changed("2026-12-31", "never"), "ORGRAIL1035", 9],
    ["no reason", entry.filter((line) => !line.includes("reason")), "ORGRAIL1032", 6],
    ["no last day", entry.filter((line) => !line.includes("expires")), "ORGRAIL1032", 6],
    [
      "a principal that is no ARN",
      changed("arn:aws:iam::*:role/Deploy", "Deploy"),
      "ORGRAIL1035",
      7,
    ],
    ["a bucket twice", ["logBuckets: [a, a]"], "ORGRAIL1043", 5],
    ["an account without digits", ["trustedAccounts: [partner]"], "ORGRAIL1035", 5],
    ["an unknown key", ["logBucket: [a]"], "ORGRAIL1030", 5],
    ["a retention of no days", ["logRetentionDays: 0"], "ORGRAIL1034", 5],
  ])("reports %s at its place", (_, lines, code, line) => {
    const { desired, diagnostics } = load(...lines);
    expect(desired).toBeUndefined();
    expect(diagnostics.map((one) => [one.code, one.span?.start.line])).toEqual([[code, line]]);
  });

  test("takes patterns of rules, and rules of any name where none are known", () => {
    expect(load(...changed("organizations/detach-policy", "organizations/*")).diagnostics).toEqual(
      [],
    );
    const { diagnostics } = loadConfig({
      file: "orgrail.yaml",
      text: [...head, ...changed("detach-policy", "other").map((line) => `  ${line}`)].join("\n"),
      readFile: () => undefined,
    });
    expect(diagnostics).toEqual([]);
  });
});
