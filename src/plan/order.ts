import { heap } from "../core/heap.ts";
import type { Draft, Planning } from "./planning.ts";
import { ranks, report } from "./planning.ts";

/**
 * Orders changes: each after those that it needs or prefers to come first, and among those that are
 * free by rank, then by the order in which the steps made them.
 *
 * Preferences that contradict each other are given up one at a time, and said so; needs that do
 * cannot be planned, and are an error.
 */
export function orderDrafts(planning: Planning): Draft[] {
  const present = new Set(planning.drafts);
  for (const change of planning.drafts) {
    for (const set of [change.needs, change.prefers]) {
      for (const other of set) if (!present.has(other) || other === change) set.delete(other);
    }
  }
  const rankOf = new Map(ranks.map((rank, index) => [rank, index]));
  const keys = new Map<Draft, number>();
  const total = planning.drafts.length;
  planning.drafts.forEach((change, index) => {
    keys.set(change, (rankOf.get(change.rank) ?? 0) * total + index);
  });
  const followers = new Map<Draft, Draft[]>();
  const open = new Map<Draft, number>();
  for (const change of planning.drafts) {
    const first = firstOf(change);
    open.set(change, first.size);
    for (const other of first) {
      const list = followers.get(other);
      if (list === undefined) followers.set(other, [change]);
      else list.push(change);
    }
  }
  const keyOf = (change: Draft): number => keys.get(change) ?? 0;
  const free = heap(keyOf);
  for (const change of planning.drafts) if (open.get(change) === 0) free.push(change);
  const ordered: Draft[] = [];
  const done = new Set<Draft>();
  const release = (change: Draft): void => {
    const left = (open.get(change) ?? 0) - 1;
    open.set(change, left);
    if (left === 0) free.push(change);
  };
  for (;;) {
    const next = free.pop();
    if (next !== undefined) {
      ordered.push(next);
      done.add(next);
      for (const follower of followers.get(next) ?? []) {
        if (firstOf(follower).has(next)) release(follower);
      }
      continue;
    }
    if (ordered.length === total) return ordered;
    const waiting = planning.drafts.filter((change) => !done.has(change));
    const cycle = findCycle(waiting, done);
    const link = softestLink(cycle);
    if (link === undefined) {
      reportCycle(planning, cycle);
      return ordered;
    }
    link.change.prefers.delete(link.other);
    reportPreference(planning, link.change, link.other);
    release(link.change);
  }
}

function firstOf(change: Draft): ReadonlySet<Draft> {
  if (change.prefers.size === 0) return change.needs;
  return new Set([...change.needs, ...change.prefers]);
}

/** Follows what is waited for until a change comes up again. */
function findCycle(waiting: readonly Draft[], done: ReadonlySet<Draft>): Draft[] {
  const path: Draft[] = [];
  const at = new Map<Draft, number>();
  for (let change = waiting[0]; change !== undefined; ) {
    const seen = at.get(change);
    if (seen !== undefined) return path.slice(seen);
    at.set(change, path.length);
    path.push(change);
    change = [...firstOf(change)].find((other) => !done.has(other));
  }
  return path;
}

/** The preference of a cycle to give up: a detachment's before a move's before any other. */
function softestLink(cycle: readonly Draft[]): { change: Draft; other: Draft } | undefined {
  const links = cycle.flatMap((change, index) => {
    const other = cycle[(index + 1) % cycle.length];
    return other !== undefined && change.prefers.has(other) && !change.needs.has(other)
      ? [{ change, other }]
      : [];
  });
  const weight = ({ change }: { change: Draft }): number =>
    change.operation === "DetachPolicy" ? 0 : change.operation === "MoveAccount" ? 1 : 2;
  return links.sort((a, b) => weight(a) - weight(b))[0];
}

function reportPreference(planning: Planning, change: Draft, other: Draft): void {
  if (change.risk === "none") change.risk = "protection";
  report(
    planning,
    "warning",
    "ORGRAIL3060",
    `${change.operation} of ${change.address} must come before ${other.operation} of ${other.address}, which should come first to guard accounts throughout`,
    {
      span: change.span,
      help: "for a moment less is guarded; to avoid it, plan the two in separate applies with room for both policies",
    },
  );
}

function reportCycle(planning: Planning, cycle: readonly Draft[]): void {
  report(
    planning,
    "error",
    "ORGRAIL3061",
    "these changes wait for each other, and AWS allows no order of them",
    {
      detail: cycle.map(({ operation, address }) => `${operation} of ${address}`).join(", "),
      span: cycle.find(({ span }) => span !== undefined)?.span,
      help: "take a step in between: give one of them a third name or place, apply, then the wanted one",
    },
  );
}
