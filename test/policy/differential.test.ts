import { expect, it } from "vitest";
import { describeDisagreement, differential } from "./differential.ts";

const cases = 200_000;

it(`agrees with the slow specification on ${cases} random cases`, { timeout: 300_000 }, () => {
  const result = differential(cases, 20261122);
  expect(result.disagreements.map(describeDisagreement)).toEqual([]);
  // The cases must exercise every answer, or agreement says nothing.
  const { decisions } = result;
  expect(Object.values(decisions).reduce((sum, count) => sum + count, 0)).toBe(cases);
  for (const count of Object.values(decisions)) expect(count).toBeGreaterThan(cases / 100);
  process.stdout.write(`differential: ${cases} cases, ${JSON.stringify(decisions)}\n`);
});
