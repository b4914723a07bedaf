import type { Clock } from "../core/clock.ts";

/** A clock that only moves when somebody sleeps on it or moves it. */
export interface VirtualClock extends Clock {
  /** Moves time forward. */
  advance(milliseconds: number): void;
}

/**
 * A virtual clock that starts at a fixed time. Sleepers wake in the order of their times: time
 * jumps to the earliest wake-up once all pending promise jobs have run.
 */
export function virtualClock(startMs: number = Date.UTC(2026, 10, 1)): VirtualClock {
  let nowMs = startMs;
  let sequence = 0;
  let scheduled = false;
  const sleepers: { at: number; sequence: number; wake: () => void }[] = [];

  const step = (): void => {
    scheduled = false;
    sleepers.sort((a, b) => a.at - b.at || a.sequence - b.sequence);
    const next = sleepers.shift();
    if (next === undefined) return;
    nowMs = Math.max(nowMs, next.at);
    next.wake();
    schedule();
  };
  const schedule = (): void => {
    if (scheduled || sleepers.length === 0) return;
    scheduled = true;
    setImmediate(step);
  };

  return {
    now: () => nowMs,
    advance: (milliseconds) => {
      nowMs += milliseconds;
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const sleeper = {
          at: nowMs + milliseconds,
          sequence: sequence++,
          wake: () => {
            signal?.removeEventListener("abort", stop);
            resolve();
          },
        };
        const stop = (): void => {
          const index = sleepers.indexOf(sleeper);
          if (index >= 0) sleepers.splice(index, 1);
          reject(signal?.reason);
        };
        sleepers.push(sleeper);
        signal?.addEventListener("abort", stop, { once: true });
        schedule();
      }),
  };
}
