import type { AccountId, RegionName } from "../core/identifiers.ts";
import type { RequestRate, ServiceRates } from "../data/request-rates.ts";

/** Token buckets by the rates that AWS publishes. */
export interface RateLimits {
  /** Takes a token for a call; `false` when there is none, and the call is to be throttled. */
  take(call: RatedCall): boolean;
}

/** What a call's buckets depend on. */
export interface RatedCall {
  readonly service: string;
  readonly operation: string;
  readonly account: AccountId;
  readonly region: RegionName;
  /** Asked for where the organization has a bucket too. */
  readonly organizationId: () => string | undefined;
}

interface Bucket {
  tokens: number;
  filledAt: number;
}

/** Rate limits that tell the time by a clock; a bucket is full when it is first used. */
export function rateLimits(
  rates: Readonly<Record<string, ServiceRates>>,
  now: () => number,
): RateLimits {
  const buckets = new Map<string, Bucket>();
  const fill = (key: string, { rate, burst }: RequestRate): Bucket => {
    const at = now();
    let bucket = buckets.get(key);
    if (bucket === undefined) {
      bucket = { tokens: burst, filledAt: at };
      buckets.set(key, bucket);
    }
    bucket.tokens = Math.min(burst, bucket.tokens + ((at - bucket.filledAt) / 1000) * rate);
    bucket.filledAt = at;
    return bucket;
  };
  return {
    take: ({ service, operation, account, region, organizationId }) => {
      const table = rates[service];
      const limits = table?.operations[operation];
      if (table === undefined || limits === undefined) return true;
      const what = table.bucket === "service" ? service : `${service}:${operation}`;
      const where = table.scope === "account" ? account : `${account}/${region}`;
      const taken = [fill(`${what}@${where}`, limits.perAccount)];
      if (limits.perOrganization !== undefined) {
        const organization = organizationId();
        if (organization !== undefined) {
          taken.push(fill(`${what}@${organization}`, limits.perOrganization));
        }
      }
      // Adding up fractions of tokens leaves a bucket just short of a whole one.
      if (taken.some(({ tokens }) => tokens < 1 - 1e-9)) return false;
      for (const bucket of taken) bucket.tokens -= 1;
      return true;
    },
  };
}
