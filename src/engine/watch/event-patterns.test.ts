import { describe, expect, test } from "vitest";
import type { CloudTrailEvent } from "../../core/event.ts";
import { isJsonObject, type Json } from "../../core/json.ts";
import { eventBridgeFacts } from "../../data/eventbridge.ts";
import { detectRules } from "../../detect/registry.gen.ts";
import { eventRules } from "./event-patterns.ts";

const rules = eventRules(detectRules);

/** Matches as EventBridge does, as far as our patterns go: names lead to lists of values. */
function matches(pattern: Json, value: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.some((one) => one === value);
  return (
    isJsonObject(pattern) &&
    isJsonObject(value) &&
    Object.entries(pattern).every(([name, part]) => matches(part, value[name]))
  );
}

function envelope(event: CloudTrailEvent): Json {
  const type = {
    AwsConsoleAction: "AWS Console Action via CloudTrail",
    AwsConsoleSignIn: "AWS Console Sign In via CloudTrail",
    AwsServiceEvent: "AWS Service Event via CloudTrail",
  }[event.eventType ?? ""];
  return { "detail-type": type ?? "AWS API Call via CloudTrail", detail: event as Json };
}

describe("patterns of EventBridge", () => {
  test("let through every event that a rule of ours finds", () => {
    const missed = detectRules.flatMap((rule) =>
      rule.example.hit
        .filter((event) => !rules.some(({ pattern }) => matches(pattern, envelope(event))))
        .map((event) => `${rule.id}: ${event.eventName}`),
    );
    expect(missed).toEqual([]);
  });

  test("are no larger and no more than EventBridge takes", () => {
    expect(rules.length).toBeGreaterThan(2);
    expect(rules.length).toBeLessThan(eventBridgeFacts.rulesPerBus);
    for (const { pattern } of rules) {
      expect(JSON.stringify(pattern).length).toBeLessThanOrEqual(
        eventBridgeFacts.patternCharacters,
      );
    }
  });

  test("take reads that are none where events are named, and none where all of root are taken", () => {
    const role = rules.find(({ pattern }) => JSON.stringify(pattern).includes('"AssumeRoot"'));
    expect(role?.state).toBe("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS");
    const root = rules.find(({ title }) => title === "root/activity");
    expect(root?.state).toBe("ENABLED");
  });

  test("every rule that reads all events says what EventBridge is to match", () => {
    const silent = detectRules.filter(({ events, detail }) => events.length === 0 && !detail);
    expect(silent.map(({ id }) => id)).toEqual([]);
  });
});
