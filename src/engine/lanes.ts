import { heap } from "../core/heap.ts";
import type { Change } from "../core/plan.ts";

/**
 * Which changes are made one after the other: those of the organization itself, which AWS
 * Organizations makes one at a time, and those of one service in one account and Region.
 */
export function laneOf(change: Change): string {
  const { service, workIn, region } = change;
  if (workIn === undefined && region === undefined) return "organization";
  const account = typeof workIn === "object" ? workIn.$ref : (workIn ?? "");
  return `${service} ${account} ${region ?? ""}`;
}

/**
 * Works through changes, at most so many at a time: each when all that it depends on and the one
 * before it in its lane are settled, and of those that are free the first of the plan. With one at
 * a time that is the plan's order. `work` never rejects but for a defect, which ends all.
 */
export async function runInLanes(
  changes: readonly Change[],
  concurrency: number,
  work: (change: Change, index: number) => Promise<void>,
): Promise<void> {
  const indexOf = new Map(changes.map(({ id }, index) => [id, index]));
  const followers = new Map<number, number[]>();
  const open = changes.map(() => 0);
  const lastOfLane = new Map<string, number>();
  const wait = (index: number, first: number | undefined): void => {
    if (first === undefined || first === index) return;
    open[index] = (open[index] ?? 0) + 1;
    const list = followers.get(first);
    if (list === undefined) followers.set(first, [index]);
    else list.push(index);
  };
  for (const [index, change] of changes.entries()) {
    for (const id of change.dependsOn) wait(index, indexOf.get(id));
    const lane = laneOf(change);
    wait(index, lastOfLane.get(lane));
    lastOfLane.set(lane, index);
  }
  const free = heap<number>((index) => index);
  for (const [index, count] of open.entries()) if (count === 0) free.push(index);

  await new Promise<void>((resolve, reject) => {
    let running = 0;
    let failed = false;
    const settle = (index: number): void => {
      running--;
      for (const follower of followers.get(index) ?? []) {
        const left = (open[follower] ?? 0) - 1;
        open[follower] = left;
        if (left === 0) free.push(follower);
      }
      begin();
    };
    const begin = (): void => {
      while (!failed && running < concurrency) {
        const index = free.pop();
        const change = index === undefined ? undefined : changes[index];
        if (index === undefined || change === undefined) break;
        running++;
        work(change, index).then(
          () => settle(index),
          (error: unknown) => {
            failed = true;
            reject(error);
          },
        );
      }
      if (running === 0 && !failed) resolve();
    };
    begin();
  });
}
