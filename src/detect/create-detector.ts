import type { DetectionException } from "../core/desired.ts";
import { digest } from "../core/digest.ts";
import type { CloudTrailEvent } from "../core/event.ts";
import type { Finding } from "../core/finding.ts";
import { isJsonObject } from "../core/json.ts";
import { exceptions } from "./exceptions.ts";
import { type ExpectedCall, type ExpectedCalls, expectedCalls } from "./expected-call.ts";
import type { DetectFacts } from "./facts.ts";
import { eventKey, findingId, makeFinding } from "./make-finding.ts";
import { callerOf } from "./principal.ts";
import { accountOf, eventNameKey, eventTimeMs, outcomeOf } from "./read-event.ts";
import type { DetectRule, Hit } from "./rule.ts";
import { openWindow, type Window, type WindowState } from "./windows.ts";

/** What a detector keeps between two runs; plain data. */
export interface DetectorState {
  readonly schemaVersion: 1;
  /** Ids of the latest findings, so that an event that comes again says nothing new. */
  readonly seen: readonly string[];
  /** Hits that are counted, by rule; with the finding that the last of them would make. */
  readonly windows: readonly (WindowState & { readonly rule: string; readonly finding: Finding })[];
}

/** A rule that failed on an event: a defect of ours, said and survived. */
export interface RuleFault {
  readonly rule: string;
  readonly event: string;
  readonly message: string;
}

/** What a detector is made of. */
export interface DetectorOptions {
  readonly rules: readonly DetectRule[];
  readonly facts: DetectFacts;
  readonly allow?: readonly DetectionException[];
  /** A list, or whatever finds a call among those that are known by now. */
  readonly expected?: readonly ExpectedCall[] | ExpectedCalls;
  /** To go on where another stopped. */
  readonly state?: DetectorState;
}

/**
 * Finds what rules say of events, which may come in any order and more than once. Findings of single
 * events do not depend on the order; those of thresholds come from {@link flush}, and depend on it
 * only across calls of it.
 */
export interface Detector {
  /**
   * Names of all events that rules read. A record that has none of these names and none of the
   * {@link marks} in its text gives no finding: it need not be parsed.
   */
  readonly names: ReadonlySet<string>;
  /** Texts of records that rules without names of events read. */
  readonly marks: readonly string[];
  /** The findings of one event that were not made before. */
  accept(event: CloudTrailEvent): readonly Finding[];
  /** The findings of thresholds that were reached since the last call. */
  flush(): readonly Finding[];
  /** How many hits thresholds have counted, those that came again too. */
  counted(): number;
  /** Rules that failed; the first hundred. */
  faults(): readonly RuleFault[];
  state(): DetectorState;
}

/** So many findings are remembered for telling repetitions. */
const mostSeen = 100_000;
const mostFaults = 100;

