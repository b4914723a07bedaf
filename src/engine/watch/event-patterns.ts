import { canonicalJson, type JsonObject } from "../../core/json.ts";
import { eventBridgeFacts } from "../../data/eventbridge.ts";
import type { DetectRule } from "../../detect/rule.ts";

/** A rule of EventBridge that lets through what rules of ours read. */
export interface EventRule {
  readonly pattern: JsonObject;
  /** The rule's state: whether read-only management events come, too. */
  readonly state: string;
  /** In a few words, what it is for. */
  readonly title: string;
}

const { patternCharacters, cloudTrailDetailTypes, withReads, withoutReads } = eventBridgeFacts;

/**
 * The fewest patterns that let through all events that rules read, each of at most the size that
 * EventBridge takes. Sources are put together, so that a few events of a name that another source
 * has come as well: no rule speaks of them.
 *
 * Rules that name their events get read-only ones too: CloudTrail calls some reads that are none,
 * such as taking a role, and EventBridge leaves all of them out unless it is told not to.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail-management.html
 */
export function eventRules(rules: readonly DetectRule[]): readonly EventRule[] {
  const bySource = new Map<string, Set<string>>();
  for (const { eventSource, eventName } of rules.flatMap(({ events }) => events)) {
    const names = bySource.get(eventSource);
    if (names === undefined) bySource.set(eventSource, new Set([eventName]));
    else names.add(eventName);
  }
  const parts = [...bySource]
    .flatMap(([source, names]) => fitting(source, [...names].sort()))
    .sort((a, b) => size(b) - size(a) || (a.sources.join() < b.sources.join() ? -1 : 1));
  const groups: Group[] = [];
  for (const part of parts) {
    const home = groups.findIndex((group) => fits(joined(group, part)));
    const group = groups[home];
    if (group === undefined) groups.push(part);
    else groups[home] = joined(group, part);
  }
  const named = groups.map(({ sources, names }) => ({
    pattern: patternOf({ eventSource: sources, eventName: names }),
    state: withReads,
    title: sources.map((source) => source.replace(/\.amazonaws\.com$/, "")).join(", "),
  }));
  const others = rules.flatMap(({ id, events, detail }) =>
    events.length > 0 || detail === undefined
      ? []
      : [{ pattern: patternOf(detail), state: withoutReads, title: id }],
  );
  return [...named, ...others];
}

interface Group {
  readonly sources: readonly string[];
  readonly names: readonly string[];
}

/** The names of one source, in as many parts as it takes. */
function fitting(source: string, names: readonly string[]): readonly Group[] {
  const group = { sources: [source], names };
  if (fits(group)) return [group];
  const half = Math.ceil(names.length / 2);
  return [...fitting(source, names.slice(0, half)), ...fitting(source, names.slice(half))];
}

function joined(a: Group, b: Group): Group {
  return {
    sources: [...new Set([...a.sources, ...b.sources])].sort(),
    names: [...new Set([...a.names, ...b.names])].sort(),
  };
}

function size({ sources, names }: Group): number {
  return canonicalJson(patternOf({ eventSource: sources, eventName: names })).length;
}

function fits(group: Group): boolean {
  return size(group) <= patternCharacters;
}

function patternOf(detail: JsonObject): JsonObject {
  return { "detail-type": [...cloudTrailDetailTypes], detail };
}
