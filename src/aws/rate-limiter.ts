import type { Clock } from "../core/clock.ts";
import type { RequestRate, ServiceRates } from "../data/request-rates.ts";

/** Whose bucket a request draws from. */
export interface RequestKey {
  readonly account: string;
  readonly region: string;
  readonly service: string;
  readonly operation: string;
}

/** Holds requests back so that AWS need not. */
export interface RateLimiter {
  /** Resolves, with the milliseconds waited, when the request may be sent. */
  acquire(key: RequestKey, signal?: AbortSignal): Promise<number>;
  /** AWS throttled such a request: the rate is lowered. */
  throttled(key: RequestKey): void;
  /** Such a request was answered: the rate recovers. */
  answered(key: RequestKey): void;
}

/** How the rate follows AWS's answers: each throttle lowers it, each answer raises it again. */
export const adaptation: {
  readonly lower: number;
  readonly raise: number;
  readonly least: number;
} = { lower: 0.6, raise: 0.05, least: 0.05 };

interface Bucket {
  readonly nominal: RequestRate;
  rate: number;
  tokens: number;
  updatedAtMs: number;
}

/**
 * A token bucket for each published rate, on the clock given. A bucket may be overdrawn: whoever
 * overdraws it waits until it is level again, so requests leave in the order in which they came.
 * Operations without a published rate are not held back until AWS throttles them; then all of the
 * service are, in that account and Region.
 */
export function createRateLimiter(
  clock: Clock,
  rates: Readonly<Record<string, ServiceRates>>,
): RateLimiter {
  const buckets = new Map<string, Bucket>();

  const bucketOf = (key: RequestKey, onThrottle: boolean): Bucket | undefined => {
    const service = rates[key.service];
    const name = [
      key.account,
      // Where nothing is published, one Region's throttling says nothing of another's.
      service?.scope === "account" ? "" : key.region,
      key.service,
      service?.bucket === "operation" ? key.operation : "",
    ].join("/");
    const known = buckets.get(name);
    if (known !== undefined) return known;
    const published = service?.operations[key.operation];
    const nominal = published === undefined ? undefined : leastRate(published);
    if (nominal === undefined && !onThrottle) return undefined;
    const bucket = {
      nominal: nominal ?? unpublishedRate,
      rate: (nominal ?? unpublishedRate).rate,
      tokens: (nominal ?? unpublishedRate).burst,
      updatedAtMs: clock.now(),
    };
    buckets.set(name, bucket);
    return bucket;
  };

  const refill = (bucket: Bucket): void => {
    const nowMs = clock.now();
    const gained = ((nowMs - bucket.updatedAtMs) / 1000) * bucket.rate;
    bucket.tokens = Math.min(bucket.nominal.burst, bucket.tokens + Math.max(0, gained));
    bucket.updatedAtMs = nowMs;
  };

  return {
    acquire: async (key, signal) => {
      const bucket = bucketOf(key, false);
      if (bucket === undefined) return 0;
      refill(bucket);
      bucket.tokens -= 1;
      if (bucket.tokens >= 0) return 0;
      const waitMs = Math.ceil((-bucket.tokens / bucket.rate) * 1000);
      try {
        await clock.sleep(waitMs, signal);
      } catch (error) {
        bucket.tokens += 1;
        throw error;
      }
      return waitMs;
    },
    throttled: (key) => {
      const bucket = bucketOf(key, true);
      if (bucket === undefined) return;
      refill(bucket);
      bucket.rate = Math.max(
        bucket.nominal.rate * adaptation.least,
        bucket.rate * adaptation.lower,
      );
      bucket.tokens = Math.min(bucket.tokens, 0);
    },
    answered: (key) => {
      const bucket = bucketOf(key, false);
      if (bucket === undefined || bucket.rate === bucket.nominal.rate) return;
      refill(bucket);
      bucket.rate = Math.min(
        bucket.nominal.rate,
        bucket.rate + bucket.nominal.rate * adaptation.raise,
      );
    },
  };
}

/** Where an operation without a published rate starts from, once AWS has throttled it. */
const unpublishedRate: RequestRate = { rate: 5, burst: 5 };

function leastRate(published: ServiceRates["operations"][string]): RequestRate {
  const { perAccount, perOrganization } = published;
  if (perOrganization === undefined) return perAccount;
  return {
    rate: Math.min(perAccount.rate, perOrganization.rate),
    burst: Math.min(perAccount.burst, perOrganization.burst),
  };
}
