import { describe, expect, it } from "vitest";
import type { ServiceRates } from "../data/request-rates.ts";
import { virtualClock } from "../sandbox/virtual-clock.ts";
import { createRateLimiter } from "./rate-limiter.ts";

const rates: Readonly<Record<string, ServiceRates>> = {
  organizations: {
    asOf: "2026-01-01",
    source: "test",
    bucket: "operation",
    scope: "account",
    operations: {
      DescribePolicy: { perAccount: { rate: 2, burst: 2 }, perOrganization: { rate: 4, burst: 4 } },
      ListRoots: { perAccount: { rate: 1, burst: 1 } },
    },
  },
  sts: {
    asOf: "2026-01-01",
    source: "test",
    bucket: "service",
    scope: "accountRegion",
    operations: {
      AssumeRole: { perAccount: { rate: 1, burst: 1 } },
      GetCallerIdentity: { perAccount: { rate: 1, burst: 1 } },
    },
  },
};

const key = { account: "1", region: "us-east-1", service: "organizations" };

async function timeOf(operation: string, calls: number, throttleFirst = false): Promise<number> {
  const clock = virtualClock(0);
  const limiter = createRateLimiter(clock, rates);
  if (throttleFirst) limiter.throttled({ ...key, operation });
  for (let i = 0; i < calls; i++) await limiter.acquire({ ...key, operation });
  return clock.now();
}

describe("without a published rate", () => {
  const throttledFirst = async (other: Partial<typeof key>): Promise<number> => {
    const clock = virtualClock(0);
    const limiter = createRateLimiter(clock, rates);
    const macie = { account: "1", region: "eu-west-1", service: "macie2" };
    limiter.throttled({ ...macie, operation: "ListMembers" });
    await limiter.acquire({ ...macie, ...other, operation: "GetMacieSession" });
    return clock.now();
  };

  it.each([
    ["the same account, Region and service", {}, true],
    ["another Region", { region: "us-east-1" }, false],
    ["another account", { account: "2" }, false],
    ["another service", { service: "guardduty" }, false],
  ])("what AWS throttles in one place holds %s back: %j", async (_, other, isHeld) => {
    expect((await throttledFirst(other)) > 0).toBe(isHeld);
  });
});

describe("createRateLimiter", () => {
  it("lets the burst through and then keeps to the rate", async () => {
    expect(await timeOf("DescribePolicy", 2)).toBe(0);
    expect(await timeOf("DescribePolicy", 12)).toBe(5_000);
  });

  it("holds parallel requests back in the order in which they came", async () => {
    const clock = virtualClock(0);
    const limiter = createRateLimiter(clock, rates);
    const sentAt = await Promise.all(
      Array.from({ length: 4 }, async () => {
        await limiter.acquire({ ...key, operation: "ListRoots" });
        return clock.now();
      }),
    );
    expect(sentAt).toEqual([0, 1000, 2000, 3000]);
  });

  it("keeps apart operations, and accounts", async () => {
    const clock = virtualClock(0);
    const limiter = createRateLimiter(clock, rates);
    await limiter.acquire({ ...key, operation: "ListRoots" });
    await limiter.acquire({ ...key, operation: "DescribePolicy" });
    await limiter.acquire({ ...key, account: "2", operation: "ListRoots" });
    expect(clock.now()).toBe(0);
  });

  it("shares one bucket where the service has one, and keeps Regions apart", async () => {
    const clock = virtualClock(0);
    const limiter = createRateLimiter(clock, rates);
    const sts = { account: "1", region: "us-east-1", service: "sts" };
    await limiter.acquire({ ...sts, operation: "AssumeRole" });
    await limiter.acquire({ ...sts, region: "eu-west-1", operation: "AssumeRole" });
    expect(clock.now()).toBe(0);
    await limiter.acquire({ ...sts, operation: "GetCallerIdentity" });
    expect(clock.now()).toBe(1000);
  });

  it("does not hold back what has no published rate until AWS throttles it", async () => {
    expect(await timeOf("ListFuture", 100)).toBe(0);
    expect(await timeOf("ListFuture", 30, true)).toBeGreaterThan(5_000);
  });

  it("slows down when throttled and recovers with the answers", async () => {
    const clock = virtualClock(0);
    const limiter = createRateLimiter(clock, rates);
    const operation = { ...key, operation: "ListRoots" };
    limiter.throttled(operation);
    limiter.throttled(operation);
    const slow = await limiter.acquire(operation);
    expect(slow).toBeGreaterThan(2_000);
    for (let i = 0; i < 20; i++) limiter.answered(operation);
    await clock.sleep(1000);
    await limiter.acquire(operation);
    expect(await limiter.acquire(operation)).toBe(1000);
  });

  it("gives the token back when the wait is aborted", async () => {
    const clock = virtualClock(0);
    const limiter = createRateLimiter(clock, rates);
    const operation = { ...key, operation: "ListRoots" };
    await limiter.acquire(operation);
    const controller = new AbortController();
    const waiting = limiter.acquire(operation, controller.signal);
    controller.abort(new Error("stop"));
    await expect(waiting).rejects.toThrow("stop");
    await limiter.acquire(operation);
    expect(clock.now()).toBe(1000);
  });
});
