import type { Gap } from "../core/read.ts";

/** The gaps of a snapshot, found by what they are about. */
export interface GapIndex {
  /** The gap at a path, or at the nearest path above or below it. */
  near(subject: string): Gap | undefined;
  /** Whether there is a gap at exactly this path. */
  has(subject: string): boolean;
  /** Second steps of the subjects below a path, such as the Regions of `services/guardduty`. */
  below(subject: string): readonly string[];
}

/** Indexes gaps by every path that they are at or below. */
export function gapIndex(gaps: readonly Gap[]): GapIndex {
  const exact = new Map<string, Gap>();
  const below = new Map<string, Gap>();
  const children = new Map<string, Set<string>>();
  for (const gap of gaps) {
    if (typeof gap?.subject !== "string") continue;
    if (!exact.has(gap.subject)) exact.set(gap.subject, gap);
    const steps = gap.subject.split("/");
    for (let length = 1; length < steps.length; length++) {
      const path = steps.slice(0, length).join("/");
      if (!below.has(path)) below.set(path, gap);
      const known = children.get(path) ?? new Set();
      known.add(steps[length] ?? "");
      children.set(path, known);
    }
  }
  return {
    near: (subject) => {
      const own = exact.get(subject) ?? below.get(subject);
      if (own !== undefined) return own;
      for (
        let end = subject.lastIndexOf("/");
        end > 0 && exact.size > 0;
        end = subject.lastIndexOf("/", end - 1)
      ) {
        const above = exact.get(subject.slice(0, end));
        if (above !== undefined) return above;
      }
      return undefined;
    },
    has: (subject) => exact.has(subject),
    below: (subject) => [...(children.get(subject) ?? [])],
  };
}
