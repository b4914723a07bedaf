import { expect, test } from "vitest";
import { requestRates, type ServiceRates } from "../data/request-rates.ts";
import { type RatedCall, type RateLimits, rateLimits } from "./rate-limits.ts";

const table: ServiceRates = {
  asOf: "2026-01-01",
  source: "",
  bucket: "operation",
  scope: "account",
  operations: {
    Read: { perAccount: { rate: 2, burst: 3 }, perOrganization: { rate: 2, burst: 4 } },
    Write: { perAccount: { rate: 0.05, burst: 1 } },
  },
};

function limited(rates: ServiceRates): { limits: RateLimits; at: (ms: number) => void } {
  let nowMs = 0;
  const limits = rateLimits({ svc: rates }, () => nowMs);
  return {
    limits,
    at: (ms) => {
      nowMs = ms;
    },
  };
}

const call = (operation: string, more: Partial<RatedCall> = {}): RatedCall => ({
  service: "svc",
  operation,
  account: "1",
  region: "us-east-1",
  organizationId: () => undefined,
  ...more,
});

/** How many of ten calls in a row get a token. */
const run = (limits: RateLimits, asked: RatedCall): number =>
  Array.from({ length: 10 }, () => limits.take(asked)).filter(Boolean).length;

test("a bucket holds its burst and refills at its rate, up to its burst", () => {
  const { limits, at } = limited(table);
  expect(run(limits, call("Read"))).toBe(3);
  at(499);
  expect(run(limits, call("Read"))).toBe(0);
  at(500);
  expect(run(limits, call("Read"))).toBe(1);
  at(1_000_000);
  expect(run(limits, call("Read"))).toBe(3);
});

test("a rate below one a second", () => {
  const { limits, at } = limited(table);
  expect(run(limits, call("Write"))).toBe(1);
  at(19_999);
  expect(run(limits, call("Write"))).toBe(0);
  at(20_000);
  expect(run(limits, call("Write"))).toBe(1);
});

test("accounts have buckets of their own, the organization one of all", () => {
  const { limits } = limited(table);
  const organizationId = (): string => "o-1";
  expect(run(limits, call("Read", { account: "1", organizationId }))).toBe(3);
  expect(run(limits, call("Read", { account: "2", organizationId }))).toBe(1);
  expect(run(limits, call("Read", { account: "3" }))).toBe(3);
});

test("a throttled call takes no token from the other bucket", () => {
  const { limits, at } = limited(table);
  const organizationId = (): string => "o-1";
  expect(run(limits, call("Read", { organizationId }))).toBe(3);
  expect(run(limits, call("Read", { account: "2", organizationId }))).toBe(1);
  at(500);
  expect(limits.take(call("Read", { account: "2", organizationId }))).toBe(true);
});

test("one bucket for a whole service, an account and Region", () => {
  const shared: ServiceRates = { ...table, bucket: "service", scope: "accountRegion" };
  const { limits } = limited(shared);
  expect(run(limits, call("Read"))).toBe(3);
  expect(run(limits, call("Read", { region: "eu-west-1" }))).toBe(3);
});

test("what has no published rate is not limited", () => {
  const { limits } = limited(table);
  expect(run(limits, call("Other"))).toBe(10);
  expect(run(limits, call("Read", { service: "other" }))).toBe(10);
});

test("the published rates are rates: a burst takes at least one call", () => {
  for (const { operations } of Object.values(requestRates)) {
    for (const [name, { perAccount, perOrganization }] of Object.entries(operations)) {
      for (const { rate, burst } of [perAccount, ...(perOrganization ? [perOrganization] : [])]) {
        expect(rate, name).toBeGreaterThan(0);
        expect(burst, name).toBeGreaterThanOrEqual(Math.max(1, rate));
      }
    }
  }
});
