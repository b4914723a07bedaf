import type { VirtualClock } from "./virtual-clock.ts";

/** A clock that goes with the wall clock, for a sandbox that serves other programs. */
export function realTimeClock(): VirtualClock {
  let aheadMs = 0;
  return {
    now: () => Date.now() + aheadMs,
    advance: (milliseconds) => {
      aheadMs += milliseconds;
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) {
          reject(signal.reason);
          return;
        }
        const abort = (): void => {
          clearTimeout(timer);
          reject(signal?.reason);
        };
        const timer = setTimeout(() => {
          signal?.removeEventListener("abort", abort);
          resolve();
        }, milliseconds);
        signal?.addEventListener("abort", abort, { once: true });
      }),
  };
}
