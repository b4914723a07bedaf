/**
 * Compares the policy engine with its slow specification on random cases.
 *
 *     tsx scripts/policy-differential.ts [cases] [seed]
 */
import { describeDisagreement, differential } from "../test/policy/differential.ts";

const cases = Number(process.argv[2] ?? 2_000_000);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const startedAt = performance.now();
const { disagreements, decisions } = differential(cases, seed);
const seconds = (performance.now() - startedAt) / 1000;
for (const found of disagreements) process.stdout.write(`${describeDisagreement(found)}\n\n`);
process.stdout.write(
  `${JSON.stringify({ cases, seed, seconds: Number(seconds.toFixed(1)), disagreements: disagreements.length, decisions })}\n`,
);
process.exitCode = disagreements.length === 0 ? 0 : 1;
