import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { severities } from "../core/finding.ts";
import type { JsonObject } from "../core/json.ts";
import type { Snapshot } from "../core/snapshot.ts";
import { complianceFrameworks } from "../data/compliance-frameworks.ts";
import { auditContext } from "./context.ts";
import { changedSnapshot, exampleDesired, exampleSnapshot } from "./example/snapshot.ts";
import { auditRules } from "./registry.gen.ts";
import type { AuditResult, AuditRule } from "./rule.ts";
import { auditRuleIds } from "./rule-ids.gen.ts";

const good = auditContext(exampleSnapshot, exampleDesired);

function statuses(results: readonly AuditResult[]): ReadonlySet<string> {
  return new Set(results.map(({ status }) => status));
}

/** The example without what the rule's own break touches. */
function withoutReads(rule: AuditRule): Snapshot | undefined {
  const paths = Object.keys(rule.breaks);
  if (paths.some((path) => path.startsWith("services/"))) {
    const { services: _, ...rest } = exampleSnapshot;
    return rest;
  }
  const optional =
    /^organization\/(policies|delegatedAdministrators|resourcePolicy|handshakes|trustedAccess)\b/;
  const member = paths.map((path) => optional.exec(path)?.[1]).find((one) => one !== undefined);
  const { organization } = exampleSnapshot;
  if (member !== undefined) {
    const left = Object.entries(organization).filter(([name]) => name !== member);
    return { ...exampleSnapshot, organization: Object.fromEntries(left) as never };
  }
  if (!paths.some((path) => /\/(alternateContacts|regions)\b/.test(path))) return undefined;
  const accounts = organization.accounts.map(
    ({ alternateContacts: _, regions: __, ...account }) => account,
  );
  return { ...exampleSnapshot, organization: { ...organization, accounts } };
}

test("there are 90 rules at least, listed and sorted by their files' names", () => {
  expect(auditRules.length).toBeGreaterThanOrEqual(90);
  expect(auditRules.map(({ id }) => id)).toEqual(auditRuleIds);
  expect(new Set(auditRuleIds).size).toBe(auditRuleIds.length);
});

describe.each(auditRules.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
  test("says what it is", () => {
    expect(severities).toContain(rule.severity);
    expect(rule.title).toMatch(/^[A-Z].*[^.]$/);
    expect(rule.why).toMatch(/^[A-Z].*\.$/s);
    expect(rule.remedy).toMatch(/^[A-Z].*\.$/s);
    expect(rule.sources.every((source) => source.startsWith("https://docs.aws.amazon.com/"))).toBe(
      true,
    );
    for (const [name, ids] of Object.entries(rule.compliance)) {
      const framework = complianceFrameworks.list[name as keyof typeof complianceFrameworks.list];
      for (const id of ids) expect(id).toMatch(framework.pattern);
    }
  });

  test("passes the example", () => {
    const results = rule.evaluate(good);
    expect(results.filter(({ status }) => status !== "pass")).toEqual([]);
    expect(results.length).toBeGreaterThan(0);
  });

  test("fails where its break is, with words", () => {
    const failed = rule
      .evaluate(auditContext(changedSnapshot(rule.breaks), exampleDesired))
      .filter(({ status }) => status === "fail");
    expect(failed.length).toBeGreaterThan(0);
    for (const { message } of failed) {
      expect(message).toMatch(/^[A-Z`0-9].*\.$/s);
      expect(message).not.toMatch(/undefined|\[object| {2}|\.\.$/);
    }
  });

  test("takes nothing that was not read for good or bad", () => {
    const snapshot = withoutReads(rule);
    if (snapshot === undefined) return;
    const found = statuses(rule.evaluate(auditContext(snapshot, exampleDesired)));
    expect([...found]).toEqual(["unknown"]);
  });
});

test("no rule throws on states that are not what they should be", () => {
  const ids = Object.keys(exampleSnapshot.services ?? {});
  const state = fc.oneof(
    fc.dictionary(
      fc.constantFrom("regions", "trails", "bucket", "members", "settings"),
      fc.jsonValue(),
    ),
    fc.constant({ regions: { "eu-central-1": null, "us-east-1": [] } }),
  );
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...ids), state), (services) => {
      const context = auditContext(
        { ...exampleSnapshot, services: services as Readonly<Record<string, JsonObject>> },
        exampleDesired,
      );
      for (const rule of auditRules) expect(rule.evaluate(context).length).toBeGreaterThan(0);
    }),
    { numRuns: 15 },
  );
});
