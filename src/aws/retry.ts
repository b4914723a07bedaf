import type { Clock } from "../core/clock.ts";
import { AwsError } from "./aws-error.ts";

/** How often and how long calls are tried again. */
export interface RetryLimits {
  /** How long a call is tried again that AWS throttles. */
  readonly throttledForMs: number;
  /** How long a call is tried again that meets another change. */
  readonly conflictForMs: number;
  /** How long AWS may take to show a thing that was just made. */
  readonly eventualForMs: number;
  /** How many times a failed read is tried again. */
  readonly failures: number;
}

/** Limits that bound every wait to minutes. */
export const defaultRetryLimits: RetryLimits = {
  throttledForMs: 5 * 60_000,
  conflictForMs: 2 * 60_000,
  eventualForMs: 2 * 60_000,
  failures: 4,
};

/** What of a call decides whether it may be tried again. */
export interface RetryRules {
  /** Doing it twice is doing it once: a call that may have been carried out is tried again. */
  readonly idempotent: boolean;
  /** Exception names that mean, for this call, that a new thing is not visible yet. */
  readonly eventual: readonly string[];
  readonly limits: RetryLimits;
  readonly clock: Clock;
  /** 0 <= n < 1; spreads the waits of several callers. */
  readonly random: () => number;
  readonly signal?: AbortSignal;
  /** Told of every failure, before the wait. */
  readonly onFailure?: (error: AwsError, attempt: number) => void;
}

type RetryClass = "throttled" | "conflict" | "eventual" | "failure" | "permanent";

const waits: Readonly<Record<Exclude<RetryClass, "permanent">, { baseMs: number; capMs: number }>> =
  {
    throttled: { baseMs: 500, capMs: 20_000 },
    conflict: { baseMs: 250, capMs: 8_000 },
    eventual: { baseMs: 500, capMs: 8_000 },
    failure: { baseMs: 200, capMs: 5_000 },
  };

/**
 * Makes a call, and makes it again while its failure is one that passes: each class of failure has
 * its own limit, and waits grow, with jitter. Throws the last {@link AwsError}.
 */
export async function withRetries<T>(call: () => Promise<T>, rules: RetryRules): Promise<T> {
  const startedAtMs = rules.clock.now();
  let failures = 0;
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (thrown) {
      if (!(thrown instanceof AwsError)) throw thrown;
      const error = thrown;
      const retryClass = classOf(error, rules);
      rules.onFailure?.(error, attempt);
      if (retryClass === "permanent") throw error;
      if (retryClass === "failure" && ++failures > rules.limits.failures) throw error;
      const waitMs = backoff(waits[retryClass], attempt, rules.random);
      const spentMs = rules.clock.now() - startedAtMs + waitMs;
      if (retryClass !== "failure" && spentMs > limitOf(retryClass, rules.limits)) throw error;
      await rules.clock.sleep(waitMs, rules.signal);
    }
  }
}

function classOf(error: AwsError, rules: RetryRules): RetryClass {
  if (rules.eventual.includes(error.details.awsCode ?? "")) return "eventual";
  switch (error.kind) {
    case "throttled":
    case "conflict":
      return error.kind;
    case "server":
    case "network":
    case "unreadable":
      return rules.idempotent ? "failure" : "permanent";
    default:
      return "permanent";
  }
}

function limitOf(retryClass: "throttled" | "conflict" | "eventual", limits: RetryLimits): number {
  if (retryClass === "throttled") return limits.throttledForMs;
  return retryClass === "conflict" ? limits.conflictForMs : limits.eventualForMs;
}

function backoff(
  wait: { baseMs: number; capMs: number },
  attempt: number,
  random: () => number,
): number {
  const ceiling = Math.min(wait.capMs, wait.baseMs * 2 ** Math.min(attempt - 1, 16));
  return Math.ceil(ceiling / 2 + (random() * ceiling) / 2);
}
