import type { CloudTrailEvent } from "../core/event.ts";
import type { Evidence, Severity } from "../core/finding.ts";
import type { JsonObject } from "../core/json.ts";
import type { DetectFacts } from "./facts.ts";

/** An event by the two names that CloudTrail gives it. */
export interface EventName {
  /** Such as `organizations.amazonaws.com`. */
  readonly eventSource: string;
  /** As CloudTrail spells it, with the API's version where the service adds one. */
  readonly eventName: string;
}

/**
 * Which outcomes concern a rule. `attempts`: calls that failed too, one level lower; `failures`:
 * only those that failed.
 */
export type Counts = "success" | "attempts" | "failures";

/** What a rule found in one event. */
export interface Hit {
  /** As if the call had succeeded; the rule's own when absent. */
  readonly severity?: Severity;
  /** What was done, as infinitive and past: `["detach", "detached"]`. */
  readonly verb: readonly [infinitive: string, past: string];
  /** The verb's object, with the names of things: "the policy `DenyLeave` from the root". */
  readonly object: string;
  /** Another sentence, without its period: what it leads to. */
  readonly detail?: string;
  /** ARN or id of the thing that it is about. */
  readonly resource?: string;
  /** Facts beside those that every finding carries. */
  readonly evidence?: readonly Evidence[];
  /** Facts that would have decided and are not known, in words. */
  readonly unknown?: readonly string[];
}

/** Hits that mean something only when there are many of them in a short time. */
export interface Threshold {
  readonly count: number;
  readonly windowMs: number;
  /** Hits with the same key count together. */
  key(event: CloudTrailEvent): string;
}

/** A rule over CloudTrail events: one file of `rules`, named like its id. */
export interface DetectRule {
  /** Area and name, which are also the file's: `organizations/detach-policy`. */
  readonly id: string;
  /** What happened, in a few words. */
  readonly title: string;
  /** The worst that it says; a hit may say less. */
  readonly severity: Severity;
  /** Why it matters; sentences. */
  readonly why: string;
  /** When the severity is another; for the reference page. */
  readonly levels?: string;
  /** What to do; sentences. */
  readonly remedy: string;
  /** Pages of AWS that describe the event and what it means. */
  readonly sources: readonly string[];
  /** The events that it reads; empty for a rule that reads all, which has a `mark`. */
  readonly events: readonly EventName[];
  /** For a rule that reads all events: a text without which no record as it was written can hit. */
  readonly mark?: string;
  /**
   * For a rule that reads all events: what EventBridge is to match in their `detail`, so that no event
   * is missed which the rule finds.
   */
  readonly detail?: JsonObject;
  readonly counts: Counts;
  /** Speaks only of events of which no other rule does. */
  readonly isFallback?: boolean;
  readonly threshold?: Threshold;
  /** Never throws, whatever the event holds. */
  evaluate(event: CloudTrailEvent, facts: DetectFacts): Hit | undefined;
  /** Events beside the rule that it must find (alone among all rules), and that it must not. */
  readonly example: {
    readonly hit: readonly CloudTrailEvent[];
    readonly pass: readonly CloudTrailEvent[];
  };
}

/** The events of a service: `events("organizations", "DetachPolicy")`. */
export function events(service: string, ...names: readonly string[]): readonly EventName[] {
  return names.map((eventName) => ({ eventSource: `${service}.amazonaws.com`, eventName }));
}
