import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DetectionException } from "../core/desired.ts";
import type { CloudTrailEvent } from "../core/event.ts";
import type { Finding } from "../core/finding.ts";
import { createDetector, type Detector, type DetectorOptions } from "./create-detector.ts";
import { call, callers, denied, example, organizationCall, signIn } from "./example/event.ts";
import { exampleFacts } from "./example/facts.ts";
import { expiredExceptions } from "./exceptions.ts";
import { detectRules } from "./registry.gen.ts";
import type { DetectRule } from "./rule.ts";

const facts = exampleFacts();
const at = { offset: 0, line: 1, column: 1 };
const span = { file: "orgrail.yaml", start: at, end: at };

function detectorWith(more: Partial<DetectorOptions> = {}): Detector {
  return createDetector({ rules: detectRules, facts, ...more });
}

/** All examples, each with an id of its own. */
const examples = detectRules
  .flatMap(({ example: { hit, pass } }) => [...hit, ...pass])
  .map((event, index) => ({ ...event, eventID: `event-${index}` }));

function all(detector: Detector, events: readonly CloudTrailEvent[]): readonly Finding[] {
  const found = events.flatMap((event) => detector.accept(event));
  return [...found, ...detector.flush()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const failures = (count: number, stepMs: number, start = "2026-11-02T10:00:00Z") =>
  Array.from({ length: count }, (_, index) => ({
    ...signIn(callers.root, "Failure"),
    eventID: `failure-${start}-${index}`,
    eventTime: new Date(Date.parse(start) + index * stepMs).toISOString(),
  }));

describe("what CloudTrail never writes", () => {
  const odd = { toString: 1, valueOf: null };

  test("as a name is no call, and ends nothing", () => {
    const broken = { ...signIn(callers.root, "Failure"), eventName: odd, eventSource: odd };
    const detector = detectorWith();
    expect(() => detector.accept(broken as unknown as CloudTrailEvent)).not.toThrow();
    expect(all(detector, examples)).not.toEqual([]);
  });

  test.each(["yesterday", odd, 17])("as a time, %j, is none in a finding", (eventTime) => {
    const call = organizationCall("DetachPolicy", { policyId: "p-x", targetId: example.root });
    const broken = { ...call, eventID: "odd", eventTime } as unknown as CloudTrailEvent;
    expect(all(detectorWith(), [broken])).toMatchObject([{ time: "" }]);
  });
});

describe("order and repetition", () => {
  test("findings of a batch are the same in any order", () => {
    const events = [...examples, ...failures(7, 60_000)];
    const inOrder = all(detectorWith(), events);
    expect(inOrder.length).toBeGreaterThan(100);
    fc.assert(
      fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (shuffled) => {
        expect(all(detectorWith(), shuffled)).toEqual(inOrder);
      }),
      { numRuns: 10 },
    );
  });

  test("an event that comes again says nothing new, in a later run neither", () => {
    const first = detectorWith();
    const found = all(first, [...examples, ...failures(5, 1_000)]);
    expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    expect(all(first, examples)).toEqual([]);
    const kept = JSON.parse(JSON.stringify(first.state())) as ReturnType<Detector["state"]>;
    expect(all(detectorWith({ state: kept }), [...examples, ...failures(5, 1_000)])).toEqual([]);
  });

  test("an event without an id is known by its content", () => {
    const { eventID: _, ...event } = organizationCall("DeleteOrganization", null);
    const detector = detectorWith();
    expect(detector.accept(event)).toHaveLength(1);
    expect(detector.accept({ ...event })).toHaveLength(0);
    expect(detector.accept({ ...event, requestID: "another" })).toHaveLength(1);
  });
});

describe("names and marks", () => {
  test("a record without any of them gives no finding", () => {
    const { names, marks } = detectorWith();
    for (const event of examples) {
      const text = JSON.stringify(event);
      const isRead = names.has(event.eventName ?? "") || marks.some((mark) => text.includes(mark));
      if (!isRead) expect(all(detectorWith(), [event])).toEqual([]);
    }
    expect(names.has("DetachPolicy")).toBe(true);
    expect(names.has("DescribeOrganization")).toBe(false);
    expect(marks).toContain('"Root"');
  });
});

describe("thresholds", () => {
  test.each([
    ["four within ten minutes", failures(4, 60_000), 0],
    ["five within ten minutes", failures(5, 120_000), 1],
    ["five, each ten minutes after the one before", failures(5, 600_000), 0],
    ["twenty in a row are one burst", failures(20, 60_000), 1],
    [
      "two bursts far from each other are two",
      [...failures(5, 1_000), ...failures(5, 1_000, "2026-11-02T18:00:00Z")],
      2,
    ],
  ])("%s", (_, events, count) => {
    expect(all(detectorWith(), events)).toHaveLength(count);
  });

  test("a burst that goes on over batches and restarts is said once", () => {
    const events = failures(12, 30_000);
    let state: ReturnType<Detector["state"]> | undefined;
    const found: Finding[] = [];
    for (const event of events) {
      const detector = detectorWith(state === undefined ? {} : { state });
      found.push(...detector.accept(event), ...detector.flush());
      state = JSON.parse(JSON.stringify(detector.state())) as ReturnType<Detector["state"]>;
    }
    expect(found).toHaveLength(1);
    expect(found[0]).toMatchObject({ rule: "signin/root-login-failures", severity: "high" });
    expect(found[0]?.message).toContain("5 times within 2 minutes");
  });

  test("events of wrong clocks neither make a burst nor hide one, in whatever order they come", () => {
    const rightful = failures(5, 60_000);
    const odd = [
      ...failures(3, 1_000, "2031-01-01T00:00:00Z"),
      ...failures(3, 1_000, "1970-01-01T00:00:00Z"),
      ...failures(1, 1_000, "2026-11-03T10:00:00Z"),
    ].map((event, index) => ({ ...event, eventID: `odd-${index}` }));
    expect(all(detectorWith(), odd)).toEqual([]);
    for (const events of [
      [...odd, ...rightful],
      [...rightful, ...odd],
      rightful.flatMap((event, index) => [odd[index] ?? event, event]),
    ]) {
      let state: ReturnType<Detector["state"]> | undefined;
      const found: Finding[] = [];
      for (const event of events) {
        const detector = detectorWith(state === undefined ? {} : { state });
        found.push(...detector.accept(event), ...detector.flush());
        state = JSON.parse(JSON.stringify(detector.state())) as ReturnType<Detector["state"]>;
      }
      expect(found.map(({ time }) => time.slice(0, 10))).toEqual(["2026-11-02"]);
    }
  });

  test("accounts do not count together", () => {
    const events = failures(8, 1_000).map((event, index) => ({
      ...event,
      recipientAccountId: index % 2 === 0 ? example.payments : example.audit,
    }));
    expect(all(detectorWith(), events)).toHaveLength(0);
  });
});

describe("the allow list", () => {
  const entry: DetectionException = {
    rule: "organizations/*",
    principal: "arn:aws:iam::*:role/Administrator",
    reason: "the migration",
    owner: "platform",
    expires: "2026-11-02",
    span,
  };
  const event = organizationCall("DeletePolicy", { policyId: example.otherPolicy });
  const find = (allow: readonly DetectionException[], one: CloudTrailEvent = event) =>
    detectorWith({ allow }).accept(one)[0];

  test("makes a finding an exception, with its reason, and does not hide it", () => {
    expect(find([entry])?.exception).toEqual({
      reason: "the migration",
      owner: "platform",
      expires: "2026-11-02",
    });
    expect(find([entry])?.severity).toBe("high");
  });

  test.each([
    ["of another rule", { rule: "iam/*" }],
    ["of another principal", { principal: "arn:aws:iam::*:role/Deploy" }],
    ["of another account", { account: example.payments }],
    ["whose pattern crosses a part of the ARN", { principal: "arn:aws:*:role/Administrator" }],
  ])("takes no entry %s", (_, change) => {
    expect(find([{ ...entry, ...change }])?.exception).toBeUndefined();
  });

  test("says that an entry expired, by the time of the event", () => {
    const late = { ...event, eventTime: "2026-11-03T00:00:00Z" };
    const finding = find([entry], late);
    expect(finding?.exception).toBeUndefined();
    expect(finding?.message).toContain("expired on 2026-11-02 (the migration)");
    expect(find([entry], { ...event, eventTime: "2026-11-02T23:59:59Z" })?.exception).toBeDefined();
    const untimed: CloudTrailEvent = { ...event, eventTime: "soon" };
    expect(find([entry], untimed)?.exception).toBeUndefined();
    expect(expiredExceptions([entry], Date.parse("2026-11-03T00:00:00Z"))).toEqual([entry]);
    expect(expiredExceptions([entry], Date.parse("2026-11-02T23:59:59Z"))).toEqual([]);
  });
});

describe("orgrail's own apply", () => {
  const input = { policyId: example.otherPolicy, targetId: example.payments };
  const event = organizationCall("DetachPolicy", input);
  const own = {
    eventSource: "organizations.amazonaws.com",
    eventName: "DetachPolicy",
    input: { PolicyId: example.otherPolicy, TargetId: example.payments },
    fromMs: Date.parse("2026-11-02T09:59:58Z"),
    toMs: Date.parse("2026-11-02T10:00:01Z"),
    reason: "orgrail apply",
  };
  const find = (one: CloudTrailEvent) => detectorWith({ expected: [own] }).accept(one)[0];

  test("is shown as expected", () => {
    expect(find(event)?.exception).toEqual({ reason: "expected: orgrail apply" });
  });

  test.each([
    ["another target", { requestParameters: { ...input, targetId: example.root } }],
    ["another time", { eventTime: "2026-11-02T11:00:00Z" }],
    ["hidden parameters", { requestParameters: null }],
  ])("is not taken for a call with %s", (_, change) => {
    expect(find({ ...event, ...change })?.exception).toBeUndefined();
  });
});

describe("a rule that fails", () => {
  const broken: DetectRule = {
    ...(detectRules[0] as DetectRule),
    id: "test/broken",
    events: [{ eventSource: "organizations.amazonaws.com", eventName: "DeleteOrganization" }],
    evaluate: () => {
      throw new Error("a defect");
    },
  };

  test("is said and does not stop the others", () => {
    const detector = detectorWith({ rules: [broken, ...detectRules] });
    expect(detector.accept(organizationCall("DeleteOrganization", null))).toHaveLength(1);
    expect(detector.faults()).toMatchObject([{ rule: "test/broken", message: "a defect" }]);
  });
});

describe("what is said of a caller", () => {
  test.each([
    [{ type: "Root" }, "The root user deleted"],
    [{}, "Somebody whom the event does not name deleted"],
    [
      { type: "AWSAccount", accountId: example.stranger },
      `Somebody of account ${example.stranger}`,
    ],
    [{ invokedBy: "fms.amazonaws.com" }, "The service fms.amazonaws.com"],
    [{ type: "IAMUser", userName: "eve" }, "User eve deleted"],
  ])("%j", (userIdentity, words) => {
    const event = organizationCall("DeleteOrganization", null, { userIdentity });
    expect(detectorWith().accept(event)[0]?.message).toContain(words);
  });

  test("an event of another organization says so", () => {
    const event = call(
      "cloudtrail",
      "StopLogging",
      { name: "x" },
      {
        recipientAccountId: example.stranger,
      },
    );
    expect(detectorWith().accept(event)[0]?.message).toContain("is not in the organization");
  });

  test("an attempt that failed otherwise than by a denial is one too", () => {
    const event = call(
      "cloudtrail",
      "StopLogging",
      { name: "x" },
      {
        ...denied,
        errorCode: "TrailNotFoundException",
      },
    );
    const [finding] = detectorWith().accept(event);
    expect(finding?.severity).toBe("high");
    expect(finding?.message).toContain("tried to stop the logging");
    expect(finding?.message).toContain("failed (TrailNotFoundException)");
  });
});
