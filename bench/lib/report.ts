import { cpus, totalmem } from "node:os";

/** One measured figure. Without a limit it only informs. */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly limit?: number;
  readonly better?: "lower" | "higher";
  readonly ok?: boolean;
}

/** The machine that a benchmark ran on. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGiB: number;
  readonly node: string;
  readonly platform: string;
}

/** Reads what the machine is. */
export function machine(): Machine {
  return {
    cpu: cpus()[0]?.model ?? "unknown",
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
  };
}

/** A figure that has to be at least (`higher`) or at most (`lower`) its limit. */
export function limited(
  name: string,
  value: number,
  unit: string,
  better: "lower" | "higher",
  limit: number,
): BenchResult {
  const ok = better === "lower" ? value <= limit : value >= limit;
  return { name, value: rounded(value), unit, limit, better, ok };
}

/** A figure that only informs. */
export function informing(name: string, value: number, unit: string): BenchResult {
  return { name, value: rounded(value), unit };
}

function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
}

/** Prints a benchmark: with `--json` as one JSON object, else as a table. */
export function report(bench: string, results: readonly BenchResult[]): void {
  if (process.argv.includes("--json")) {
    process.stdout.write(`${JSON.stringify({ bench, machine: machine(), results }, null, 2)}\n`);
  } else {
    const { cpu, cores, node } = machine();
    process.stdout.write(`${bench} on ${cpu}, ${cores} cores, Node ${node}\n`);
    for (const { name, value, unit, limit, better, ok } of results) {
      const sign = better === "lower" ? "<=" : ">=";
      const verdict = limit === undefined ? "" : `  ${ok ? "ok" : "MISSED"} (${sign} ${limit})`;
      process.stdout.write(
        `  ${name.padEnd(58)} ${String(value).padStart(12)} ${unit}${verdict}\n`,
      );
    }
  }
  if (results.some((result) => result.ok === false)) process.exitCode = 1;
}

/**
 * The time for all items: they are run in parts, and each part counts with its shortest round, so
 * that a machine that other work disturbs now and then disturbs the figure less.
 */
export function bestOfParts<T>(
  rounds: number,
  items: readonly T[],
  size: number,
  run: (part: readonly T[]) => void,
): number {
  let total = 0;
  const parts: (readonly T[])[] = [];
  for (let from = 0; from < items.length; from += size) parts.push(items.slice(from, from + size));
  // Fixed warm-up: one round over everything, so that all is compiled and every cache is filled.
  for (const part of parts) run(part);
  for (const part of parts) total += bestOf(rounds, () => run(part));
  return total;
}

/** The shortest of several rounds in milliseconds: what the code takes when nothing disturbs it. */
export function bestOf(rounds: number, run: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    run();
    best = Math.min(best, performance.now() - startedAt);
  }
  return best;
}
