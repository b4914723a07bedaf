import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { CloudTrailEvent } from "../core/event.ts";
import { type Finding, severities } from "../core/finding.ts";
import { createDetector } from "./create-detector.ts";
import { call, callers, denied } from "./example/event.ts";
import { exampleFacts } from "./example/facts.ts";
import { type DetectFacts, detectFacts } from "./facts.ts";
import { detectRules } from "./registry.gen.ts";
import type { DetectRule } from "./rule.ts";
import { detectRuleIds } from "./rule-ids.gen.ts";
import { lowered } from "./severity.ts";

const facts = exampleFacts();
const nothing = detectFacts({});

/** As often as the rule's threshold asks for, a minute apart. */
function repeated(rule: DetectRule, event: CloudTrailEvent): readonly CloudTrailEvent[] {
  return Array.from({ length: rule.threshold?.count ?? 1 }, (_, index) => ({
    ...event,
    eventID: `${event.eventID}-${index}`,
    eventTime: `2026-11-02T10:0${index}:00Z`,
  }));
}

function findingsOf(
  events: readonly CloudTrailEvent[],
  known: DetectFacts = facts,
): readonly Finding[] {
  const detector = createDetector({ rules: detectRules, facts: known });
  const found = events.flatMap((event) => detector.accept(event));
  expect(detector.faults()).toEqual([]);
  return [...found, ...detector.flush()];
}

test("the lists hold the same rules, sorted, named like their files", () => {
  expect(detectRules.map(({ id }) => id)).toEqual(detectRuleIds);
  expect([...detectRuleIds].sort()).toEqual(detectRuleIds);
  expect(new Set(detectRuleIds).size).toBe(detectRuleIds.length);
});

describe.each(detectRules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  test.each(rule.example.hit.map((event, index) => [index, event] as const))(
    "finds its example %i, and no other rule does",
    (_, event) => {
      const found = findingsOf(repeated(rule, event));
      expect(found.map((one) => one.rule)).toEqual([id]);
      const [finding] = found;
      expect(severities.indexOf(finding?.severity ?? "info")).toBeGreaterThanOrEqual(
        severities.indexOf(rule.severity),
      );
      expect(finding?.message).toMatch(/^[A-Z].*\.$/s);
      expect(finding?.message).not.toMatch(/undefined|\(not named\)|\[object| {2}|\.\./);
      expect(finding?.evidence.length).toBeGreaterThan(1);
    },
  );

  test.each(rule.example.pass.map((event, index) => [index, event] as const))(
    "passes its example %i",
    (_, event) => {
      expect(findingsOf(repeated(rule, event)).map((one) => one.rule)).not.toContain(id);
    },
  );

  test("reaches its own severity in an example", () => {
    const reached = rule.example.hit.flatMap((event) => findingsOf(repeated(rule, event)));
    expect(reached.map(({ severity }) => severity)).toContain(rule.severity);
  });

  test("tells attempts that are denied from what was done", () => {
    for (const event of rule.example.hit) {
      const [done] = findingsOf(repeated(rule, event));
      const attempt = findingsOf(repeated(rule, { ...event, ...denied }));
      if (rule.counts === "success") expect(attempt).toEqual([]);
      if (rule.counts !== "attempts" || done === undefined) continue;
      expect(attempt.map((one) => one.rule)).toEqual([id]);
      expect(attempt[0]?.severity).toBe(lowered(done.severity));
      expect(attempt[0]?.message).toContain("which AWS denied (AccessDenied)");
    }
  });

  test("says no less, and what it does not know, when nothing is known", () => {
    for (const event of rule.example.hit) {
      const found = findingsOf(repeated(rule, event), nothing);
      expect(found.map((one) => one.rule)).toContain(id);
    }
  });

  test("has words, sources and events", () => {
    expect(rule.why.length).toBeGreaterThan(20);
    expect(rule.remedy.length).toBeGreaterThan(10);
    expect(rule.title).toMatch(/^[A-Z][^.]+$/);
    for (const text of [rule.why, rule.remedy, rule.levels ?? "x."]) expect(text).toMatch(/\.$/);
    expect(rule.sources.length).toBeGreaterThan(0);
    for (const source of rule.sources)
      expect(source).toMatch(/^https:\/\/docs\.aws\.amazon\.com\//);
    expect(rule.example.hit.length).toBeGreaterThan(0);
    expect(rule.example.pass.length).toBeGreaterThan(0);
    // What reads all events must say by which text the rest can be passed over.
    expect(rule.events.length === 0).toBe(rule.mark !== undefined);
    for (const event of rule.example.hit) {
      if (rule.mark !== undefined) expect(JSON.stringify(event)).toContain(rule.mark);
    }
  });
});

describe("any event at all", () => {
  const parameters = [
    ...new Set(
      detectRules.flatMap(({ example }) =>
        [...example.hit, ...example.pass].flatMap((event) =>
          Object.keys((event.requestParameters as object | null) ?? {}),
        ),
      ),
    ),
  ];
  /** Objects that cannot be written as text. */
  const shadowing = { toString: "x", valueOf: 1, hasOwnProperty: null };
  const names = detectRules.flatMap(({ events }) => events);
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom<unknown>(
      undefined,
      null,
      "",
      "*",
      "%7B%",
      "{",
      [],
      {},
      [null],
      Number.NaN,
      shadowing,
    ),
  );
  const odder = fc.oneof(odd, fc.dictionary(fc.constantFrom(...parameters), odd, { maxKeys: 6 }));
  const event = fc.record(
    {
      eventSource: odd,
      eventID: odd,
      eventTime: fc.oneof(odd, fc.constant("2026-11-02T10:00:00Z"), fc.constant("yesterday")),
      eventType: odd,
      errorCode: odd,
      awsRegion: odd,
      recipientAccountId: odd,
      readOnly: odd,
      resources: odd,
      userIdentity: fc.oneof(
        odd,
        fc.record({ type: fc.constantFrom("Root", "IAMUser"), arn: odd, invokedBy: odd }),
      ),
      requestParameters: odder,
      responseElements: odder,
      additionalEventData: odder,
    },
    { requiredKeys: [] },
  );

  test("throws in no rule", () => {
    fc.assert(
      fc.property(event, fc.constantFrom(...names), fc.boolean(), (made, name, known) => {
        const shape = { ...made, ...name } as unknown as CloudTrailEvent;
        const detector = createDetector({
          rules: detectRules,
          facts: known ? facts : nothing,
        });
        for (const finding of [...detector.accept(shape), ...detector.flush()]) {
          expect(() => JSON.stringify(finding)).not.toThrow();
          expect(finding.message).not.toBe("");
        }
        expect(detector.faults()).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test("stands in the way of no other, whatever its name and source are", () => {
    for (const odd of [shadowing, 1, [null], { a: 1 }]) {
      for (const name of ["eventSource", "eventName", "eventType", "awsRegion"]) {
        const detector = createDetector({ rules: detectRules, facts, expected: [] });
        const event = call("ec2", "RunInstances", null, {
          userIdentity: callers.root,
          [name]: odd,
        });
        expect(() => detector.accept(event)).not.toThrow();
        expect(detector.faults()).toEqual([]);
      }
    }
  });

  test("gives no finding when it is none", () => {
    const detector = createDetector({ rules: detectRules, facts });
    for (const none of [null, undefined, 1, "x", [], {}]) {
      expect(detector.accept(none as unknown as CloudTrailEvent)).toEqual([]);
    }
    expect(detector.accept(call("ec2", "DescribeInstances", null))).toEqual([]);
  });
});
