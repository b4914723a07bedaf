/**
 * Measures a large organization in a process of its own, so that its memory is its own:
 * `large-child.ts collect FILE REGION...` runs `orgrail collect` against AWS_ENDPOINT_URL,
 * `large-child.ts judge FILE` makes matrix, audit and page from the snapshot. Prints JSON.
 */
import { auditRules } from "../../src/audit/registry.gen.ts";
import { runAudit } from "../../src/audit/run-audit.ts";
import { main } from "../../src/cli/main.ts";
import { processHost } from "../../src/cli/process-host.ts";
import { coverageMatrix } from "../../src/coverage/matrix.ts";
import { snapshotCells } from "../../src/engine/snapshot-cells.ts";
import { renderCoverageHtml } from "../../src/report/coverage-html.ts";
import { securityServices } from "../../src/services/registry.ts";
import { readSnapshotFile } from "../../src/store/snapshot-file.ts";

/** What the child process measured. */
export interface LargeFigures {
  readonly peakMegabytes: number;
  readonly seconds: Readonly<Record<string, number>>;
  readonly counts: Readonly<Record<string, number>>;
}

const [what = "", file = "", ...regions] = process.argv.slice(2);
const seconds: Record<string, number> = {};
const counts: Record<string, number> = {};

/** Time that the processor worked: other work on the machine does not count. */
async function timed<T>(name: string, work: () => T | Promise<T>): Promise<T> {
  const from = process.cpuUsage();
  const found = await work();
  const { user, system } = process.cpuUsage(from);
  seconds[name] = (user + system) / 1_000_000;
  return found;
}

if (what === "collect") {
  const argv = ["collect", "--out", file, "--quiet", "--tier", "full"];
  const host = processHost(process);
  const exit = await timed("collect", () =>
    main([...argv, ...regions.flatMap((name) => ["--governed-region", name])], {
      ...host,
      stdout: { ...host.stdout, write: () => undefined },
    }),
  );
  if (exit !== 0 && exit !== 3) throw new Error(`collect ended with ${exit}`);
} else {
  const services = await Promise.all(Object.values(securityServices).map((load) => load()));
  const snapshot = await timed("read the file", () => readSnapshotFile(file));
  const nowMs = Date.parse(snapshot.takenAt);
  const matrix = await timed("matrix", () => coverageMatrix(snapshot, services, { nowMs }));
  const report = await timed("audit", () => runAudit({ rules: auditRules, snapshot, nowMs }));
  const page = await timed("page", () => renderCoverageHtml(matrix));
  const cells = await timed("table of cells", () => snapshotCells(matrix, snapshot));
  if (report.faults.length > 0) throw new Error(JSON.stringify(report.faults[0]));
  counts.rules = auditRules.length;
  counts.findings = report.findings.length;
  counts.cells = Object.values(cells.counts).reduce((sum, count) => sum + count, 0);
  counts.pageBytes = Buffer.byteLength(page);
  counts.parquetBytes = cells.parquet.length;
}
// Node.js gives kilobytes of 1024 bytes.
const peakMegabytes = (process.resourceUsage().maxRSS * 1024) / 1_000_000;
process.stdout.write(JSON.stringify({ peakMegabytes, seconds, counts } satisfies LargeFigures));