/** Makes a detector of rules. It does no I/O and keeps nothing but its {@link DetectorState}. */
export function createDetector(options: DetectorOptions): Detector {
  const { rules, facts, state, expected: given = [] } = options;
  const allow = exceptions(options.allow ?? []);
  const expected = isList(given) ? expectedCalls(given) : given;
  const byEvent = dispatch(rules);
  const readAll = rules.filter(({ mark }) => mark !== undefined);
  const seen = new Set(state?.seen);
  const faults: RuleFault[] = [];
  let counted = 0;
  const windows = new Map<string, { window: Window; rule: DetectRule; finding: Finding }>();
  for (const { rule: id, key, finding, ...kept } of state?.windows ?? []) {
    const rule = rules.find((one) => one.id === id);
    if (rule?.threshold === undefined) continue;
    windows.set(windowKey(rule, key), { window: openWindow(rule.threshold, kept), rule, finding });
  }

  const rulesFor = (event: CloudTrailEvent): readonly DetectRule[] => {
    const named = byEvent.get(eventNameKey(event)) ?? [];
    return readAll.length === 0 ? named : [...named, ...readAll];
  };

  const evaluate = (rule: DetectRule, event: CloudTrailEvent): Hit | undefined => {
    try {
      const succeeded = outcomeOf(event) === "success";
      if (rule.counts === "success" && !succeeded) return undefined;
      if (rule.counts === "failures" && succeeded) return undefined;
      return rule.evaluate(event, facts);
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      if (faults.length < mostFaults) {
        faults.push({ rule: rule.id, event: eventKey(event), message });
      }
      return undefined;
    }
  };

  const find = (rule: DetectRule, hit: Hit, event: CloudTrailEvent): Finding => {
    const timeMs = eventTimeMs(event);
    const caller = callerOf(event);
    const answer = allow.find(
      rule.id,
      caller,
      accountOf(event),
      // Without a time nothing says that an entry had not expired.
      timeMs ?? Number.POSITIVE_INFINITY,
    );
    return makeFinding({ rule, hit, event, caller, facts, answer, expected: expected.find(event) });
  };

  const count = (rule: DetectRule, hit: Hit, event: CloudTrailEvent): void => {
    const timeMs = eventTimeMs(event);
    if (rule.threshold === undefined || timeMs === undefined) return;
    const key = rule.threshold.key(event);
    const id = windowKey(rule, key);
    const finding = find(rule, hit, event);
    const known = windows.get(id);
    const window = known?.window ?? openWindow(rule.threshold);
    window.add({ timeMs, event: eventKey(event) });
    counted += 1;
    const newest = known === undefined || known.finding.time <= finding.time;
    windows.set(id, { window, rule, finding: newest ? finding : known.finding });
  };

  return {
    names: new Set(rules.flatMap((rule) => rule.events.map(({ eventName }) => eventName))),
    marks: rules.flatMap(({ mark }) => mark ?? []),
    accept: (event) => {
      if (!isJsonObject(event)) return [];
      const hits: (readonly [DetectRule, Hit])[] = [];
      for (const rule of rulesFor(event)) {
        if (rule.isFallback === true && hits.length > 0) continue;
        const hit = evaluate(rule, event);
        if (hit === undefined) continue;
        if (rule.threshold === undefined) hits.push([rule, hit]);
        else count(rule, hit, event);
      }
      const found: Finding[] = [];
      for (const [rule, hit] of hits) {
        const id = findingId(rule, event);
        if (seen.has(id)) continue;
        remember(seen, id);
        found.push(find(rule, hit, event));
      }
      return found;
    },
    flush: () =>
      [...windows.entries()].flatMap(([id, { window, rule, finding }]) =>
        window.take().map((burst) => ({
          ...finding,
          id: digest([id, burst.first.event]).slice(0, 32),
          time: new Date(burst.last.timeMs).toISOString(),
          message: `${finding.message} ${burst.count} times within ${minutes(burst.last.timeMs - burst.first.timeMs)}.`,
          evidence: [
            { what: "count", value: burst.count },
            { what: "threshold", value: rule.threshold?.count ?? 0 },
            { what: "first", value: new Date(burst.first.timeMs).toISOString() },
            { what: "last", value: new Date(burst.last.timeMs).toISOString() },
            ...finding.evidence,
          ],
        })),
      ),
    counted: () => counted,
    faults: () => faults,
    state: () => ({
      schemaVersion: 1,
      seen: [...seen],
      windows: [...windows.entries()].map(([id, { window, rule, finding }]) => ({
        ...window.state(id.slice(rule.id.length + 1)),
        rule: rule.id,
        finding,
      })),
    }),
  };
}

/** Rules by event, those that speak only where others do not at the end. */
function dispatch(rules: readonly DetectRule[]): ReadonlyMap<string, readonly DetectRule[]> {
  const byEvent = new Map<string, DetectRule[]>();
  const ordered = [...rules].sort(
    (a, b) => Number(a.isFallback ?? false) - Number(b.isFallback ?? false),
  );
  for (const rule of ordered) {
    for (const { eventSource, eventName } of rule.events) {
      const key = `${eventSource} ${eventName}`;
      const others = byEvent.get(key);
      if (others === undefined) byEvent.set(key, [rule]);
      else others.push(rule);
    }
  }
  return byEvent;
}

function isList<T>(value: readonly T[] | object): value is readonly T[] {
  return Array.isArray(value);
}

function windowKey(rule: DetectRule, key: string): string {
  return `${rule.id} ${key}`;
}

/** Forgets the oldest when there are too many. */
function remember(seen: Set<string>, id: string): void {
  seen.add(id);
  if (seen.size <= mostSeen) return;
  for (const oldest of seen) {
    seen.delete(oldest);
    return;
  }
}

function minutes(durationMs: number): string {
  const count = Math.max(1, Math.ceil(durationMs / 60_000));
  return count === 1 ? "a minute" : `${count} minutes`;
}
